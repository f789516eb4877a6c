//! The form in which results are kept: field after field, without names, because a key holds only for the
//! program that wrote it. Reading trusts nothing: what does not fit is as if it were not there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What can be kept.
pub trait Form: Sized {
    fn write(&self, writer: &mut Writer);
    /// Reads what [`Form::write`] wrote; nothing where that is not what stands there.
    fn read(reader: &mut Reader) -> Option<Self>;
}

/// Bytes on their way out.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// A value's bytes.
    pub fn bytes_of<T: Form>(value: &T) -> Vec<u8> {
        let mut writer = Self::default();
        value.write(&mut writer);
        writer.finish()
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// Small numbers take one byte.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }
}

/// Bytes on their way in.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// One value from all of the bytes.
    pub fn whole<T: Form>(bytes: &'a [u8]) -> Option<T> {
        let mut reader = Self(bytes);
        let value = T::read(&mut reader)?;
        reader.0.is_empty().then_some(value)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// So many values; a number that is wrong reserves no memory.
    fn list<T: Form, L: FromIterator<T>>(&mut self) -> Option<L> {
        let count = self.number()?;
        (0..count).map(|_| T::read(self)).collect()
    }
}

/// Gives types a form: all fields of a struct, all variants of an enum with a number each. One that is
/// forgotten does not compile.
macro_rules! form {
    (struct $name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::cache::Form for $name {
            fn write(&self, writer: &mut $crate::cache::Writer) {
                let Self { $($field),* } = self;
                $($crate::cache::Form::write($field, writer);)*
            }

            fn read(reader: &mut $crate::cache::Reader) -> Option<Self> {
                Some(Self { $($field: $crate::cache::Form::read(reader)?),* })
            }
        }
    };
    (enum $name:ident { $($number:literal => $variant:ident $(($($field:ident),*))?),* $(,)? }) => {
        impl $crate::cache::Form for $name {
            fn write(&self, writer: &mut $crate::cache::Writer) {
                match self {
                    $($name::$variant $(($($field),*))? => {
                        writer.number($number);
                        $($($crate::cache::Form::write($field, writer);)*)?
                    })*
                }
            }

            fn read(reader: &mut $crate::cache::Reader) -> Option<Self> {
                Some(match reader.number()? {
                    $($number => $name::$variant $(($({
                        let $field = $crate::cache::Form::read(reader)?;
                        $field
                    }),*))?,)*
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use form;

macro_rules! number {
    ($($name:ident),*) => { $(
        impl Form for $name {
            fn write(&self, writer: &mut Writer) {
                writer.bytes(&self.to_le_bytes());
            }

            fn read(reader: &mut Reader) -> Option<Self> {
                let bytes = reader.bytes(size_of::<Self>())?;
                Some(Self::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )* };
}
number!(u8, u32, u64, i8, i16, i32, i64);

impl Form for usize {
    fn write(&self, writer: &mut Writer) {
        writer.number(*self as u64);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        usize::try_from(reader.number()?).ok()
    }
}

impl Form for bool {
    fn write(&self, writer: &mut Writer) {
        u8::from(*self).write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        match u8::read(reader)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Form for String {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.text().map(str::to_owned)
    }
}

impl Form for Arc<str> {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.text().map(Arc::from)
    }
}

impl<T: Form> Form for Arc<T> {
    fn write(&self, writer: &mut Writer) {
        T::write(self, writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        T::read(reader).map(Arc::new)
    }
}

impl<T: Form> Form for Option<T> {
    fn write(&self, writer: &mut Writer) {
        self.is_some().write(writer);
        if let Some(value) = self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        match bool::read(reader)? {
            true => T::read(reader).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Form> Form for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.len() as u64);
        self.iter().for_each(|value| value.write(writer));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.list()
    }
}

impl<T: Form> Form for Arc<[T]> {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.len() as u64);
        self.iter().for_each(|value| value.write(writer));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.list()
    }
}

impl<T: Form + Ord> Form for BTreeSet<T> {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.len() as u64);
        self.iter().for_each(|value| value.write(writer));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.list()
    }
}

impl<K: Form + Ord, V: Form> Form for BTreeMap<K, V> {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.len() as u64);
        for (key, value) in self {
            key.write(writer);
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.list()
    }
}

impl<A: Form, B: Form> Form for (A, B) {
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
        self.1.write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Some((A::read(reader)?, B::read(reader)?))
    }
}

impl Form for super::Key {
    fn write(&self, writer: &mut Writer) {
        writer.bytes(self.as_bytes());
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Self::from_bytes(reader.bytes(Self::LENGTH)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Pair {
        first: Vec<Option<String>>,
        second: i64,
    }
    form!(struct Pair { first, second });

    #[derive(Debug, PartialEq)]
    enum Either {
        One,
        Other(bool, Pair),
    }
    form!(enum Either { 0 => One, 1 => Other(flag, pair) });

    fn other() -> Either {
        let first = vec![None, Some("ä\n".to_owned()), Some(String::new())];
        Either::Other(true, Pair { first, second: i64::MIN })
    }

    fn written(value: &Either) -> Vec<u8> {
        let mut writer = Writer::default();
        value.write(&mut writer);
        writer.finish()
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(Reader::whole::<Either>(&written(&Either::One)), Some(Either::One));
        assert_eq!(Reader::whole::<Either>(&written(&other())), Some(other()));
    }

    #[test]
    fn what_is_cut_off_or_too_long_or_huge_is_nothing() {
        let bytes = written(&other());
        for length in 0..bytes.len() {
            assert_eq!(Reader::whole::<Either>(&bytes[..length]), None, "{length} bytes");
        }
        assert_eq!(Reader::whole::<Either>(&[&bytes[..], &[0]].concat()), None);
        let mut writer = Writer::default();
        writer.number(u64::MAX);
        assert_eq!(Reader::whole::<Vec<String>>(&writer.finish()), None);
    }
}
