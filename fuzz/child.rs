//! The process that tries texts. It writes each to a file first, and ends itself when one takes too long or too much.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::mutation::Mutator;
use super::targets::Target;

/// Set in the environment of a child.
pub const MARK: &str = "TIDEMILL_FUZZ_CHILD";
/// Longest that one text may take, in a build without optimisation on a machine that does other things too.
const LONGEST: Duration = Duration::from_secs(10);
/// Most pages of memory: 2 GiB.
const MOST_PAGES: u64 = (2 << 30) / 4096;

/// Milliseconds after the start at which the text at hand was begun.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// Tries every seed and then mutations of them, for so many seconds.
pub fn run(target: &Target, seeds: &[String], file: &Path, seconds: u64) {
    let start = Instant::now();
    std::thread::spawn(move || watch(start));
    let mut mutator = Mutator::new(seeds.to_vec());
    let mut tried = 0_usize;
    while start.elapsed() < Duration::from_secs(seconds) {
        let text = mutator.text();
        std::fs::write(file, &text).unwrap();
        BEGUN.store(start.elapsed().as_millis() as u64, Ordering::Relaxed);
        (target.run)(&text);
        tried += 1;
    }
    std::fs::remove_file(file).unwrap();
    println!("{}: {tried} texts in {seconds} seconds", target.name);
    assert!(tried > 20, "that is no fuzzing");
}

fn watch(start: Instant) {
    loop {
        std::thread::sleep(Duration::from_millis(50));
        let spent = (start.elapsed().as_millis() as u64).saturating_sub(BEGUN.load(Ordering::Relaxed));
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let resident = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
        if u128::from(spent) > LONGEST.as_millis() || resident > MOST_PAGES {
            eprintln!("after {spent} ms, with {resident} pages of memory: there is no end to it");
            std::process::abort();
        }
    }
}
