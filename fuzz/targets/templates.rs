//! Any text as a template of the project.

#![no_main]

use libfuzzer_sys::fuzz_target;

const DATASET: &str = "dataset: d.fuzzed_v1
description: Fuzzed.
from: d.pings
template: fuzzed
with: {name: country, names: [id, country]}
";

fuzz_target!(|text: &str| tidemill::project::compile(DATASET, Some(text)));
