//! Kills at moments that chance chooses, over a project of random datasets some of which read themselves.
//! `TIDEMILL_KILLS` says how many, `TIDEMILL_SEED` with which luck.

use std::fmt::Write;
use std::time::Duration;

use super::dice::Dice;
use super::quay::Quay;

const KILLS: u64 = 25;
const SEED: u64 = 1;
const DAYS: u64 = 9;

fn set(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Datasets over the calls and over each other, chosen by chance.
fn datasets(dice: &mut Dice) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for number in 0..6 {
        let mut parts =
            vec!["SELECT crates AS n FROM `quay.calls` WHERE DATE(called_at) = @submission_date".to_owned()];
        for other in 0..number {
            if dice.below(3) == 0 {
                parts.push(format!(
                    "SELECT n FROM `quay_derived.d{other}_v1` WHERE submission_date = @submission_date"
                ));
            }
        }
        let mut head = format!("dataset: quay_derived.d{number}_v1\ndescription: Number {number}.\n");
        if dice.below(2) == 0 {
            head.push_str("reads_self: all_before\n");
            parts.push(format!(
                "SELECT n FROM `quay_derived.d{number}_v1` WHERE submission_date = DATE_SUB(@submission_date, INTERVAL 1 DAY)"
            ));
        }
        let mut text = format!(
            "{head}sql: |\n  SELECT @submission_date AS submission_date, SUM(n) + {number} AS n FROM (\n"
        );
        let _ = writeln!(text, "    {}", parts.join("\n    UNION ALL\n    "));
        text.push_str("  )\n");
        files.push((format!("datasets/d{number}.yaml"), text));
    }
    files
}

fn ready(seed: u64) -> Quay {
    let quay = Quay::new();
    for (path, text) in datasets(&mut Dice::new(seed)) {
        std::fs::write(quay.path(&path), text).unwrap();
    }
    quay
}

/// The calls of a day; those of a later round come late.
fn calls(quay: &Quay, day: u64, round: u64) {
    let name = format!("calls-{day}-{round}.ndjson");
    let line = format!(
        "{{\"called_at\": \"2026-10-{day:02}T08:00:00Z\", \"ship\": \"s{round}\", \"crates\": {}}}\n",
        day + round
    );
    std::fs::write(quay.path(&name), line).unwrap();
    quay.tidemill(&format!("ingest --source quay.calls {name}"), None).well();
}

#[test]
fn kills_at_random_moments_lose_double_and_mix_nothing() {
    let (kills, seed) = (set("TIDEMILL_KILLS", KILLS), set("TIDEMILL_SEED", SEED));
    let mut dice = Dice::new(seed);
    let disturbed = ready(seed);
    let undisturbed = ready(seed);
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        for day in 1..=DAYS {
            calls(&disturbed, day, round);
            calls(&undisturbed, day, round);
        }
        let run = format!("backfill --from 2026-10-01 --to 2026-10-{DAYS:02} --downstream");
        let mut is_done = false;
        while !is_done {
            let mut child = disturbed.command(&run).spawn().unwrap();
            if killed < kills {
                // Long enough to begin, seldom long enough to end.
                std::thread::sleep(Duration::from_millis(dice.below(1_500)));
                let _ = child.kill();
            }
            let output = child.wait_with_output().unwrap();
            is_done = output.status.success();
            killed += u64::from(output.status.code().is_none());
            assert!(
                output.status.code().is_none_or(|code| code == 0),
                "seed {seed}, kill {killed}: {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            disturbed.verify();
        }
        round += 1;
    }
    let run = format!("backfill --from 2026-10-01 --to 2026-10-{DAYS:02} --downstream");
    undisturbed.tidemill(&run, None).well();
    undisturbed.verify();
    assert!(disturbed.holds() == undisturbed.holds(), "seed {seed}: other rows after {killed} kills");
    println!("{killed} kills with seed {seed}: no violation");
}
