//! A kill at every named moment, of every command that comes by it: the same command again, and all is as
//! if nothing had been.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tidemill::failpoint::Failpoint;

use super::quay::{Quay, steps};

#[test]
fn a_kill_at_any_moment_costs_time_and_nothing_else() {
    let stages = Quay::undisturbed();
    let holds: Vec<_> = stages.iter().map(Quay::holds).collect();
    let reached = Mutex::new(BTreeSet::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(failpoint) = Failpoint::ALL.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = failpoint.name();
            for step in 0..steps() {
                let quay = stages[step].copy();
                if !quay.step(step, Some(name)).was_killed() {
                    continue;
                }
                reached.lock().unwrap().insert(name);
                quay.step(step, None).well();
                quay.verify();
                assert!(
                    quay.holds() == holds[step + 1],
                    "killed at {name} in step {step}: other rows or files"
                );
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        (0..workers).for_each(|_| drop(scope.spawn(work)));
    });
    let reached = reached.into_inner().unwrap();
    let missed: Vec<&str> =
        Failpoint::ALL.iter().map(|one| one.name()).filter(|name| !reached.contains(name)).collect();
    assert_eq!(missed, [""; 0], "no command came by these");
}
