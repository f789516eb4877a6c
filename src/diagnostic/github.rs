//! Diagnostics as annotations of GitHub Actions: a line of output each, which the service shows at the line of
//! the file. It must never print more than one line for a finding.

use super::{Diagnostic, Severity};

/// One workflow command. `prefix` leads from the repository's root to the project: empty, or ending in `/`.
pub fn to_github(diagnostic: &Diagnostic, prefix: &str) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(position) = &diagnostic.position {
        let end = position.column + position.length.max(1);
        properties.push(format!("file={}", property(&format!("{prefix}{}", position.source.path))));
        properties.push(format!("line={},endLine={}", position.line, position.line));
        properties.push(format!("col={},endColumn={end}", position.column));
    }
    properties.push(format!("title={}", property(diagnostic.code.as_str())));
    format!("::{level} {}::{}", properties.join(","), data(&diagnostic.told()))
}

/// What stands behind the last colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value in front of them, where commas and colons part.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Position, Source};

    #[test]
    fn a_finding_is_one_line_whatever_it_holds() {
        let source = Source::new("datasets/a,b:c.yaml", "x: 1\n");
        let finding = Diagnostic::error(Code::UnknownKey, "100% wrong")
            .at(&Position::new(&source, 1, 2, 3))
            .note("first\nsecond")
            .hint("mend it");
        assert_eq!(
            to_github(&finding, "data/"),
            "::error file=data/datasets/a%2Cb%3Ac.yaml,line=1,endLine=1,col=2,endColumn=5,title=TM0105::\
             100%25 wrong%0Anote: first%0Asecond%0Ahint: mend it"
        );
        let warning = Diagnostic::warning(Code::EmptyProject, "nothing here");
        assert_eq!(to_github(&warning, ""), "::warning title=TM0102::nothing here");
    }
}
