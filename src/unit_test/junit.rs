//! Results as JUnit's XML, which build servers read: a suite for each dataset, view or function, a case for each test.

use super::run::{Failure, Outcome, Tested};

/// All results as one document.
pub fn junit(tested: &[Tested]) -> String {
    let mut suites: Vec<(&str, Vec<&Tested>)> = Vec::new();
    for one in tested {
        match suites.iter_mut().find(|(subject, _)| *subject == one.subject) {
            Some((_, cases)) => cases.push(one),
            None => suites.push((&one.subject, vec![one])),
        }
    }
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    text.push_str(&format!(
        "<testsuites name=\"tidemill\" {}>\n",
        counts(&tested.iter().collect::<Vec<_>>())
    ));
    for (subject, cases) in suites {
        text.push_str(&format!("  <testsuite name=\"{}\" {}>\n", escaped(subject), counts(&cases)));
        cases.into_iter().for_each(|one| text.push_str(&case(one)));
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn counts(cases: &[&Tested]) -> String {
    let failed = cases.iter().filter(|one| matches!(one.outcome, Outcome::Failed(_))).count();
    let skipped = cases.iter().filter(|one| matches!(one.outcome, Outcome::Skipped(_))).count();
    let seconds: f64 = cases.iter().map(|one| one.took.as_secs_f64()).sum();
    format!("tests=\"{}\" failures=\"{failed}\" skipped=\"{skipped}\" time=\"{seconds:.3}\"", cases.len())
}

fn case(one: &Tested) -> String {
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\" time=\"{:.3}\"",
        escaped(&one.name),
        escaped(&one.subject),
        escaped(&one.position.source.path),
        one.position.line,
        one.took.as_secs_f64()
    );
    match &one.outcome {
        Outcome::Passed => format!("{head}/>\n"),
        Outcome::Skipped(reason) => {
            format!("{head}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", escaped(reason))
        }
        Outcome::Failed(failures) => {
            let message = failures.first().map(Failure::summary).unwrap_or_default();
            let lines: Vec<String> = failures.iter().flat_map(Failure::lines).collect();
            format!(
                "{head}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                escaped(&message),
                escaped(&lines.join("\n"))
            )
        }
    }
}

/// A text that XML can hold.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\n' | '\t' => written.push(one),
            // XML 1.0 has no place for others.
            one if one.is_control() || matches!(one, '\u{fffe}' | '\u{ffff}') => written.push('\u{fffd}'),
            one => written.push(one),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_written_otherwise() {
        assert_eq!(escaped("a < b & \"c\"\u{1}\n"), "a &lt; b &amp; &quot;c&quot;\u{fffd}\n");
    }
}
