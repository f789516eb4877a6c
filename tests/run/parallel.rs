//! Workers share the work; what comes out does not depend on how many there are.

use super::shipped::{last_of, shipped, small};

type TableOfDays = (String, Vec<String>, Vec<(i64, String)>);

#[test]
fn one_worker_and_four_give_equal_tables() {
    let (lines, _) = small(40, 8);
    let build = |workers: usize| -> Vec<TableOfDays> {
        let mut mill = shipped();
        mill.workers = workers;
        mill.ingest_text(&lines);
        mill.run_well(last_of(8));
        let snapshot = mill.snapshot();
        let tables = mill.compilation.datasets.keys().map(|name| {
            let records = snapshot.partitions[name].values();
            let records = records.map(|record| (record.rows, record.digest.clone())).collect();
            (name.clone(), mill.rows(&format!("FROM {name}")), records)
        });
        tables.collect()
    };
    let (alone, together) = (build(1), build(4));
    assert_eq!(alone.len(), together.len());
    for (one, other) in alone.iter().zip(&together) {
        assert!(!one.1.is_empty(), "{}", one.0);
        assert!(one == other, "{}", one.0);
    }
}
