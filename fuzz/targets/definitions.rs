//! Any text as a file under `datasets/`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| tidemill::project::compile(text, None));
