//! Diagnostics as text for people and as JSON for programs.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Position, Severity};

/// Renders findings one after another, without colour: colour never carries meaning here.
pub fn render_all(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&render(diagnostic));
        text.push_str("\n\n");
    }
    text
}

fn render(diagnostic: &Diagnostic) -> String {
    if diagnostic.position.is_none() && diagnostic.related.is_empty() {
        return render_bare(diagnostic);
    }
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group = match &diagnostic.position {
        Some(position) => title.element(snippet(position, &diagnostic.label, AnnotationKind::Primary)),
        None => Group::with_title(title),
    };
    for (position, label) in &diagnostic.related {
        group = group.element(snippet(position, label, AnnotationKind::Context));
    }
    let notes = notes(diagnostic);
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name(Some("hint")).message(hint.as_str()));
    }
    Renderer::plain().render(&[group])
}

/// The notes of a finding, and where it stands in the compiled SQL.
fn notes(diagnostic: &Diagnostic) -> Vec<String> {
    let compiled = diagnostic.compiled.iter().map(|place| format!("compiled: {}", place.display()));
    diagnostic.notes.iter().cloned().chain(compiled).collect()
}

/// A finding about no place in a file, in the same form without the frame.
fn render_bare(diagnostic: &Diagnostic) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = format!("{word}[{}]: {}", diagnostic.code.as_str(), diagnostic.message);
    for note in notes(diagnostic) {
        text.push_str(&format!("\n  = note: {note}"));
    }
    if let Some(hint) = &diagnostic.hint {
        text.push_str(&format!("\n  = hint: {hint}"));
    }
    text
}

fn snippet<'a>(
    position: &'a Position,
    label: &'a str,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // Only the lines around the place are handed over, so that a large file costs nothing.
    let range = position.byte_range();
    let text = &position.source.text;
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    Snippet::source(&text[start..end])
        .path(position.source.path.as_str())
        .line_start(position.line as usize)
        .annotation(kind.span(range.start - start..range.end - start).label(label))
}

/// The stable machine form of a finding.
pub fn to_json(diagnostic: &Diagnostic) -> serde_json::Value {
    let place = |position: &Position| {
        json!({
            "file": position.source.path,
            "line": position.line,
            "column": position.column,
            "length": position.length.max(1),
        })
    };
    json!({
        "code": diagnostic.code.as_str(),
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": diagnostic.message,
        "position": diagnostic.position.as_ref().map(place),
        "compiled": diagnostic.compiled.as_ref()
            .map(|place| json!({"path": place.path, "line": place.line, "column": place.column})),
        "label": diagnostic.label,
        "related": diagnostic.related.iter()
            .map(|(position, label)| json!({"position": place(position), "label": label}))
            .collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "hint": diagnostic.hint,
    })
}
