//! Room for recursion. Parsing, and dropping what was parsed, recurses as deeply as a text nests; the
//! passes behind it as deeply as lowering lets through. Threads of a pool have small stacks.

/// sqlparser recurses; conditions of many thousand terms need a deep stack to parse and to drop.
const DEEP: usize = 512 << 20;
/// Enough for the depth that lowering lets through.
const ROOMY: usize = 64 << 20;
/// Up to here any stack will do.
const SHALLOW: usize = 100;

/// Runs `work` on a stack that even hostile texts do not exhaust; none if there is no such thread.
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    on_stack(DEEP, work)
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
