//! Diagnostics as SARIF 2.1.0, which code scanning services and editors read: a rule for each code with its
//! `explain` page, a result for each finding. Times, machines and folders must never stand in it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Position, Severity};

/// A log of one run. `prefix` leads from the repository's root to the project: empty, or ending in `/`.
/// `successful` says whether the tool could do its work, whatever it found; `summary` is what it looked at.
pub fn to_sarif(found: &[Diagnostic], prefix: &str, successful: bool, summary: Value) -> Value {
    let codes: BTreeSet<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
    let codes: Vec<Code> = codes.into_iter().filter_map(Code::parse).collect();
    let results: Vec<Value> = found.iter().map(|finding| result(finding, &codes, prefix)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "tidemill",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": successful}],
            "results": results,
            "properties": summary,
        }],
    })
}

/// A code with its page.
fn rule(code: Code) -> Value {
    let page = code.page();
    let (title, rest) = page.split_once('\n').unwrap_or((&page, ""));
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": title.trim()},
        "fullDescription": {"text": rest.trim()},
        "help": {"text": format!("{}\n\ntidemill explain {}", page.trim(), code.as_str())},
    })
}

fn result(finding: &Diagnostic, codes: &[Code], prefix: &str) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "level": level,
        "message": {"text": finding.told()},
        "locations": finding.position.iter().map(|at| json!({"physicalLocation": place(at, prefix)}))
            .collect::<Vec<_>>(),
    });
    if let Some(index) = codes.iter().position(|code| *code == finding.code) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .map(|(index, (at, label))| {
            json!({"id": index + 1, "message": {"text": label}, "physicalLocation": place(at, prefix)})
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let Some(compiled) = &finding.compiled {
        result["properties"] = json!({
            "compiled": {"path": compiled.path, "line": compiled.line, "column": compiled.column},
        });
    }
    result
}

fn place(at: &Position, prefix: &str) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&format!("{prefix}{}", at.source.path))},
        "region": {
            "startLine": at.line.max(1),
            "startColumn": at.column.max(1),
            "endColumn": at.column.max(1) + at.length.max(1),
        },
    })
}

/// A relative path as a URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CompiledPlace, Source};

    #[test]
    fn rules_regions_and_other_places_are_those_of_the_findings() {
        let source = Source::new("datasets/a b.yaml", "x: 1\n");
        let at = |column| Position::new(&source, 1, column, 0);
        let mut first = Diagnostic::error(Code::UnknownKey, "no key").at(&at(4)).related(&at(1), "here");
        first.compiled =
            Some(CompiledPlace { path: "generated/a/b/query.sql".to_owned(), line: 9, column: 3 });
        let second = Diagnostic::warning(Code::EmptyProject, "nothing");
        let log = to_sarif(&[first, second], "sub/", true, json!({}));
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.iter().map(|rule| &rule["id"]).collect::<Vec<_>>(), ["TM0102", "TM0105"]);
        assert_eq!(rules[1]["shortDescription"]["text"], "unknown key");
        let [first, second] = run["results"].as_array().unwrap().as_slice() else { panic!("{run:#}") };
        assert_eq!((&first["ruleIndex"], &first["level"]), (&json!(1), &json!("error")));
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "sub/datasets/a%20b.yaml");
        assert_eq!(place["region"], json!({"startLine": 1, "startColumn": 4, "endColumn": 5}));
        assert_eq!(first["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"], 1);
        assert_eq!(first["properties"]["compiled"]["line"], 9);
        assert_eq!((&second["ruleIndex"], &second["locations"]), (&json!(0), &json!([])));
    }
}
