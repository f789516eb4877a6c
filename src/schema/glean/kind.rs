//! The kinds of Glean metrics and the column type of each: one table, the same as in real ping tables.
//!
//! A kind whose payload is a map becomes a list of keys and values, because a table cannot hold open
//! sets of fields. It must never depend on a single metric.

use crate::schema::types::{Field, Type};

macro_rules! kinds {
    ($( $name:ident = $text:literal => $ty:expr, )+) => {
        /// What a metric records.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum MetricKind { $( $name, )+ }

        impl MetricKind {
            pub const ALL: &[MetricKind] = &[$(MetricKind::$name),+];

            /// The `type:` of a metrics.yaml, and the name of the struct under `metrics` in a ping table.
            pub fn as_str(self) -> &'static str {
                match self { $(MetricKind::$name => $text),+ }
            }

            /// The type of the metric's column; `None` for events, which have a column of their own.
            pub fn column_type(self) -> Option<Type> {
                match self { $(MetricKind::$name => $ty),+ }
            }
        }
    };
}

kinds! {
    Boolean = "boolean" => Some(Type::Bool),
    Counter = "counter" => Some(Type::Int64),
    CustomDistribution = "custom_distribution" => Some(distribution()),
    Datetime = "datetime" => Some(Type::String),
    DualLabeledCounter = "dual_labeled_counter" => Some(Type::key_value(Type::key_value(Type::Int64))),
    Event = "event" => None,
    Jwe = "jwe" => Some(Type::String),
    LabeledBoolean = "labeled_boolean" => Some(Type::key_value(Type::Bool)),
    LabeledCounter = "labeled_counter" => Some(Type::key_value(Type::Int64)),
    LabeledCustomDistribution = "labeled_custom_distribution" => Some(Type::key_value(distribution())),
    LabeledMemoryDistribution = "labeled_memory_distribution" => Some(Type::key_value(distribution())),
    LabeledQuantity = "labeled_quantity" => Some(Type::key_value(Type::Int64)),
    LabeledRate = "labeled_rate" => Some(Type::key_value(rate())),
    LabeledString = "labeled_string" => Some(Type::key_value(Type::String)),
    LabeledTimingDistribution = "labeled_timing_distribution" => Some(Type::key_value(timing_distribution())),
    MemoryDistribution = "memory_distribution" => Some(distribution()),
    Object = "object" => Some(Type::Json),
    Quantity = "quantity" => Some(Type::Int64),
    Rate = "rate" => Some(rate()),
    String = "string" => Some(Type::String),
    StringList = "string_list" => Some(Type::array(Type::String)),
    Text = "text" => Some(Type::String),
    Timespan = "timespan" => Some(Type::structure(vec![
        Field::new("time_unit", Type::String),
        Field::new("value", Type::Int64),
    ])),
    TimingDistribution = "timing_distribution" => Some(timing_distribution()),
    Url = "url" => Some(Type::String),
    Uuid = "uuid" => Some(Type::String),
}

impl MetricKind {
    /// The kind of a `type:` text.
    pub fn parse(text: &str) -> Option<MetricKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

fn rate() -> Type {
    Type::structure(vec![Field::new("denominator", Type::Int64), Field::new("numerator", Type::Int64)])
}

fn distribution() -> Type {
    Type::structure(vec![
        Field::new("count", Type::Int64),
        Field::new("sum", Type::Int64),
        Field::new("values", Type::key_value(Type::Int64)),
    ])
}

/// Timings still carry the fields of the first payload format; today's SDK fills `sum` and `values`.
fn timing_distribution() -> Type {
    Type::structure(vec![
        Field::new("bucket_count", Type::Int64),
        Field::new("count", Type::Int64),
        Field::new("histogram_type", Type::String),
        Field::new("overflow", Type::Int64),
        Field::new("range", Type::array(Type::Float64)),
        Field::new("sum", Type::Int64),
        Field::new("time_unit", Type::String),
        Field::new("underflow", Type::Int64),
        Field::new("values", Type::key_value(Type::Int64)),
    ])
}

#[cfg(test)]
mod tests {
    use super::MetricKind;

    const COUNTS: &str = "ARRAY<STRUCT<key STRING, value INT64>>";

    fn labeled(value: &str) -> String {
        format!("ARRAY<STRUCT<key STRING, value {value}>>")
    }

    #[test]
    fn every_kind_has_the_type_of_real_tables() {
        let distribution = format!("STRUCT<count INT64, sum INT64, values {COUNTS}>");
        let timing = format!(
            "STRUCT<bucket_count INT64, count INT64, histogram_type STRING, overflow INT64, \
             range ARRAY<FLOAT64>, sum INT64, time_unit STRING, underflow INT64, values {COUNTS}>"
        );
        let rate = "STRUCT<denominator INT64, numerator INT64>";
        let expected = [
            (MetricKind::Boolean, "BOOL".to_owned()),
            (MetricKind::Counter, "INT64".to_owned()),
            (MetricKind::CustomDistribution, distribution.clone()),
            (MetricKind::Datetime, "STRING".to_owned()),
            (MetricKind::DualLabeledCounter, labeled(COUNTS)),
            (MetricKind::Jwe, "STRING".to_owned()),
            (MetricKind::LabeledBoolean, labeled("BOOL")),
            (MetricKind::LabeledCounter, COUNTS.to_owned()),
            (MetricKind::LabeledCustomDistribution, labeled(&distribution)),
            (MetricKind::LabeledMemoryDistribution, labeled(&distribution)),
            (MetricKind::LabeledQuantity, COUNTS.to_owned()),
            (MetricKind::LabeledRate, labeled(rate)),
            (MetricKind::LabeledString, labeled("STRING")),
            (MetricKind::LabeledTimingDistribution, labeled(&timing)),
            (MetricKind::MemoryDistribution, distribution),
            (MetricKind::Object, "JSON".to_owned()),
            (MetricKind::Quantity, "INT64".to_owned()),
            (MetricKind::Rate, rate.to_owned()),
            (MetricKind::String, "STRING".to_owned()),
            (MetricKind::StringList, "ARRAY<STRING>".to_owned()),
            (MetricKind::Text, "STRING".to_owned()),
            (MetricKind::Timespan, "STRUCT<time_unit STRING, value INT64>".to_owned()),
            (MetricKind::TimingDistribution, timing),
            (MetricKind::Url, "STRING".to_owned()),
            (MetricKind::Uuid, "STRING".to_owned()),
        ];
        for (kind, ty) in &expected {
            assert_eq!(kind.column_type().unwrap().to_string(), *ty, "{}", kind.as_str());
        }
        let with_column = MetricKind::ALL.iter().filter(|kind| kind.column_type().is_some()).count();
        assert_eq!(with_column, expected.len());
        assert_eq!(MetricKind::Event.column_type(), None);
    }

    #[test]
    fn every_kind_is_found_by_its_text() {
        for kind in MetricKind::ALL {
            assert_eq!(MetricKind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(MetricKind::parse("histogram"), None);
    }
}
