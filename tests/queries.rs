//! Proves that the parser takes what people write, and refuses what is no GoogleSQL with a message at the right place.
//! `tests/queries/parse/*.sql` holds texts, one topic a file; each begins with a line `--- what it shows`. Those under
//! `refused/` end in a line `-- error: line:column message`, and `-- hint:` perhaps.

use std::path::Path;

/// The texts of a folder: where each stands, what it shows, and its lines.
fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/parse").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let whole = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for part in format!("\n{whole}").split("\n--- ").skip(1) {
            let (title, text) = part.split_once('\n').unwrap();
            texts.push((format!("{name}: {title}"), text.to_owned()));
        }
    }
    texts
}

#[test]
fn what_people_write_is_parsed() {
    let texts = texts("");
    assert!(texts.len() > 200, "only {} texts were found", texts.len());
    let mut wrong = Vec::new();
    for (title, text) in texts {
        if let Err(problem) = tidemill::sql::script(&text) {
            let (line, column) = (problem.span.line, problem.span.column);
            wrong.push(format!("{title}\n  {line}:{column} {}", problem.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_googlesql_is_refused_where_it_is_wrong() {
    let texts = texts("refused");
    assert!(texts.len() > 100, "only {} texts were found", texts.len());
    let mut wrong = Vec::new();
    for (title, text) in texts {
        let (sql, expected) = text.split_once("-- error: ").unwrap_or((&text, "none"));
        let found = match tidemill::sql::script(sql) {
            Ok(_) => "it is parsed".to_owned(),
            Err(problem) => {
                let hint = problem.hint.map(|hint| format!("\n-- hint: {hint}")).unwrap_or_default();
                let message = problem.message.trim_start_matches("SQL syntax: ");
                format!("{}:{} {message}{hint}", problem.span.line, problem.span.column)
            }
        };
        if found != expected.trim_end() {
            wrong.push(format!("{title}\n  is {found}\n  but must be {}", expected.trim_end()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
