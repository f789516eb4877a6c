//! The facts about the website: its pages, what leads people there, and what they do.
//!
//! Like the other tables, it must never hold a rule. The first number of a row is its weight.

/// What led someone to the website, in the words of an analytics export; the application that is
/// downloaded carries it on.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::simulate) struct Origin {
    pub(in crate::simulate) source: &'static str,
    pub(in crate::simulate) medium: &'static str,
    pub(in crate::simulate) campaign: &'static str,
    pub(in crate::simulate) referrer: &'static str,
    /// Where people land, as indices into the table of pages.
    pub(in crate::simulate) landings: &'static [(u32, usize)],
}

/// Nothing that could be told; so is every later visit.
pub(in crate::simulate) const DIRECT: Origin = Origin {
    source: "(direct)",
    medium: "(none)",
    campaign: "(direct)",
    referrer: "",
    landings: &[(600, HOME), (250, DOWNLOAD), (150, NOTES)],
};

pub(in crate::simulate) const ORIGINS: &[(u32, Origin)] = &[
    (
        300,
        Origin {
            source: "google",
            medium: "organic",
            campaign: "(organic)",
            referrer: "https://www.google.com/",
            landings: &[(550, HOME), (300, DOWNLOAD), (150, PRIVACY)],
        },
    ),
    (270, DIRECT),
    (
        160,
        Origin {
            source: "google",
            medium: "cpc",
            campaign: "autumn-speed",
            referrer: "https://www.google.com/",
            landings: &[(900, DOWNLOAD), (100, HOME)],
        },
    ),
    (
        110,
        Origin {
            source: "newsletter.example.org",
            medium: "email",
            campaign: "tide-129",
            referrer: "",
            landings: &[(700, NOTES), (300, DOWNLOAD)],
        },
    ),
    (
        90,
        Origin {
            source: "bing",
            medium: "organic",
            campaign: "(organic)",
            referrer: "https://www.bing.com/",
            landings: &[(600, HOME), (400, DOWNLOAD)],
        },
    ),
    (
        70,
        Origin {
            source: "forum.example.net",
            medium: "referral",
            campaign: "(referral)",
            referrer: "https://forum.example.net/",
            landings: &[(600, PRIVACY), (400, HOME)],
        },
    ),
];

#[derive(Debug)]
pub(in crate::simulate) struct Page {
    pub(in crate::simulate) path: &'static str,
    pub(in crate::simulate) title: &'static str,
}

pub(in crate::simulate) const SITE: &str = "https://tide.example.org";
pub(in crate::simulate) const HOME: usize = 0;
pub(in crate::simulate) const DOWNLOAD: usize = 1;
const PRIVACY: usize = 2;
pub(in crate::simulate) const NOTES: usize = 3;

/// Pages by how often they are opened within a visit; constants above are places in it.
pub(in crate::simulate) const PAGES: &[(u32, Page)] = &[
    (250, Page { path: "/", title: "Tide, the browser of calm waters" }),
    (300, Page { path: "/download/", title: "Download Tide" }),
    (150, Page { path: "/privacy/", title: "What Tide never asks" }),
    (150, Page { path: "/notes/", title: "What is new in Tide" }),
    (100, Page { path: "/help/", title: "Help with Tide" }),
    (50, Page { path: "/about/", title: "Who makes Tide" }),
];

/// New clients that came by a download on the website; the others had their application from a
/// package, a shop or a friend.
pub(in crate::simulate) const FROM_WEBSITE_PER_MILLE: u32 = 620;

/// Seconds from a download to the first session of what was downloaded. Never more than half a day: who
/// first uses an application after the last lived day cannot have downloaded it in the period.
pub(in crate::simulate) const INSTALL_SECONDS: &[(u32, (u32, u32))] =
    &[(700, (90, 900)), (150, (900, 7_200)), (150, (7_200, 40_000))];

/// Of a thousand people of the simulation, so many strangers find the website each day.
pub(in crate::simulate) const STRANGERS_PER_MILLE: u32 = 30;

/// Strangers whose visit ends with a download that is never installed.
pub(in crate::simulate) const STRANGER_DOWNLOAD_PER_MILLE: u32 = 90;

/// Visits after which a visitor comes back, and after how many days.
pub(in crate::simulate) const RETURN_PER_MILLE: u32 = 260;
pub(in crate::simulate) const RETURN_DAYS: &[(u32, (u32, u32))] = &[(600, (1, 4)), (400, (5, 20))];

/// Pages of a visit.
pub(in crate::simulate) const PAGES_OF_A_VISIT: &[(u32, u32)] =
    &[(450, 1), (250, 2), (150, 3), (90, 4), (60, 7)];

/// Milliseconds on a page. A session ends after half an hour without an event, so no page takes longer.
pub(in crate::simulate) const PAGE_MILLISECONDS: &[(u32, (u32, u32))] =
    &[(350, (3_000, 20_000)), (350, (20_000, 120_000)), (300, (120_000, 1_500_000))];

/// What people browse with before they have a Tide of their own.
pub(in crate::simulate) const OTHER_BROWSERS: &[(u32, &str)] =
    &[(560, "Chrome"), (180, "Safari"), (140, "Edge"), (120, "Tide")];

/// Systems as an analytics export names them, for strangers.
pub(in crate::simulate) const VISITOR_SYSTEMS: &[(u32, (&str, &str))] = &[
    (520, ("desktop", "Windows")),
    (150, ("desktop", "Macintosh")),
    (80, ("desktop", "Linux")),
    (250, ("mobile", "Android")),
];
