//! The facts about what people have beside the browser: phone applications and the desktop edition.
//!
//! Like the other tables, it must never hold a rule. The first number of a row is its weight.

use crate::simulate::random::Purpose;

/// Days from a person's first browser to the first use of something else.
pub(in crate::simulate) const LATER_DAYS: &[(u32, (u32, u32))] =
    &[(350, (0, 0)), (250, (1, 30)), (400, (31, 700))];

/// An application for phones, with the names of its metrics.
#[derive(Debug)]
pub(in crate::simulate) struct PhoneApplication {
    pub(in crate::simulate) purpose: Purpose,
    /// Of a thousand people, so many have it.
    pub(in crate::simulate) owners_per_mille: u32,
    /// Its activity, as a share of the browser's.
    pub(in crate::simulate) active_per_mille: u32,
    /// The namespace in a path, by channel in the order of the table of channels.
    pub(in crate::simulate) namespaces: [&'static str; 3],
    /// A counter, in `baseline` and `metrics` pings.
    pub(in crate::simulate) counter: &'static str,
    /// A labeled counter with its labels, in the same pings.
    pub(in crate::simulate) labeled: &'static str,
    pub(in crate::simulate) labels: [(u32, &'static str); 3],
    /// Whether the labeled counter counts searches.
    pub(in crate::simulate) searches: bool,
    /// In `metrics` pings: the kind and name of a number, and its most.
    pub(in crate::simulate) gathered: (&'static str, &'static str, u32),
    /// In `metrics` pings: a text that stays the same.
    pub(in crate::simulate) text: &'static str,
    pub(in crate::simulate) texts: &'static [(u32, &'static str)],
    /// An event: category, name, the key of its extra and what that says.
    pub(in crate::simulate) event: (&'static str, &'static str, &'static str),
    pub(in crate::simulate) extras: &'static [(u32, &'static str)],
}

pub(in crate::simulate) const PHONE_APPLICATIONS: [PhoneApplication; 2] = [
    PhoneApplication {
        purpose: Purpose::Focus,
        owners_per_mille: 180,
        active_per_mille: 800,
        namespaces: ["org-tide-focus", "org-tide-focus-beta", "org-tide-focus-nightly"],
        counter: "browsing.tabs_opened",
        labeled: "browsing.searches",
        labels: [(600, "duckduckgo"), (300, "google"), (100, "ecosia")],
        searches: true,
        gathered: ("counter", "tracking.blocked", 240),
        text: "browsing.default_engine",
        texts: &[(600, "duckduckgo"), (300, "google"), (100, "ecosia")],
        event: ("browsing", "erase", "source"),
        extras: &[(500, "button"), (300, "notification"), (200, "shortcut")],
    },
    PhoneApplication {
        purpose: Purpose::Reader,
        owners_per_mille: 150,
        active_per_mille: 650,
        namespaces: ["org-tide-reader", "org-tide-reader-beta", "org-tide-reader-nightly"],
        counter: "reading.articles_opened",
        labeled: "reading.articles_saved",
        labels: [(550, "share_sheet"), (350, "link"), (100, "clipboard")],
        searches: false,
        gathered: ("quantity", "reading.list_size", 180),
        text: "appearance.theme",
        texts: &[(500, "light"), (350, "dark"), (150, "sepia")],
        event: ("reading", "finished", "length"),
        extras: &[(450, "short"), (350, "medium"), (200, "long")],
    },
];

/// Places in the table of channels, by how many of the phones are on each.
pub(in crate::simulate) const PHONE_CHANNELS: &[(u32, usize)] = &[(680, 0), (190, 1), (130, 2)];

/// A phone: its maker and model, the version of Android and the number of its interface.
#[derive(Debug)]
pub(in crate::simulate) struct Handset {
    pub(in crate::simulate) maker: &'static str,
    pub(in crate::simulate) model: &'static str,
    pub(in crate::simulate) version: &'static str,
    pub(in crate::simulate) interface: &'static str,
}

pub(in crate::simulate) const HANDSETS: &[(u32, Handset)] = &[
    (350, Handset { maker: "Samsung", model: "SM-A556B", version: "16", interface: "36" }),
    (200, Handset { maker: "Xiaomi", model: "23129RAA4G", version: "14", interface: "34" }),
    (180, Handset { maker: "Google", model: "Pixel 8", version: "16", interface: "36" }),
    (150, Handset { maker: "motorola", model: "moto g54 5G", version: "15", interface: "35" }),
    (120, Handset { maker: "Samsung", model: "SM-G991B", version: "13", interface: "33" }),
];

/// Sessions of a day on a phone at most, and their seconds.
pub(in crate::simulate) const PHONE_SESSIONS: u32 = 2;
pub(in crate::simulate) const PHONE_SESSION_SECONDS: &[(u32, (u32, u32))] =
    &[(400, (5, 60)), (450, (60, 600)), (150, (600, 2_400))];

/// Sessions on a phone with events.
pub(in crate::simulate) const PHONE_EVENTS_PER_MILLE: u32 = 300;

/// Of a thousand people, so many also have the desktop edition with its older telemetry, and its activity
/// as a share of the browser's.
pub(in crate::simulate) const DESKTOP_OWNERS_PER_MILLE: u32 = 220;
pub(in crate::simulate) const DESKTOP_ACTIVE_PER_MILLE: u32 = 900;
pub(in crate::simulate) const DESKTOP_SESSIONS: u32 = 2;

/// Sessions that a changed environment cuts in two, and those that end without a word.
pub(in crate::simulate) const ENVIRONMENT_CHANGE_PER_MILLE: u32 = 40;
pub(in crate::simulate) const ABORTED_PER_MILLE: u32 = 15;

/// Where searches on the desktop start.
pub(in crate::simulate) const SEARCH_ACCESS_POINTS: [&str; 2] = ["urlbar", "searchbar"];

/// An operating system of the desktop edition: as the older telemetry names it, and what a build is for.
#[derive(Debug)]
pub(in crate::simulate) struct DesktopSystem {
    pub(in crate::simulate) name: &'static str,
    pub(in crate::simulate) version: &'static str,
    pub(in crate::simulate) interface: &'static str,
    /// As an analytics export names it.
    pub(in crate::simulate) visitor: &'static str,
}

pub(in crate::simulate) const DESKTOP_SYSTEMS: &[(u32, DesktopSystem)] = &[
    (
        560,
        DesktopSystem { name: "Windows_NT", version: "10.0", interface: "x86_64-msvc", visitor: "Windows" },
    ),
    (160, DesktopSystem { name: "Windows_NT", version: "6.1", interface: "x86-msvc", visitor: "Windows" }),
    (
        150,
        DesktopSystem { name: "Darwin", version: "24.6.0", interface: "aarch64-gcc3", visitor: "Macintosh" },
    ),
    (130, DesktopSystem { name: "Linux", version: "6.8.0", interface: "x86_64-gcc3", visitor: "Linux" }),
];

/// Milliseconds at which the buckets of a histogram of times begin.
pub(in crate::simulate) const HISTOGRAM_BUCKETS: [u32; 10] = [0, 1, 4, 16, 50, 120, 300, 800, 2_000, 5_000];

/// Experiments and their branches.
pub(in crate::simulate) const EXPERIMENTS: &[(u32, Option<(&str, &str)>)] = &[
    (700, None),
    (150, Some(("quiet-start-page", "control"))),
    (150, Some(("quiet-start-page", "treatment"))),
];
