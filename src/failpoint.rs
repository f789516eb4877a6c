//! Named moments at which a test ends or halts the process, as a crash or a sleep would. What the files
//! hold then is what the next start has to cope with. Builds without debug assertions have none of it.
//!
//! `TIDEMILL_FAILPOINT=NAME` kills the process there, `NAME:3` the third time, `NAME=stop` halts it until
//! somebody continues it.

macro_rules! failpoints {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal,)*) => {
        /// A moment, named by what has just happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Failpoint {
            $($(#[doc = $doc])* $name,)*
        }

        impl Failpoint {
            /// All of them, in the order of a partition's way.
            pub const ALL: &[Failpoint] = &[$(Failpoint::$name,)*];

            /// The name that a test gives.
            pub fn name(self) -> &'static str {
                match self { $(Failpoint::$name => $text,)* }
            }
        }
    };
}

failpoints! {
    /// The ledger's file is there, with no table in it.
    LedgerSettled = "ledger.settled",
    /// A copy of the ledger is written, under the name of something unfinished.
    LedgerCopied = "ledger.copied",
    /// A copy of the ledger has its name.
    LedgerCopyNamed = "ledger.copy_named",
    /// The ledger's tables are of this version, in an open transaction.
    LedgerStepsTaken = "ledger.steps_taken",
    /// The ledger is of this version.
    LedgerReady = "ledger.ready",
    /// Tidemill's own tables are in the warehouse.
    WarehouseOpened = "warehouse.opened",
    /// Rows of a file are written beside the warehouse.
    IngestWritten = "ingest.written",
    /// Rows of a file are in the warehouse, in an open transaction.
    IngestLoaded = "ingest.loaded",
    /// Rows of a file are in the warehouse.
    IngestCommitted = "ingest.committed",
    /// The ledger knows the rows of a file.
    IngestRecorded = "ingest.recorded",
    /// A shard has replaced its day, in an open transaction.
    DeliveryReplaced = "delivery.replaced",
    /// A shard has replaced its day.
    DeliveryCommitted = "delivery.committed",
    /// A source that others fill has new versions, in an open transaction.
    ObservationMarked = "observation.marked",
    /// A source that others fill has new versions, unknown to the ledger.
    ObservationCommitted = "observation.committed",
    /// Attempts of dead processes are ended, in an open transaction.
    MendingAttemptsEnded = "mending.attempts_ended",
    /// Partitions are restored from markers, in an open transaction.
    MendingRestored = "mending.restored",
    /// All is mended, in an open transaction.
    MendingWritten = "mending.written",
    /// All is mended.
    MendingCommitted = "mending.committed",
    /// One table has its shape, others may not.
    TableShaped = "table.shaped",
    /// All tables have their shape.
    TablesShaped = "tables.shaped",
    /// A view is replaced, in an open transaction.
    ViewReplaced = "view.replaced",
    /// All views are as the definitions say, unknown to the ledger.
    ViewsReplaced = "views.replaced",
    /// The ledger knows of the run.
    RunBegun = "run.begun",
    /// Leases and attempts are written, in an open transaction.
    ClaimWritten = "claim.written",
    /// Leases and attempts are written.
    ClaimCommitted = "claim.committed",
    /// The query has run into the stage.
    StageFilled = "stage.filled",
    /// The stage has the right columns and rows, and its digests are known.
    StageVerified = "stage.verified",
    /// The checks have run.
    StageChecked = "stage.checked",
    /// The marker is written, in an open transaction.
    PublishMarked = "publish.marked",
    /// The partition's old rows are gone, in an open transaction.
    PublishDeleted = "publish.deleted",
    /// The partition's new rows are in, in an open transaction.
    PublishInserted = "publish.inserted",
    /// The partition is published, unknown to the ledger.
    PublishCommitted = "publish.committed",
    /// What became of the attempt is written, in an open transaction.
    RecordWritten = "record.written",
    /// What became of the attempt is recorded.
    RecordCommitted = "record.committed",
    /// All tasks have ended, and the run has not.
    TasksEnded = "tasks.ended",
    /// The run has ended, and the warehouse's log is not yet in its file.
    RunEnded = "run.ended",
    /// The warehouse's log is in its file.
    Checkpointed = "warehouse.checkpointed",
    /// A file of `generated/` is written, under the name of something unfinished.
    GeneratedWritten = "generated.written",
    /// Some files of `generated/` are new, some are old.
    GeneratedRenamed = "generated.renamed",
}

/// Says that a moment has come.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn reach(_: Failpoint) {}

/// Says that a moment has come.
#[cfg(debug_assertions)]
pub fn reach(failpoint: Failpoint) {
    if let Some(asked) = asked()
        && asked.name == failpoint.name()
        && asked.left.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) == 1
    {
        let signal = if asked.stops { rustix::process::Signal::STOP } else { rustix::process::Signal::KILL };
        let _ = rustix::process::kill_process(rustix::process::getpid(), signal);
    }
}

/// What a test asked for.
#[cfg(debug_assertions)]
struct Asked {
    name: String,
    /// How often the moment has yet to come.
    left: std::sync::atomic::AtomicI64,
    stops: bool,
}

#[cfg(debug_assertions)]
fn asked() -> Option<&'static Asked> {
    static ASKED: std::sync::OnceLock<Option<Asked>> = std::sync::OnceLock::new();
    let read = || {
        let text = std::env::var("TIDEMILL_FAILPOINT").ok()?;
        let (text, stops) = match text.strip_suffix("=stop") {
            Some(text) => (text, true),
            None => (text.as_str(), false),
        };
        let (name, times) = text.split_once(':').unwrap_or((text, "1"));
        let left = times.parse().ok().map(std::sync::atomic::AtomicI64::new)?;
        Some(Asked { name: name.to_owned(), left, stops })
    };
    ASKED.get_or_init(read).as_ref()
}
