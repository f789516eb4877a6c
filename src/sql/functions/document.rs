//! The conformance table of the documentation, written from the table of functions. It must never say
//! anything that the table does not.

use std::fmt::Write;

use super::{Determinism, FAMILIES, Function, Role};

/// Each family with its functions: what they take and give, whether DuckDB runs them, and how many cases of the suite
/// call them.
pub fn conformance(cases: &dyn Fn(&str) -> usize) -> String {
    let mut page = String::new();
    let count: usize = FAMILIES.iter().map(|(_, rows)| rows.len()).sum();
    let run: usize =
        FAMILIES.iter().flat_map(|(_, rows)| rows.iter()).filter(|function| function.is_runnable()).count();
    let _ = writeln!(page, "{count} functions are known and typed; DuckDB runs {run} of them.\n");
    for (family, rows) in FAMILIES {
        let _ = writeln!(
            page,
            "### {family}\n\n| function | signatures | DuckDB | cases | remarks |\n| --- | --- | --- | ---: | --- |"
        );
        for function in *rows {
            let signatures: Vec<String> = function
                .signatures()
                .iter()
                .map(|signature| format!("`{}`", signature.text.replace('|', "\\|")))
                .collect();
            let runs = if function.is_runnable() { "yes" } else { "no" };
            let _ = writeln!(
                page,
                "| {} | {} | {runs} | {} | {} |",
                function.name,
                signatures.join("<br>"),
                cases(function.name),
                remarks(function).join(", ")
            );
        }
        page.push('\n');
    }
    page
}

fn remarks(function: &Function) -> Vec<&'static str> {
    let mut remarks = Vec::new();
    match function.role {
        Role::Scalar => {}
        Role::Aggregate if function.clauses.over => remarks.push("aggregate or window"),
        Role::Aggregate => remarks.push("aggregate"),
        Role::Window => remarks.push("window"),
    }
    let clauses = function.clauses;
    let taken = [
        (clauses.order, "takes ORDER BY and LIMIT"),
        (clauses.nulls, "takes IGNORE NULLS"),
        (function.sanitises, "sanitises"),
    ];
    remarks.extend(taken.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text));
    match function.determinism {
        Determinism::Deterministic => {}
        Determinism::DependsOnOrder => remarks.push("depends on the order of rows"),
        Determinism::Approximate => remarks.push("approximate"),
        Determinism::Session => remarks.push("depends on when and by whom it runs"),
        Determinism::Volatile => remarks.push("differs at each call"),
    }
    remarks
}
