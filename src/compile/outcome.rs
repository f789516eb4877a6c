//! What a whole project came to: enough to say that nothing changed, without compiling anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Compilation;
use super::kept::{KeptFinding, source_of};
use crate::cache::{Key, KeyWriter, Reader, Writer, form};
use crate::definition::ProjectFiles;
use crate::diagnostic::{Diagnostic, Source};

/// How many there are of each kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    pub sources: u64,
    pub static_tables: u64,
    pub datasets: u64,
    pub views: u64,
    pub functions: u64,
}
form!(struct Counts { sources, static_tables, datasets, views, functions });

/// A compilation that had no errors, in short.
pub struct Outcome {
    pub counts: Counts,
    pub warnings: Vec<Diagnostic>,
    /// Path below `generated/` → hash of the content.
    pub files: BTreeMap<String, Key>,
    /// The last day on which all exceptions hold that it needs.
    pub holds_until: Option<Date>,
}

struct KeptOutcome {
    counts: Counts,
    warnings: Vec<KeptFinding>,
    files: BTreeMap<String, Key>,
    holds_until: Option<Date>,
}
form!(struct KeptOutcome { counts, warnings, files, holds_until });

impl Outcome {
    pub fn new(compilation: &Compilation, warnings: &[Diagnostic]) -> Self {
        let Compilation { sources, datasets, views, untyped, static_tables, functions, generated, .. } =
            compilation;
        let untyped_views = untyped.values().filter(|one| one.is_view).count();
        let untyped_datasets = untyped.len() - untyped_views;
        let counts = Counts {
            sources: sources.len() as u64,
            static_tables: static_tables.len() as u64,
            datasets: (datasets.len() + untyped_datasets) as u64,
            views: (views.len() + untyped_views) as u64,
            functions: functions.len() as u64,
        };
        let files = generated.iter().map(|(path, content)| (path.clone(), Key::of(content.as_bytes())));
        let of_datasets = datasets.values().flat_map(|one| &one.judged.excepted);
        let excepted = of_datasets.chain(views.values().flat_map(|one| &one.judged.excepted));
        let holds_until = excepted.map(|one| one.exception.until).min();
        Self { counts, warnings: warnings.to_vec(), files: files.collect(), holds_until }
    }

    /// Whether it is still what a compilation comes to.
    pub fn holds_on(&self, day: Date) -> bool {
        self.holds_until.is_none_or(|last| day <= last)
    }

    /// Of all that a compilation for a target depends on: every file, by path and text.
    pub fn key(files: &ProjectFiles, target: Option<&str>) -> Key {
        let ProjectFiles { config, definitions, beside, templates } = files;
        let mut key = KeyWriter::new("outcome");
        key.optional(target);
        let sources: [Vec<&Arc<Source>>; 4] = [
            vec![config],
            definitions.iter().collect(),
            beside.values().collect(),
            templates.values().collect(),
        ];
        for sources in sources {
            key.number(sources.len() as u64);
            for source in sources {
                key.text(&source.path);
                key.text(&source.text);
            }
        }
        key.finish()
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { counts, warnings, files, holds_until } = self;
        Writer::bytes_of(&KeptOutcome {
            counts: counts.clone(),
            warnings: warnings.iter().map(KeptFinding::new).collect(),
            files: files.clone(),
            holds_until: *holds_until,
        })
    }

    /// Reads what [`Outcome::to_bytes`] gave for the same files.
    pub fn from_bytes(bytes: &[u8], files: &ProjectFiles) -> Option<Self> {
        let KeptOutcome { counts, warnings, files: generated, holds_until } = Reader::whole(bytes)?;
        let source = source_of(files);
        let warnings = warnings.into_iter().map(|finding| finding.restored(&source));
        Some(Self { counts, warnings: warnings.collect::<Option<_>>()?, files: generated, holds_until })
    }
}
