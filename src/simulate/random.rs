//! The stream of chance: one ChaCha8 stream a purpose and number, whole numbers only.
//!
//! It makes a simulation the same bytes on every machine, so it must never look at a clock, at the
//! system's randomness or at a floating-point number.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream decides; streams of different purposes have nothing in common, so that a new kind of data
/// leaves the others as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Everything about one client of the browser; the number is the client's, and its person's.
    Client,
    /// How many clients arrive on a day; the number is the day's.
    Arrivals,
    /// Where a person got an application from; the number is the person's.
    Origin,
    DesktopOrigin,
    /// A person's desktop edition; the number is the person's.
    Desktop,
    /// A person's phone applications.
    Focus,
    Reader,
    /// A person's account and what its devices synchronise.
    Account,
    /// How a person came to download an application from the website.
    Download,
    DesktopDownload,
    /// How many strangers find the website on a day; the number is the day's.
    Footfall,
    /// Everything about one stranger on the website; the number is the stranger's.
    Stranger,
}

impl Purpose {
    /// What tells the streams apart: at most 16 bytes, never two alike.
    fn name(self) -> &'static [u8] {
        match self {
            Self::Client => &[1],
            Self::Arrivals => &[2],
            Self::Origin => b"origin",
            Self::DesktopOrigin => b"desktop-origin",
            Self::Desktop => b"desktop",
            Self::Focus => b"focus",
            Self::Reader => b"reader",
            Self::Account => b"account",
            Self::Download => b"download",
            Self::DesktopDownload => b"desktop-download",
            Self::Footfall => b"footfall",
            Self::Stranger => b"stranger",
        }
    }
}

/// A sequence of draws.
#[derive(Clone, Debug)]
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of a purpose and number; it depends on nothing else, so that more days or more
    /// clients leave the others as they were.
    pub(super) fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&number.to_le_bytes());
        for (byte, letter) in key[16..].iter_mut().zip(purpose.name()) {
            *byte = *letter;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 to one less than `bound`; 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        // The high half of a product: no division, and the bias is below one in a million.
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// A number of a range, both ends included.
    pub(super) fn between(&mut self, (lowest, highest): (u32, u32)) -> u32 {
        lowest + self.below((highest.saturating_sub(lowest)).saturating_add(1))
    }

    /// True in so many of a thousand draws.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// A row of a table of weights and facts. Tables are constants and never empty.
    pub(super) fn pick<T>(&mut self, table: &'static [(u32, T)]) -> &'static T {
        let mut left = self.below(table.iter().map(|(weight, _)| weight).sum());
        let mut chosen = 0;
        for (index, (weight, _)) in table.iter().enumerate() {
            chosen = index;
            if left < *weight {
                break;
            }
            left -= weight;
        }
        &table[chosen].1
    }

    /// A version 4 UUID as a number.
    pub(super) fn uuid(&mut self) -> u128 {
        let random = (u128::from(self.0.next_u64()) << 64) | u128::from(self.0.next_u64());
        let version = 0xf << 76;
        let variant = 0x3 << 62;
        (random & !version & !variant) | (4 << 76) | (2 << 62)
    }
}

/// A UUID in its usual text form.
pub(super) fn uuid_text(uuid: u128) -> String {
    let digits = format!("{uuid:032x}");
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::{Purpose, Stream, uuid_text};

    #[test]
    fn weights_decide_how_often_a_row_is_picked() {
        static TABLE: &[(u32, &str)] = &[(800, "often"), (0, "never"), (200, "at times")];
        let mut stream = Stream::new(7, Purpose::Client, 0);
        let picks: Vec<&str> = (0..10_000).map(|_| *stream.pick(TABLE)).collect();
        let often = picks.iter().filter(|pick| **pick == "often").count();
        assert!((7_800..8_200).contains(&often), "{often}");
        assert!(!picks.contains(&"never"));
    }

    #[test]
    fn streams_of_other_numbers_and_purposes_differ() {
        let first = |purpose, number| Stream::new(7, purpose, number).uuid();
        assert_eq!(first(Purpose::Client, 1), first(Purpose::Client, 1));
        assert_ne!(first(Purpose::Client, 1), first(Purpose::Client, 2));
        let purposes = [
            Purpose::Client,
            Purpose::Arrivals,
            Purpose::Origin,
            Purpose::DesktopOrigin,
            Purpose::Desktop,
            Purpose::Focus,
            Purpose::Reader,
            Purpose::Account,
            Purpose::Download,
            Purpose::DesktopDownload,
            Purpose::Footfall,
            Purpose::Stranger,
        ];
        assert!(purposes.iter().all(|purpose| purpose.name().len() <= 16));
        let draws: std::collections::BTreeSet<u128> = purposes.map(|purpose| first(purpose, 1)).into();
        assert_eq!(draws.len(), purposes.len());
    }

    #[test]
    fn a_uuid_has_the_form_of_version_4() {
        let mut stream = Stream::new(7, Purpose::Client, 0);
        for _ in 0..100 {
            let text = uuid_text(stream.uuid());
            assert_eq!(text.len(), 36);
            assert_eq!(&text[14..15], "4");
            assert!("89ab".contains(&text[19..20]), "{text}");
        }
    }
}
