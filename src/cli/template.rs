use std::process::ExitCode;

use clap::Args;

use super::context::{self, Globals, Problem};
use super::{generated_files, report};
use crate::diagnostic::{Code, Diagnostic};
use crate::template::{BUILT_IN, Header, Library, find_built_in};

/// List templates, show what one takes, or copy a built-in one into the project
#[derive(Args)]
pub struct Arguments {
    /// A template such as tidemill/clients_daily; without one all are listed
    name: Option<String>,
    /// Copy the built-in template to templates/, to make it yours
    #[arg(long, requires = "name")]
    copy: bool,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let own = match context::find_project(globals) {
        Some(_) => context::read(globals)?.1.templates,
        None => Default::default(),
    };
    let (library, found) = Library::new(&own);
    if !found.is_empty() {
        return Err(Problem::Findings(found));
    }
    let Some(name) = &arguments.name else {
        for name in library.names() {
            let description = library.header(name).map_or("", |header| header.description.as_str());
            report::line(&format!("{name}\n    {}", description.trim()));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(header) = library.header(name) else {
        return Err(Diagnostic::error(Code::UnknownTemplate, format!("no template `{name}`"))
            .hint(match library.nearest(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`tidemill template` lists them".to_owned(),
            })
            .into());
    };
    if arguments.copy {
        return copy(name, globals);
    }
    show(name, header);
    Ok(ExitCode::SUCCESS)
}

fn show(name: &str, header: &Header) {
    report::line(&format!("{name}\n    {}\n", header.description.trim()));
    if let Some(column) = &header.partition_by {
        report::line(&format!("partitioned by {column}\n"));
    }
    for parameter in &header.parameters {
        let need = if parameter.required { "required" } else { "optional" };
        report::line(&format!(
            "with.{} ({}, {need})\n    {}",
            parameter.name,
            parameter.ty.name(),
            parameter.description
        ));
    }
}

fn copy(name: &str, globals: &Globals) -> Result<ExitCode, Problem> {
    let Some(template) = find_built_in(name) else {
        let names = BUILT_IN.iter().map(|template| template.name);
        return Err(Diagnostic::error(Code::UnknownTemplate, format!("`{name}` is not built in"))
            .suggest(name, names)
            .into());
    };
    let (root, ..) = context::read(globals)?;
    let short = name.trim_start_matches("tidemill/");
    let folder = root.join("templates");
    let mut files = vec![(format!("{short}.sql"), template.text)];
    files.extend(template.init.map(|init| (format!("{short}.init.sql"), init)));
    for (file, _) in &files {
        if folder.join(file).exists() {
            return Err(Diagnostic::error(Code::Unwritable, format!("templates/{file} is there already"))
                .hint("edit it, or move it away to copy the template again")
                .into());
        }
    }
    for (file, text) in files {
        generated_files::write_file(&folder.join(&file), text.as_bytes())?;
        report::line(&format!("templates/{file} written; use it with `template: {short}`"));
    }
    Ok(ExitCode::SUCCESS)
}
