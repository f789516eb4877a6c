//! Normalised forms of what clients say about themselves: one small closed set per column, so that
//! rows can be grouped by them. What is not known becomes `Other`, what is absent stays absent.

const OTHER: &str = "Other";

const CHANNELS: &[&str] = &["release", "beta", "aurora", "nightly", "esr"];

/// Names that clients give their system, in small letters, and the name that tables hold.
const SYSTEMS: &[(&str, &str)] = &[
    ("android", "Android"),
    ("darwin", "Mac"),
    ("ios", "iOS"),
    ("linux", "Linux"),
    ("mac", "Mac"),
    ("macos", "Mac"),
    ("windows", "Windows"),
    ("windows_nt", "Windows"),
];

/// The release channel.
pub(super) fn channel(written: &str) -> &'static str {
    let written = written.to_ascii_lowercase();
    CHANNELS.iter().copied().find(|channel| *channel == written).unwrap_or(OTHER)
}

/// The operating system.
pub(super) fn system(written: &str) -> &'static str {
    let written = written.to_ascii_lowercase();
    SYSTEMS.iter().find(|(name, _)| *name == written).map_or(OTHER, |(_, system)| system)
}

/// The number at the head of a version, with at most three parts: `10.0.19045` of `10.0.19045.1 SP 2`.
pub(super) fn system_version(written: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in written.splitn(4, '.').take(3) {
        let digits = part.len() - part.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        if digits == 0 {
            break;
        }
        parts.push(&part[..digits]);
        if digits < part.len() {
            break;
        }
    }
    if parts.is_empty() { OTHER.to_owned() } else { parts.join(".") }
}

/// A country of two letters, in capitals.
pub(super) fn country(written: &str) -> Option<String> {
    (written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| written.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{channel, country, system, system_version};

    #[test]
    fn values_become_members_of_their_sets() {
        for (written, normal) in
            [("release", "release"), ("Nightly", "nightly"), ("esr", "esr"), ("default", "Other")]
        {
            assert_eq!(channel(written), normal);
        }
        for (written, normal) in [
            ("Darwin", "Mac"),
            ("macOS", "Mac"),
            ("Windows", "Windows"),
            ("iOS", "iOS"),
            ("FreeBSD", "Other"),
        ] {
            assert_eq!(system(written), normal);
        }
        for (written, normal) in [
            ("10.0", "10.0"),
            ("10.0.19045.1", "10.0.19045"),
            ("14", "14"),
            ("5.15.0-generic", "5.15.0"),
            ("6.1-rc2", "6.1"),
            ("10.", "10"),
            ("Unknown", "Other"),
            ("", "Other"),
        ] {
            assert_eq!(system_version(written), normal, "{written}");
        }
        assert_eq!(country("de").as_deref(), Some("DE"));
        assert_eq!(country("Germany"), None);
        assert_eq!(country("??"), None);
    }
}
