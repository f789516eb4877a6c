//! CORR, COVAR_POP and COVAR_SAMP of a list of pairs, for calls whose clauses DuckDB's own functions do not know. The means and
//! moments are carried along from pair to pair, as DuckDB does. Statistical aggregate functions.

use super::listed;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("corr", |arguments| joint(arguments, 2, Moments::correlation)),
    strict("covar_pop", |arguments| joint(arguments, 1, |moments| moments.both / moments.count)),
    strict("covar_samp", |arguments| joint(arguments, 2, |moments| moments.both / (moments.count - 1.0))),
];

/// The means of the left and the right values, and the sums of products of their distances from these.
#[derive(Default)]
struct Moments {
    count: f64,
    left_mean: f64,
    right_mean: f64,
    left: f64,
    right: f64,
    both: f64,
}

impl Moments {
    fn add(&mut self, left: f64, right: f64) {
        self.count += 1.0;
        let (left_before, right_before) = (left - self.left_mean, right - self.right_mean);
        self.left_mean += left_before / self.count;
        self.right_mean += right_before / self.count;
        self.left += left_before * (left - self.left_mean);
        self.right += right_before * (right - self.right_mean);
        self.both += left_before * (right - self.right_mean);
    }

    /// NaN where one side is the same in all pairs.
    fn correlation(&self) -> f64 {
        let spread = (self.left / self.count).sqrt() * (self.right / self.count).sqrt();
        if spread == 0.0 { f64::NAN } else { self.both / self.count / spread }
    }
}

/// NULL for fewer pairs than `least`, NaN where a value is NaN or infinite. A pair with a NULL is none.
fn joint<'a>(arguments: &[Value<'a>], least: u32, result: fn(&Moments) -> f64) -> Result<Value<'a>, String> {
    let (mut moments, mut odd) = (Moments::default(), false);
    for pair in listed(arguments)? {
        let Value::Struct(pair) = pair else { return Err(unexpected(arguments)) };
        match pair.as_slice() {
            [Value::Float64(left), Value::Float64(right)] => {
                odd |= !left.is_finite() || !right.is_finite();
                moments.add(*left, *right);
            }
            [left, right] if left.is_null() || right.is_null() => {}
            _ => return Err(unexpected(arguments)),
        }
    }
    if moments.count < f64::from(least) {
        return Ok(Value::Null);
    }
    Ok(Value::Float64(if odd { f64::NAN } else { result(&moments) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, pairs: &[(f64, f64)]) -> Value<'static> {
        let pair =
            |(left, right): &(f64, f64)| Value::Struct(vec![Value::Float64(*left), Value::Float64(*right)]);
        let row = ROWS.iter().find(|row| row.name == name).unwrap();
        (row.body)(&[Value::Array(pairs.iter().map(pair).collect())]).unwrap()
    }

    #[test]
    fn pairs_have_the_documented_moments() {
        let pairs = [(1.0, 1.0), (2.0, 6.0), (9.0, 3.0), (2.0, 6.0), (9.0, 3.0)];
        let Value::Float64(population) = of("covar_pop", &pairs) else { panic!() };
        let Value::Float64(sample) = of("covar_samp", &pairs) else { panic!() };
        assert!((population + 1.68).abs() < 1e-12 && (sample + 2.1).abs() < 1e-12);
        assert_eq!(of("corr", &[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]), Value::Float64(1.0));
        assert_eq!(of("covar_pop", &[(1.0, 3.0)]), Value::Float64(0.0));
        assert_eq!(of("covar_samp", &[(1.0, 3.0)]), Value::Null);
        assert_eq!(of("corr", &[]), Value::Null);
    }
}
