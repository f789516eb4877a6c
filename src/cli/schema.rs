use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::context::{self, Globals, Problem};
use super::{generated_files, report};
use crate::definition::ProjectFiles;
use crate::definition::editor::{self, Names, Parameter, Template};
use crate::template::{Library, ParameterType};
use crate::yaml::{self, Limits};

/// Print the JSON Schema of definitions, for editors
///
/// In a project it offers the project's own templates with their parameters, its tables, matrices and
/// applications; --plain leaves them out, so that one file serves every project.
#[derive(Args)]
pub struct Arguments {
    /// Leave out what only this project has
    #[arg(long)]
    plain: bool,
    /// Write it to a file, whole or not at all
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let is_plain =
        arguments.plain || context::find_project(globals).is_none() && globals.project_dir.is_none();
    let names = if is_plain { Names::default() } else { names(&context::read(globals)?.1, globals) };
    let schema = editor::json_schema(&names);
    match &arguments.write {
        Some(path) => {
            generated_files::write_file(path, format!("{schema:#}\n").as_bytes())?;
            if !globals.quiet {
                report::line(&format!("written: {}", path.display()));
            }
        }
        None => report::json(&schema),
    }
    Ok(ExitCode::SUCCESS)
}

/// What a project has that authors name, as far as it can be read.
fn names(files: &ProjectFiles, globals: &Globals) -> Names {
    let (library, _) = Library::new(&files.templates);
    let examined = context::examine(files, globals);
    let mut names = Names {
        templates: library.names().into_iter().filter_map(|name| template(&library, name)).collect(),
        tables: examined.summary.names.into_keys().collect(),
        ..Names::default()
    };
    for source in &files.definitions {
        let Ok(node) = yaml::parse(source, Limits::DEFINITION) else { continue };
        let text = |key: &str| node.get(key).and_then(|value| value.as_text()).map(str::to_owned);
        if node.get("for").is_some() {
            names
                .patterns
                .extend(["dataset", "snapshot", "source", "view", "static"].into_iter().filter_map(text));
        } else if node.get("application").is_some() && node.get("channels").is_some() {
            names.axes = ["applications", "app.channels", "app.pings"].map(str::to_owned).to_vec();
        }
    }
    names.patterns.sort();
    names
}

fn template(library: &Library, name: &str) -> Option<Template> {
    let header = library.header(name)?;
    let parameter = |parameter: &crate::template::Parameter| Parameter {
        name: parameter.name.clone(),
        types: types(parameter.ty),
        required: parameter.required,
        description: parameter.description.clone(),
    };
    Some(Template {
        name: name.to_owned(),
        description: header.description.clone(),
        parameters: header.parameters.iter().map(parameter).collect(),
    })
}

/// The JSON types that a parameter takes; none where any will do.
fn types(ty: ParameterType) -> &'static [&'static str] {
    match ty {
        ParameterType::Text | ParameterType::Column => &["string"],
        ParameterType::Boolean => &["boolean"],
        _ => &[],
    }
}
