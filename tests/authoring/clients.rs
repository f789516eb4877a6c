//! Pings of new applications.

use crate::author::Author;

/// The metrics of the podcast application, as its repository has them.
pub const METRICS: &str = "\
$schema: moz://mozilla.org/schemas/glean/metrics/2-0-0
player:
  episodes_played:
    type: counter
    send_in_pings: [baseline]
    description: Episodes that were played to their end.
    bugs: [https://example.com/1]
    data_reviews: [https://example.com/2]
    notification_emails: [podcast@example.com]
    expires: never
";

/// The line of a baseline ping; `metrics` is JSON.
fn ping(
    application: &str,
    document: u32,
    client: char,
    received_at: &str,
    country: &str,
    metrics: &str,
) -> String {
    format!(
        r#"{{"path": "/submit/{application}/baseline/1/00000000-0000-4000-8000-{document:012}", "received_at": "{received_at}", "geo": {{"country": "{country}"}}, "body": {{"client_info": {{"client_id": "{}", "app_build": "1", "app_display_version": "1.0", "architecture": "arm64", "first_run_date": "2026-11-01+00:00", "os": "Android", "os_version": "15", "telemetry_sdk_build": "71.0.0"}}, "metrics": {metrics}, "ping_info": {{"seq": 1, "start_time": "2026-11-19T08:00:00.000+00:00", "end_time": "2026-11-19T08:14:00.000+00:00"}}}}}}"#,
        client_id(client)
    ) + "\n"
}

fn client_id(client: char) -> String {
    format!("{client}0000000-0c1d-4e5f-8a9b-0c1d2e3f4a5b")
}

fn used(seconds: u32, episodes: u32) -> String {
    format!(
        r#"{{"timespan": {{"glean.baseline.duration": {{"time_unit": "second", "value": {seconds}}}}}, "counter": {{"player.episodes_played": {episodes}}}}}"#
    )
}

#[test]
fn clients_daily_first_seen_and_last_seen() {
    let author = Author::new();
    author.write("datasets/podcast/metrics.yaml", METRICS);
    let again = ping("podcast", 2, 'a', "2026-11-19T11:00:00Z", "DE", &used(30, 1));
    let pings = [
        ping("podcast", 1, 'a', "2026-11-19T10:00:00Z", "DE", &used(60, 1)),
        again.clone(),
        again,
        ping("podcast", 3, 'b', "2026-11-20T10:00:00Z", "FR", &used(5, 3)),
        ping("podcast", 4, 'a', "2026-11-21T10:00:00Z", "AT", &used(10, 0)),
    ];
    author.write("podcast-pings.ndjson", &pings.concat());
    author.follow("3. ");
    assert_eq!(
        author.query("SELECT submission_date, SUBSTR(client_id, 1, 1), pings, country, app_version, duration_seconds, episodes FROM podcast.clients_daily ORDER BY 1, 2"),
        ["2026-11-19 a 2 DE 1.0 90 2", "2026-11-20 b 1 FR 1.0 5 3", "2026-11-21 a 1 AT 1.0 10 0"]
    );
    assert_eq!(
        author.query("SELECT first_seen_date, SUBSTR(client_id, 1, 1), country FROM podcast.clients_first_seen ORDER BY 1"),
        ["2026-11-19 a DE", "2026-11-20 b FR"]
    );
    // On the third day the first client is there on that day and two days before (101), having played then (100).
    assert_eq!(
        author.query("SELECT submission_date, SUBSTR(client_id, 1, 1), days_seen_bits, days_played_bits, country FROM podcast.clients_last_seen ORDER BY 1, 2"),
        [
            "2026-11-19 a 1 1 DE",
            "2026-11-20 a 2 2 DE",
            "2026-11-20 b 1 1 FR",
            "2026-11-21 a 5 4 AT",
            "2026-11-21 b 2 2 FR",
        ]
    );
}

#[test]
fn one_view_over_all_channels() {
    let author = Author::new();
    let pings = [
        ping("org-radio", 1, 'a', "2026-11-20T10:00:00Z", "DE", "{}"),
        ping("org-radio", 2, 'a', "2026-11-20T12:00:00Z", "DE", "{}"),
        ping("org-radio-beta", 3, 'b', "2026-11-20T10:00:00Z", "FR", "{}"),
        ping("org-radio-beta", 4, 'a', "2026-11-21T10:00:00Z", "US", "{}"),
    ];
    author.write("radio-pings.ndjson", &pings.concat());
    author.follow("4. ");
    assert_eq!(
        author.query("SELECT submission_date, channel, SUBSTR(client_id, 1, 1), pings, country FROM radio.clients_daily ORDER BY 1, 2"),
        ["2026-11-20 beta b 1 FR", "2026-11-20 release a 2 DE", "2026-11-21 beta a 1 US"]
    );
}
