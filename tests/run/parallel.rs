//! Workers share the work; what comes out does not depend on how many there are.

use super::shipped::{last_of, shipped, small};

type TableOfDays = (String, Vec<String>, Vec<(i64, String)>);

#[test]
fn one_worker_and_four_give_equal_tables() {
    let (lines, _) = small(60, 3);
    let build = |workers: usize| -> Vec<TableOfDays> {
        let mut mill = shipped();
        mill.workers = workers;
        mill.ingest_text(&lines);
        mill.run_well(last_of(3));
        let snapshot = mill.snapshot();
        let tables = mill.compilation.datasets.keys().map(|name| {
            let records = snapshot.partitions.get(name).into_iter().flat_map(|days| days.values());
            let records = records.map(|record| (record.rows, record.digest.clone())).collect();
            (name.clone(), mill.rows(&format!("FROM {name}")), records)
        });
        tables.collect()
    };
    let (alone, together) = (build(1), build(4));
    assert_eq!(alone.len(), together.len());
    assert!(alone.iter().filter(|(_, rows, _)| !rows.is_empty()).count() > 8);
    for (one, other) in alone.iter().zip(&together) {
        assert!(one == other, "{}", one.0);
    }
}
