//! The facts about time and chance: when people come, stay, browse, and how long a ping travels.
//!
//! Like the other tables, it must never hold a rule. The first number of a row is its weight.

/// Of a thousand clients asked for, so many exist when the simulation begins.
pub(in crate::simulate) const EXISTING_PER_MILLE: u32 = 720;

/// Of a thousand clients asked for, so many arrive each day: with those that exist, about a
/// thousand in six weeks. It equals what leaves, so that the population neither grows nor shrinks.
pub(in crate::simulate) const ARRIVING_PER_MILLE: u32 = 6;

/// Ages in days of the clients that exist at the start: those that stayed, so mostly old ones.
pub(in crate::simulate) const EXISTING_AGES: &[(u32, (u32, u32))] = &[
    (30, (1, 6)),
    (25, (7, 13)),
    (40, (14, 27)),
    (170, (28, 90)),
    (190, (91, 180)),
    (290, (181, 450)),
    (255, (451, 1100)),
];

/// From an age in days on, the chance in ten thousand that a client is never seen after that day.
pub(in crate::simulate) const LEAVING: &[(i32, u32)] =
    &[(28, 30), (14, 120), (7, 200), (2, 400), (1, 1200), (0, 3500)];

/// The hours of a day in the client's own time, at work and at home.
pub(in crate::simulate) const HOURS_AT_WORK: &[(u32, u32)] = &[
    (2, 6),
    (20, 7),
    (70, 8),
    (130, 9),
    (130, 10),
    (110, 11),
    (70, 12),
    (90, 13),
    (120, 14),
    (110, 15),
    (80, 16),
    (50, 17),
    (18, 18),
];
pub(in crate::simulate) const HOURS_AT_HOME: &[(u32, u32)] = &[
    (25, 0),
    (12, 1),
    (5, 2),
    (3, 3),
    (3, 4),
    (5, 5),
    (15, 6),
    (30, 7),
    (40, 8),
    (45, 9),
    (45, 10),
    (45, 11),
    (50, 12),
    (45, 13),
    (40, 14),
    (40, 15),
    (50, 16),
    (60, 17),
    (75, 18),
    (95, 19),
    (105, 20),
    (85, 21),
    (52, 22),
    (30, 23),
];

/// Seconds of a session.
pub(in crate::simulate) const SESSION_SECONDS: &[(u32, (u32, u32))] =
    &[(200, (5, 60)), (350, (60, 600)), (320, (600, 3_600)), (130, (3_600, 14_400))];

/// Milliseconds from the end of a ping to its arrival. The last row is the laptop that was closed:
/// one to three days.
pub(in crate::simulate) const TRAVEL_MILLISECONDS: &[(u32, (u32, u32))] = &[
    (870, (150, 4_000)),
    (80, (4_000, 300_000)),
    (20, (300_000, 7_200_000)),
    (30, (86_400_000, 259_200_000)),
];

/// Milliseconds from a submission to its duplicate.
pub(in crate::simulate) const REPEAT_MILLISECONDS: &[(u32, (u32, u32))] =
    &[(500, (1_000, 60_000)), (300, (60_000, 3_600_000)), (200, (3_600_000, 36_000_000))];

/// Submissions that arrive a second time.
pub(in crate::simulate) const DUPLICATE_PER_MILLE: u32 = 10;

/// Submissions that arrive damaged.
pub(in crate::simulate) const MALFORMED_PER_MILLE: u32 = 2;

/// Sessions that end in a crash, and so without an `inactive` ping.
pub(in crate::simulate) const CRASH_PER_MILLE: u32 = 12;

/// Session starts that send a `health` ping, besides a profile's very first.
pub(in crate::simulate) const HEALTH_PER_MILLE: u32 = 25;

/// Sessions in which tabs are opened, and how many at most.
pub(in crate::simulate) const TAB_OPEN_PER_MILLE: u32 = 450;
pub(in crate::simulate) const TAB_OPEN_MOST: u32 = 4;

/// Page loads of a session that are measured, at most.
pub(in crate::simulate) const PAGE_LOADS_MOST: u32 = 10;

/// The smallest nanoseconds of the buckets of a timing distribution, eight to each doubling as the
/// SDK has them: the whole part of 2^(n/8), here for n from 208.
pub(in crate::simulate) const PAGE_LOAD_BUCKETS: &[(u32, [i64; 8])] = &[
    (20, [67_108_864, 73_182_735, 79_806_338, 87_029_429, 94_906_265, 103_496_016, 112_863_206, 123_078_199]),
    (
        110,
        [
            134_217_728,
            146_365_470,
            159_612_677,
            174_058_858,
            189_812_531,
            206_992_033,
            225_726_412,
            246_156_398,
        ],
    ),
    (
        260,
        [
            268_435_456,
            292_730_940,
            319_225_354,
            348_117_717,
            379_625_062,
            413_984_066,
            451_452_825,
            492_312_796,
        ],
    ),
    (
        310,
        [
            536_870_912,
            585_461_880,
            638_450_708,
            696_235_434,
            759_250_124,
            827_968_132,
            902_905_650,
            984_625_593,
        ],
    ),
    (
        190,
        [
            1_073_741_824,
            1_170_923_761,
            1_276_901_416,
            1_392_470_868,
            1_518_500_249,
            1_655_936_264,
            1_805_811_301,
            1_969_251_187,
        ],
    ),
    (
        80,
        [
            2_147_483_648,
            2_341_847_523,
            2_553_802_833,
            2_784_941_737,
            3_037_000_499,
            3_311_872_529,
            3_611_622_602,
            3_938_502_375,
        ],
    ),
    (
        30,
        [
            4_294_967_296,
            4_683_695_047,
            5_107_605_667,
            5_569_883_475,
            6_074_000_999,
            6_623_745_058,
            7_223_245_205,
            7_877_004_751,
        ],
    ),
];

/// Clients that update much later than the rest, and by how many days.
pub(in crate::simulate) const STRAGGLER_PER_MILLE: u32 = 50;
pub(in crate::simulate) const STRAGGLER_DAYS: (u32, u32) = (25, 90);
