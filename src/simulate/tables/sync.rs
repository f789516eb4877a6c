//! The facts about accounts and the server that synchronises their devices.
//!
//! Like the other tables, it must never hold a rule. The first number of a row is its weight.

/// Of a thousand people, so many have an account.
pub(in crate::simulate) const ACCOUNTS_PER_MILLE: u32 = 210;

/// Sessions that synchronise at all, and requests for a collection after the first at most.
pub(in crate::simulate) const SYNCHRONISES_PER_MILLE: u32 = 750;
pub(in crate::simulate) const COLLECTIONS_MOST: u32 = 3;

/// What is synchronised, and the bytes of one request.
#[derive(Debug)]
pub(in crate::simulate) struct Collection {
    pub(in crate::simulate) name: &'static str,
    pub(in crate::simulate) bytes: (u32, u32),
}

pub(in crate::simulate) const COLLECTIONS: &[(u32, Collection)] = &[
    (300, Collection { name: "history", bytes: (400, 60_000) }),
    (250, Collection { name: "tabs", bytes: (200, 9_000) }),
    (200, Collection { name: "bookmarks", bytes: (300, 120_000) }),
    (120, Collection { name: "forms", bytes: (100, 6_000) }),
    (80, Collection { name: "passwords", bytes: (200, 20_000) }),
    (50, Collection { name: "addons", bytes: (150, 4_000) }),
];

pub(in crate::simulate) const METHODS: &[(u32, &str)] = &[(550, "GET"), (350, "POST"), (100, "PUT")];

/// What the server answers; from 400 on a device gives up until its next session.
pub(in crate::simulate) const STATUSES: &[(u32, u32)] =
    &[(962, 200), (12, 304), (10, 401), (6, 412), (7, 503), (3, 500)];

/// Milliseconds that a request takes.
pub(in crate::simulate) const REQUEST_MILLISECONDS: &[(u32, (u32, u32))] =
    &[(800, (4, 60)), (180, (60, 600)), (20, (600, 9_000))];

/// Milliseconds from a request to the delivery of its line. The last row is a collector that was away.
pub(in crate::simulate) const LINE_MILLISECONDS: &[(u32, (u32, u32))] =
    &[(975, (200, 4_000)), (25, (3_600_000, 100_000_000))];

/// Lines that are delivered a second time, and those that arrive broken.
pub(in crate::simulate) const LINE_REPEATED_PER_MILLE: u32 = 9;
pub(in crate::simulate) const LINE_BROKEN_PER_MILLE: u32 = 4;

pub(in crate::simulate) const GIVEN_NAMES: &[(u32, &str)] =
    &[(1, "alex"), (1, "mira"), (1, "jo"), (1, "sam"), (1, "noor"), (1, "kai"), (1, "lena"), (1, "ravi")];

/// Networks that are set aside for examples.
pub(in crate::simulate) const NETWORKS: &[(u32, &str)] =
    &[(1, "192.0.2"), (1, "198.51.100"), (1, "203.0.113")];
