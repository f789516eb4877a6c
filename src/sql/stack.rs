//! Room for recursion. Parsing recurses as deeply as brackets nest, the passes behind it as deeply as parsing lets
//! through. Threads of a pool have small stacks.

use std::cell::Cell;

/// Bytes of stack that a level of brackets takes the parser at most, without optimisation.
const FOR_EACH_LEVEL: usize = 24 << 10;
/// What any thread has, and much less than most.
const SMALL: usize = 512 << 10;
/// Enough for the depth that parsing lets through.
const ROOMY: usize = 64 << 20;
/// Up to here any stack will do.
const SHALLOW: usize = 100;

thread_local! {
    /// Bytes of stack that this thread is known to have.
    static AT_HAND: Cell<usize> = const { Cell::new(SMALL) };
}

/// Says that this thread was started with a stack of so many bytes, so that not every text needs a thread
/// of its own. A quarter is left to the callers.
pub fn announce(bytes: usize) {
    AT_HAND.set(bytes / 4 * 3);
}

/// Runs `work`, which parses brackets that nest so many levels deep, where that fits; none if there is no such
/// thread.
pub fn parsing<T: Send>(levels: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    if levels * FOR_EACH_LEVEL <= AT_HAND.get() { Some(work()) } else { on_stack(ROOMY, work) }
}

/// Runs `work`, which recurses `depth` deep, where that fits; none if there is no such thread.
pub fn roomy<T: Send>(depth: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    if depth <= SHALLOW { Some(work()) } else { on_stack(ROOMY, work) }
}

fn on_stack<T: Send>(size: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(size).spawn_scoped(scope, work).ok()?.join().ok()
    })
}
