//! What stops a query that would go on for ever: a time, a signal, a number of rows. It must never leave a query
//! running that is to stop.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use duckdb::InterruptHandle;

/// What is done about a query that is to stop and does not.
pub type LastResort = Arc<dyn Fn(Stopped) + Send + Sync>;

/// How far a query may go.
#[derive(Clone, Default)]
pub struct Limits {
    /// Most rows.
    pub rows: Option<usize>,
    pub time: Option<Duration>,
    /// Most bytes of memory of the whole process: DuckDB does not count all that its functions take.
    pub memory: Option<u64>,
    /// Set by a signal: the query is to stop.
    pub stop: Option<Arc<AtomicBool>>,
    /// DuckDB looks whether it is to stop only between chunks of rows, and one chunk can take for ever.
    pub last_resort: Option<LastResort>,
}

/// What stopped a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Interrupted,
    /// After so long.
    Time(Duration),
    Memory,
}

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Stopped::Interrupted => formatter.write_str("the query was interrupted"),
            Stopped::Time(limit) => {
                write!(formatter, "the query took longer than {}", seconds(*limit))
            }
            Stopped::Memory => formatter.write_str("the query needs more memory than it may take"),
        }
    }
}

fn seconds(time: Duration) -> String {
    match (time.subsec_nanos(), time.as_secs()) {
        (0, 1) => "1 second".to_owned(),
        _ => format!("{} seconds", time.as_secs_f64()),
    }
}

/// How often a query that is to stop is told so: it hears nothing before it has begun.
const PULSE: Duration = Duration::from_millis(20);
/// How long a query has to stop.
const GRACE: Duration = Duration::from_secs(1);

/// Looks after one query until it is dropped.
pub(super) struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    done: Mutex<bool>,
    wake: Condvar,
    stopped: Mutex<Option<Stopped>>,
}

impl Watch {
    /// Interrupts what runs on a connection once a limit is reached.
    pub(super) fn over(handle: Arc<InterruptHandle>, limits: &Limits) -> Self {
        let shared = Arc::new(Shared::default());
        if limits.time.is_none() && limits.stop.is_none() && limits.memory.is_none() {
            return Self { shared, thread: None };
        }
        let (limits, own) = (limits.clone(), Arc::clone(&shared));
        let began = Instant::now();
        let watch = move || {
            let mut done = own.done.lock().unwrap_or_else(PoisonError::into_inner);
            let mut first: Option<(Stopped, Instant)> = None;
            while !*done {
                if let Some(found) = first.map(|(found, _)| found).or_else(|| reached(&limits, began)) {
                    let (found, since) = *first.get_or_insert((found, Instant::now()));
                    *own.stopped.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
                    handle.interrupt();
                    if let Some(last_resort) = limits.last_resort.as_ref().filter(|_| since.elapsed() > GRACE)
                    {
                        last_resort(found);
                    }
                }
                let waited = own.wake.wait_timeout(done, PULSE);
                done = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
        };
        Self { shared, thread: Some(std::thread::spawn(watch)) }
    }

    /// What has stopped the query.
    pub(super) fn stopped(&self) -> Option<Stopped> {
        *self.shared.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reached(limits: &Limits, began: Instant) -> Option<Stopped> {
    if limits.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Some(Stopped::Interrupted);
    }
    if limits.memory.is_some_and(|most| resident().is_some_and(|bytes| bytes > most)) {
        return Some(Stopped::Memory);
    }
    limits.time.filter(|limit| began.elapsed() >= *limit).map(Stopped::Time)
}

/// Bytes of memory that this process has, where the system says so.
fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

impl Drop for Watch {
    fn drop(&mut self) {
        *self.shared.done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.wake.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
