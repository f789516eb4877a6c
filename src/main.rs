//! The program: the command line and nothing else.

use std::process::ExitCode;

/// Compiling makes and frees many small values on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tidemill::cli::main()
}
