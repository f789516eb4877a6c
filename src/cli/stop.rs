//! Signals that ask the program to stop: SIGTERM and SIGINT set a flag that long work looks at. A second
//! one ends the process at once, and so does the time: a process that is killed loses nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context;

/// How long the process lives after it was asked to stop.
const LONGEST: Duration = Duration::from_secs(9);

static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// The flag, watched from the first call on.
pub fn watch() -> anyhow::Result<&'static AtomicBool> {
    if let Some(stop) = STOP.get() {
        return Ok(stop);
    }
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&stop))
            .context("watching for signals")?;
        signal_hook::flag::register(signal, Arc::clone(&stop)).context("watching for signals")?;
    }
    let watched = Arc::clone(&stop);
    std::thread::Builder::new()
        .name("stop".to_owned())
        .spawn(move || end_in_time(&watched))
        .context("watching for signals")?;
    Ok(STOP.get_or_init(|| stop))
}

/// Ends the process where it does not end by itself: what was begun is put back by the next start.
fn end_in_time(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(LONGEST);
    eprintln!("stopped in the middle; the next run puts back what was begun");
    signal_hook::low_level::exit(1);
}
