//! Room for recursion. Parsing, and dropping what was parsed, recurses as deeply as a text nests; the
//! passes behind it as deeply as lowering lets through. Threads of a pool have small stacks.

use std::cell::Cell;

/// A text needs at most so many bytes of stack for each of its own: what a chain of operators, which
/// is dropped link by link, takes.
const FOR_EACH_BYTE: usize = 512;
/// What any thread has, and much less than most, because lowering takes more for each operator.
const SMALL: usize = 128 << 10;
/// sqlparser recurses; conditions of many thousand terms need a deep stack to parse and to drop.
const DEEP: usize = 512 << 20;
/// Enough for the depth that lowering lets through.
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

/// Runs `work` with a text of a length on a stack that even hostile texts do not exhaust; none if there
/// is no such thread.
pub fn deep<T: Send>(length: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    if length * FOR_EACH_BYTE <= AT_HAND.get() { Some(work()) } else { on_stack(DEEP, work) }
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
