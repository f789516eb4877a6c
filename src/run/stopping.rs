//! Stopping a run from outside: nothing more is claimed, queries that only stage are interrupted after a
//! moment, what publishes comes to its end. It must never interrupt a publication.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long queries may still go on.
const MOMENT: Duration = Duration::from_secs(2);

/// What a worker runs, as far as it may be interrupted.
pub struct Interruptible {
    handle: Arc<duckdb::InterruptHandle>,
    is_staging: Mutex<bool>,
    was_interrupted: AtomicBool,
}

impl Interruptible {
    pub fn of(session: &duckdb::Connection) -> Self {
        let handle = session.interrupt_handle();
        Self { handle, is_staging: Mutex::new(false), was_interrupted: AtomicBool::new(false) }
    }

    /// Runs what may be interrupted, since nobody sees anything of it.
    pub fn staging<T>(&self, work: impl FnOnce() -> T) -> T {
        let _until_dropped = Staging::begin(self);
        work()
    }

    pub fn was_interrupted(&self) -> bool {
        self.was_interrupted.load(Ordering::Relaxed)
    }

    /// The lock keeps the worker from going over to publishing meanwhile.
    fn interrupt(&self) {
        let is_staging = self.is_staging.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_staging {
            self.was_interrupted.store(true, Ordering::Relaxed);
            self.handle.interrupt();
        }
    }

    fn set(&self, is_staging: bool) {
        *self.is_staging.lock().unwrap_or_else(PoisonError::into_inner) = is_staging;
    }
}

/// Ends with its scope, also when a query panics.
struct Staging<'a>(&'a Interruptible);

impl<'a> Staging<'a> {
    fn begin(of: &'a Interruptible) -> Self {
        of.set(true);
        Self(of)
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// Waits for a stop, and interrupts what goes on for too long after it.
pub fn watch(stop: &AtomicBool, ended: &AtomicBool, workers: &[Interruptible]) {
    let mut since: Option<Instant> = None;
    while !ended.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        if !stop.load(Ordering::Relaxed) {
            continue;
        }
        if since.get_or_insert_with(Instant::now).elapsed() >= MOMENT {
            workers.iter().for_each(Interruptible::interrupt);
        }
    }
}
