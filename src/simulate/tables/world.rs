//! The facts of the simulated world: countries, channels, systems, habits, delays.
//!
//! A table holds weights and facts and never a rule; the files beside it draw from these tables.
//! The first number of a row is its weight among the rows of its table.

/// Where a client is, as the edge looks it up, and what that means for its clock and language.
#[derive(Debug)]
pub(in crate::simulate) struct Country {
    pub(in crate::simulate) code: &'static str,
    /// As an analytics export names it.
    pub(in crate::simulate) name: &'static str,
    /// Share of the usual activity that is left on Saturdays and Sundays where a profile is used at work.
    pub(in crate::simulate) weekend_per_mille: u32,
    pub(in crate::simulate) cities: &'static [(u32, City)],
    pub(in crate::simulate) locales: &'static [(u32, &'static str)],
}

#[derive(Debug)]
pub(in crate::simulate) struct City {
    pub(in crate::simulate) name: &'static str,
    pub(in crate::simulate) region: &'static str,
    /// POSIX rules rather than a name: the zone database differs between machines.
    pub(in crate::simulate) zone: &'static str,
}

const EASTERN: &str = "EST5EDT,M3.2.0,M11.1.0";
const CENTRAL: &str = "CST6CDT,M3.2.0,M11.1.0";
const PACIFIC: &str = "PST8PDT,M3.2.0,M11.1.0";
const MIDDLE_EUROPEAN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

pub(in crate::simulate) const COUNTRIES: &[(u32, Country)] = &[
    (
        270,
        Country {
            code: "US",
            name: "United States",
            weekend_per_mille: 400,
            cities: &[
                (480, City { name: "New York", region: "New York", zone: EASTERN }),
                (290, City { name: "Chicago", region: "Illinois", zone: CENTRAL }),
                (230, City { name: "Portland", region: "Oregon", zone: PACIFIC }),
            ],
            locales: &[(900, "en-US"), (100, "es-US")],
        },
    ),
    (
        150,
        Country {
            code: "DE",
            name: "Germany",
            weekend_per_mille: 200,
            cities: &[
                (500, City { name: "Berlin", region: "Berlin", zone: MIDDLE_EUROPEAN }),
                (300, City { name: "Hamburg", region: "Hamburg", zone: MIDDLE_EUROPEAN }),
                (200, City { name: "München", region: "Bavaria", zone: MIDDLE_EUROPEAN }),
            ],
            locales: &[(900, "de"), (100, "en-US")],
        },
    ),
    (
        120,
        Country {
            code: "IN",
            name: "India",
            weekend_per_mille: 600,
            cities: &[
                (400, City { name: "Mumbai", region: "Maharashtra", zone: "IST-5:30" }),
                (350, City { name: "Bengaluru", region: "Karnataka", zone: "IST-5:30" }),
                (250, City { name: "Delhi", region: "Delhi", zone: "IST-5:30" }),
            ],
            locales: &[(700, "en-US"), (200, "hi-IN"), (100, "ta")],
        },
    ),
    (
        90,
        Country {
            code: "FR",
            name: "France",
            weekend_per_mille: 250,
            cities: &[
                (600, City { name: "Paris", region: "Ile-de-France", zone: MIDDLE_EUROPEAN }),
                (400, City { name: "Lyon", region: "Auvergne-Rhone-Alpes", zone: MIDDLE_EUROPEAN }),
            ],
            locales: &[(1, "fr")],
        },
    ),
    (
        80,
        Country {
            code: "BR",
            name: "Brazil",
            weekend_per_mille: 550,
            cities: &[
                (600, City { name: "São Paulo", region: "State of Sao Paulo", zone: "<-03>3" }),
                (400, City { name: "Recife", region: "State of Pernambuco", zone: "<-03>3" }),
            ],
            locales: &[(1, "pt-BR")],
        },
    ),
    (
        70,
        Country {
            code: "GB",
            name: "United Kingdom",
            weekend_per_mille: 350,
            cities: &[
                (600, City { name: "London", region: "England", zone: "GMT0BST,M3.5.0/1,M10.5.0" }),
                (400, City { name: "Leeds", region: "England", zone: "GMT0BST,M3.5.0/1,M10.5.0" }),
            ],
            locales: &[(1, "en-GB")],
        },
    ),
    (
        50,
        Country {
            code: "JP",
            name: "Japan",
            weekend_per_mille: 450,
            cities: &[
                (600, City { name: "Tokyo", region: "Tokyo", zone: "JST-9" }),
                (400, City { name: "Osaka", region: "Osaka", zone: "JST-9" }),
            ],
            locales: &[(1, "ja")],
        },
    ),
    (
        50,
        Country {
            code: "PL",
            name: "Poland",
            weekend_per_mille: 350,
            cities: &[
                (600, City { name: "Warszawa", region: "Masovian Voivodeship", zone: MIDDLE_EUROPEAN }),
                (400, City { name: "Kraków", region: "Lesser Poland Voivodeship", zone: MIDDLE_EUROPEAN }),
            ],
            locales: &[(1, "pl")],
        },
    ),
    (
        40,
        Country {
            code: "CA",
            name: "Canada",
            weekend_per_mille: 400,
            cities: &[
                (600, City { name: "Toronto", region: "Ontario", zone: EASTERN }),
                (400, City { name: "Vancouver", region: "British Columbia", zone: PACIFIC }),
            ],
            locales: &[(800, "en-CA"), (200, "fr")],
        },
    ),
    (
        30,
        Country {
            code: "ID",
            name: "Indonesia",
            weekend_per_mille: 700,
            cities: &[(1, City { name: "Jakarta", region: "Jakarta", zone: "WIB-7" })],
            locales: &[(1, "id")],
        },
    ),
    (
        30,
        Country {
            code: "MX",
            name: "Mexico",
            weekend_per_mille: 600,
            cities: &[
                (600, City { name: "Ciudad de México", region: "Mexico City", zone: "CST6" }),
                (400, City { name: "Guadalajara", region: "Jalisco", zone: "CST6" }),
            ],
            locales: &[(1, "es-MX")],
        },
    ),
    (
        20,
        Country {
            code: "NL",
            name: "Netherlands",
            weekend_per_mille: 250,
            cities: &[(1, City { name: "Amsterdam", region: "North Holland", zone: MIDDLE_EUROPEAN })],
            locales: &[(800, "nl"), (200, "en-GB")],
        },
    ),
];

/// How the builds of a channel are told apart in the version.
#[derive(Clone, Copy, Debug)]
pub(in crate::simulate) enum Numbering {
    /// `129.0`, `129.0.1`
    Point,
    /// `130.0b1`, `130.0b2`
    Beta,
    /// `131.0` for all of them
    None,
}

#[derive(Debug)]
pub(in crate::simulate) struct Channel {
    pub(in crate::simulate) name: &'static str,
    /// Versions ahead of the release channel.
    pub(in crate::simulate) ahead: i32,
    /// Days from one build to the next within a version's four weeks.
    pub(in crate::simulate) build_every: i32,
    /// Days until a build has reached all who update.
    pub(in crate::simulate) rollout_days: u32,
    pub(in crate::simulate) numbering: Numbering,
}

pub(in crate::simulate) const CHANNELS: &[(u32, Channel)] = &[
    (
        800,
        Channel { name: "release", ahead: 0, build_every: 14, rollout_days: 10, numbering: Numbering::Point },
    ),
    (120, Channel { name: "beta", ahead: 1, build_every: 7, rollout_days: 4, numbering: Numbering::Beta }),
    (80, Channel { name: "nightly", ahead: 2, build_every: 1, rollout_days: 2, numbering: Numbering::None }),
];

#[derive(Debug)]
pub(in crate::simulate) struct System {
    /// The SDK's name of the operating system.
    pub(in crate::simulate) name: &'static str,
    /// As an analytics export names it.
    pub(in crate::simulate) visitor: &'static str,
    pub(in crate::simulate) versions: &'static [(u32, &'static str)],
    pub(in crate::simulate) architectures: &'static [(u32, &'static str)],
}

pub(in crate::simulate) const SYSTEMS: &[(u32, System)] = &[
    (
        700,
        System {
            name: "Windows",
            visitor: "Windows",
            versions: &[(950, "10.0"), (50, "6.1")],
            architectures: &[(970, "x86_64"), (30, "aarch64")],
        },
    ),
    (
        160,
        System {
            name: "Darwin",
            visitor: "Macintosh",
            versions: &[(600, "25.1.0"), (400, "24.6.0")],
            architectures: &[(300, "x86_64"), (700, "aarch64")],
        },
    ),
    (
        140,
        System {
            name: "Linux",
            visitor: "Linux",
            versions: &[(500, "6.8.0"), (300, "6.12.0"), (200, "Unknown")],
            architectures: &[(940, "x86_64"), (60, "aarch64")],
        },
    ),
];

/// How much a profile is used.
#[derive(Debug)]
pub(in crate::simulate) struct Habit {
    /// Chance of being used on a working day.
    pub(in crate::simulate) active_per_mille: u32,
    /// Sessions of a day at most.
    pub(in crate::simulate) sessions: u32,
    /// Searches of a session at most.
    pub(in crate::simulate) searches: u32,
    /// A test machine, which says so in a header and knows no weekend.
    pub(in crate::simulate) automation: bool,
}

pub(in crate::simulate) const HABITS: &[(u32, Habit)] = &[
    (230, Habit { active_per_mille: 850, sessions: 3, searches: 7, automation: false }),
    (380, Habit { active_per_mille: 420, sessions: 2, searches: 5, automation: false }),
    (375, Habit { active_per_mille: 110, sessions: 2, searches: 2, automation: false }),
    (15, Habit { active_per_mille: 980, sessions: 3, searches: 1, automation: true }),
];

/// Profiles used at work, which rest at weekends.
pub(in crate::simulate) const AT_WORK_PER_MILLE: u32 = 500;

/// Search engines; a client's default is drawn from here.
pub(in crate::simulate) const ENGINES: [(u32, &str); 5] =
    [(760, "google"), (110, "bing"), (80, "duckduckgo"), (30, "ecosia"), (20, "wikipedia")];

/// Searches that go to the client's default engine.
pub(in crate::simulate) const DEFAULT_ENGINE_PER_MILLE: u32 = 880;

/// Where tabs are opened from.
pub(in crate::simulate) const TAB_SOURCES: &[(u32, &str)] =
    &[(450, "link"), (350, "shortcut"), (200, "menu")];
