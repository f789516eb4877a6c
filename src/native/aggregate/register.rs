//! The registers of a HyperLogLog: how far zeros reach in the hashes that were seen, and the estimate of how many differed. After
//! Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, whose estimator needs no
//! table of corrections. It knows hashes, no values.

/// A byte for each of the 2^precision parts of the hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registers {
    precision: u32,
    ranks: Vec<u8>,
}

impl Registers {
    pub fn new(precision: u32) -> Self {
        Self { precision, ranks: vec![0; 1 << precision] }
    }

    /// None where the bytes are not as many as there are registers.
    pub fn read(precision: u32, ranks: &[u8]) -> Option<Self> {
        let most = (64 - precision + 1) as u8;
        let fits = ranks.len() == 1 << precision && ranks.iter().all(|rank| *rank <= most);
        fits.then(|| Self { precision, ranks: ranks.to_vec() })
    }

    pub fn precision(&self) -> u32 {
        self.precision
    }

    pub fn bytes(&self) -> &[u8] {
        &self.ranks
    }

    pub fn add(&mut self, hash: u64) {
        let place = (hash >> (64 - self.precision)) as usize;
        let rest = hash << self.precision;
        let rank = rest.leading_zeros().min(64 - self.precision) + 1;
        self.note(place, rank as u8);
    }

    fn note(&mut self, place: usize, rank: u8) {
        if let Some(held) = self.ranks.get_mut(place) {
            *held = (*held).max(rank);
        }
    }

    /// The same of a lower precision: what was part of the place becomes zeros that are counted.
    pub fn coarser(&self, precision: u32) -> Self {
        let dropped = self.precision - precision;
        let mut coarse = Self::new(precision);
        for (place, rank) in self.ranks.iter().enumerate().filter(|(_, rank)| **rank > 0) {
            let low = place & ((1 << dropped) - 1);
            let rank = match low {
                0 => dropped as u8 + rank,
                _ => (dropped - low.ilog2()) as u8,
            };
            coarse.note(place >> dropped, rank);
        }
        coarse
    }

    /// Takes in what another of this precision has seen.
    pub fn merge(&mut self, other: &Self) {
        for (place, rank) in other.ranks.iter().enumerate() {
            self.note(place, *rank);
        }
    }

    /// How many different hashes there were, about.
    pub fn estimate(&self) -> i64 {
        let most = (64 - self.precision) as usize;
        let mut counts = vec![0_u32; most + 2];
        for rank in &self.ranks {
            counts[usize::from(*rank)] += 1;
        }
        let registers = self.ranks.len() as f64;
        let mut sum = registers * tau(1.0 - f64::from(counts[most + 1]) / registers);
        for count in counts[1..=most].iter().rev() {
            sum = 0.5 * (sum + f64::from(*count));
        }
        sum += registers * sigma(f64::from(counts[0]) / registers);
        (registers * registers / (2.0 * std::f64::consts::LN_2 * sum)).round() as i64
    }
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x).powi(2) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashes as good as any: SplitMix64.
    fn hash(number: u64) -> u64 {
        let mut hash = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }

    #[test]
    fn estimates_are_near_and_merge() {
        let of = |numbers: std::ops::Range<u64>| {
            let mut registers = Registers::new(14);
            numbers.for_each(|number| registers.add(hash(number)));
            registers
        };
        let mut left = of(0..60_000);
        left.merge(&of(40_000..100_000));
        assert_eq!(left, of(0..100_000));
        let estimate = left.estimate();
        assert!((97_000..103_000).contains(&estimate), "{estimate}");
    }

    #[test]
    fn coarser_registers_are_those_of_the_same_hashes() {
        let (mut fine, mut coarse) = (Registers::new(12), Registers::new(10));
        for number in 0..50_000 {
            fine.add(hash(number));
            coarse.add(hash(number));
        }
        // A hash of zeros behind the place, which only the finer ones tell apart.
        fine.add(0);
        coarse.add(0);
        assert_eq!(fine.coarser(10), coarse);
    }
}
