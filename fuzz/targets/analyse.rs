//! The way of a query: tokens, tree, names and types, what is read, translation. Whatever the text, there is
//! an answer, in time; and a text without its comments and spacing means the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tidemill::period::Cadence;
use tidemill::project::Tables;
use tidemill::sql::{self, Parsed};

fuzz_target!(|text: &str| {
    std::hint::black_box(sql::pieces(text));
    let Ok(parsed) = Parsed::new(text) else { return };
    std::hint::black_box(parsed.references());
    let canonical = parsed.canonical.clone();
    match Parsed::new(&canonical) {
        Ok(again) => assert_eq!(again.canonical, canonical, "{text:?} has two canonical forms"),
        Err(problems) => panic!("the canonical form {canonical:?} of {text:?} is refused: {problems:?}"),
    }
    let Ok(analysis) = parsed.with_named_columns().analyse(&Tables) else { return };
    let columns = sql::analyse(&canonical, &Tables).ok().map(|again| again.columns);
    assert!(columns.is_none_or(|columns| columns.len() == analysis.columns.len()), "{text:?} against {canonical:?}");
    let partitions = [("d.pings".to_owned(), "day".to_owned())].into();
    std::hint::black_box(sql::infer_reads(&analysis, &partitions, Cadence::Day));
    std::hint::black_box(sql::duckdb::translate(&analysis).ok());
});
