//! Whose turn it is to schedule: one row for all schedulers of a ledger, with an owner, an epoch that rises
//! with every change of hands, and an end unless it is renewed. It must never decide what is due.

use jiff::civil::Date;

use super::Owner;

/// The turn as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub owner: Owner,
    pub epoch: i64,
    /// Since when it is this owner's.
    pub since: String,
    /// Seconds since 1970.
    pub expires_at: i64,
    /// The last day that was scheduled, by whomever.
    pub through: Option<Date>,
}

impl Turn {
    /// Whether another owner has to stand by.
    pub fn is_held(&self, now: i64) -> bool {
        self.expires_at > now && !self.owner.is_gone()
    }
}

/// What a scheduler decided about a day before it builds.
#[derive(Clone, Debug)]
pub struct Scheduled<'a> {
    pub owner: &'a Owner,
    pub epoch: i64,
    /// The day that is due. Days after it have not come, whatever was noted when the clock was wrong.
    pub day: Date,
    /// Days that came due while nobody scheduled, and are not made up for.
    pub skipped: &'a [Date],
}
