//! What a whole project came to: enough to say that nothing changed, without compiling anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Compilation;
use super::kept::{KeptFinding, source_of};
use crate::cache::{Form, Key, KeyWriter, Reader, Writer, form};
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
}

impl Outcome {
    pub fn new(compilation: &Compilation, warnings: &[Diagnostic]) -> Self {
        let Compilation { sources, datasets, views, static_tables, functions, generated, .. } = compilation;
        let counts = Counts {
            sources: sources.len() as u64,
            static_tables: static_tables.len() as u64,
            datasets: datasets.len() as u64,
            views: views.len() as u64,
            functions: functions.len() as u64,
        };
        let files = generated.iter().map(|(path, content)| (path.clone(), Key::of(content.as_bytes())));
        Self { counts, warnings: warnings.to_vec(), files: files.collect() }
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
        let Self { counts, warnings, files } = self;
        let mut writer = Writer::default();
        counts.write(&mut writer);
        warnings.iter().map(KeptFinding::new).collect::<Vec<_>>().write(&mut writer);
        files.write(&mut writer);
        writer.finish()
    }

    /// Reads what [`Outcome::to_bytes`] gave for the same files.
    pub fn from_bytes(bytes: &[u8], files: &ProjectFiles) -> Option<Self> {
        let (counts, (warnings, generated)): (Counts, (Vec<KeptFinding>, BTreeMap<String, Key>)) =
            Reader::whole(bytes)?;
        let source = source_of(files);
        let warnings = warnings.into_iter().map(|finding| finding.restored(&source));
        Some(Self { counts, warnings: warnings.collect::<Option<_>>()?, files: generated })
    }
}
