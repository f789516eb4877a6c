//! The form in which lineage is kept: structs that several values share are written once, the inner ones first,
//! so that neither writing nor reading takes longer than there are structs.

use foldhash::HashMap;
use std::sync::Arc;

use super::source::{How, Source, Through};
use super::value::{Fields, Value};
use super::{ColumnLineage, Lineage};
use crate::cache::{Form, Reader, Writer, form};

form!(struct Source { table_use, path, how, sanitised, hashed, shaped });
form!(struct Through { how, sanitises, hashes, keeps_shape });
form!(enum How { 0 => Copied, 1 => Computed, 2 => Aggregated, 3 => Influences });

/// A value; structs are places in a list.
struct KeptValue {
    whole: Option<Arc<[Source]>>,
    structs: Vec<(usize, Through)>,
}
form!(struct KeptValue { whole, structs });

type KeptFields = Vec<(Arc<str>, KeptValue)>;

impl Form for Lineage {
    fn write(&self, writer: &mut Writer) {
        let Self { columns, rows } = self;
        let mut structs = Structs::default();
        let columns: Vec<KeptValue> = columns.iter().map(|column| structs.value(&column.value)).collect();
        structs.list.write(writer);
        columns.write(writer);
        rows.write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let mut structs: Vec<Arc<Fields>> = Vec::new();
        for fields in Vec::<KeptFields>::read(reader)? {
            let fields = fields.into_iter().map(|(name, kept)| Some((name, kept.restored(&structs)?)));
            let fields = Fields::new(fields.collect::<Option<_>>()?);
            structs.push(fields);
        }
        let columns: Vec<KeptValue> = Form::read(reader)?;
        let columns = columns.into_iter().map(|kept| Some(ColumnLineage::new(kept.restored(&structs)?)));
        Some(Self { columns: columns.collect::<Option<_>>()?, rows: Form::read(reader)? })
    }
}

/// The structs that were met, each after those within it.
#[derive(Default)]
struct Structs {
    list: Vec<KeptFields>,
    places: HashMap<*const Fields, usize>,
}

impl Structs {
    fn value(&mut self, value: &Value) -> KeptValue {
        let structs = value.structs.iter().map(|(fields, through)| (self.place(fields), *through));
        KeptValue { structs: structs.collect(), whole: value.whole.clone() }
    }

    fn place(&mut self, fields: &Arc<Fields>) -> usize {
        if let Some(place) = self.places.get(&Arc::as_ptr(fields)) {
            return *place;
        }
        let kept = fields.iter().map(|(name, value)| (Arc::clone(name), self.value(value))).collect();
        self.list.push(kept);
        self.places.insert(Arc::as_ptr(fields), self.list.len() - 1);
        self.list.len() - 1
    }
}

impl KeptValue {
    fn restored(self, known: &[Arc<Fields>]) -> Option<Value> {
        let structs = self.structs.into_iter();
        let structs = structs.map(|(place, through)| Some((Arc::clone(known.get(place)?), through)));
        Some(Value { whole: self.whole, structs: structs.collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_structs_are_kept_once() {
        let column = Value::stored(Source::column(0, "x"));
        let mut row = Value::structure(Fields::new(vec![(Arc::from("x"), column)]));
        // Written out, this one would have 2⁴⁰ fields.
        for _ in 0..40 {
            let fields = vec![(Arc::from("a"), row.clone()), (Arc::from("b"), row.through(Through::PICKED))];
            row = Value::structure(Fields::new(fields));
        }
        let lineage = Lineage { columns: vec![ColumnLineage::new(row)], rows: [Source::row(1)].into() };
        let bytes = Writer::bytes_of(&lineage);
        assert!(bytes.len() < 4_000, "{}", bytes.len());
        let read: Lineage = Reader::whole(&bytes).unwrap();
        assert_eq!(read.rows, lineage.rows);
        let path = |lineage: &Lineage| {
            let mut column = lineage.columns[0].field("b");
            for _ in 0..39 {
                column = column.field("a");
            }
            column.field("x").sources
        };
        assert_eq!(path(&read), path(&lineage));
        assert_eq!(path(&read)[0].how, How::Computed);
        assert_eq!(Reader::whole::<Lineage>(&bytes[..bytes.len() - 1]).map(|_| ()), None);
    }
}
