use std::process::ExitCode;

use clap::Args;

use super::context::Problem;
use super::report;
use crate::diagnostic::{Code, Diagnostic};
use crate::lint::{self, Rule};

/// What a diagnostic means and how to mend it
///
/// Of a rule, by its code or its name, examples are shown too.
#[derive(Args)]
pub struct Arguments {
    /// A code such as TM0203, or a rule such as any_value; without one all are listed
    code: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Problem> {
    let Some(written) = &arguments.code else {
        let mut codes = Code::ALL.to_vec();
        codes.sort_by_key(|code| code.as_str());
        for code in codes {
            let page = code.page();
            let title = page.lines().next().unwrap_or_default();
            let rule = lint::rule_of(code).map(|rule| format!(" ({})", rule.name)).unwrap_or_default();
            report::line(&format!("{}  {title}{rule}", code.as_str()));
        }
        return Ok(ExitCode::SUCCESS);
    };
    match lint::rule(written).map(|rule| rule.code).or_else(|| Code::parse(written)) {
        Some(code) => {
            report::line(&format!("{}: {}", code.as_str(), code.page()));
            if let Some(rule) = lint::rule_of(code) {
                report::line(&of_rule(rule));
            }
            Ok(ExitCode::SUCCESS)
        }
        None => Err(Diagnostic::error(Code::UnknownSelection, format!("no code or rule `{written}`"))
            .hint("`tidemill explain` alone lists all of them")
            .into()),
    }
}

/// What is to know of a rule beside its page: its name, how much it counts, examples.
fn of_rule(rule: &Rule) -> String {
    let mut text = format!(
        "\nThe rule `{}` is `{}` by default; `rules: {{{0}: off}}` in tidemill.yaml changes that.\n",
        rule.name,
        rule.level.as_str()
    );
    for (what, examples) in [("Found in", rule.examples.refused), ("Fine", rule.examples.fine)] {
        for example in examples {
            text.push_str(&format!("\n{what}:\n\n"));
            text.extend(example.lines().map(|line| format!("    {line}\n")));
        }
    }
    text.trim_end().to_owned()
}
