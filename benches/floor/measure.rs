//! What a process costs, as the system counts it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What one process cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// On all processors, in the program and in the system for it.
    pub processor: Duration,
    pub clock: Duration,
    /// The most memory that it held, in bytes.
    pub memory: u64,
}

/// Runs this program once more with these arguments, to its end.
pub fn child(arguments: &[&str]) -> Cost {
    let program = std::env::current_exe().expect("the program knows where it is");
    let started = Instant::now();
    let spawned = Command::new(program).args(arguments).stdin(Stdio::null()).spawn();
    let (succeeded, usage) = wait(spawned.expect("the program can be started"));
    assert!(succeeded, "{arguments:?} failed");
    let time = |time: libc::timeval| Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1000);
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Cost {
        processor: time(usage.ru_utime) + time(usage.ru_stime),
        clock: started.elapsed(),
        memory: usage.ru_maxrss as u64 * unit,
    }
}

fn wait(child: Child) -> (bool, libc::rusage) {
    let mut status = 0;
    // SAFETY: a struct of numbers, for which zero is a value, and which the call fills.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both places live until the call returns, and nobody else waits for this child.
    let waited = unsafe { libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage) };
    (waited == child.id() as libc::pid_t && status == 0, usage)
}

/// The cheapest of several runs: other work on the machine only ever adds.
pub fn cheapest(runs: &[Cost]) -> Cost {
    *runs.iter().min_by_key(|run| run.processor).expect("there was a run")
}
