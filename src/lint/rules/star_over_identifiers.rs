//! Stars that bring identifiers into a dataset's own SQL: nobody wrote their names, so nobody decided to have them.

use super::super::{Examples, Finding, Look, Place, Rule, Subject};
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::SelectItem;
use crate::sql::visit::{Around, Part, Purpose};

pub static RULE: Rule = Rule {
    name: "star_over_identifiers",
    code: Code::StarOverIdentifiers,
    level: Level::Warn,
    look: Look::Part(look),
    examples: Examples {
        refused: &["sql: SELECT * FROM shop.orders WHERE submission_date = @submission_date"],
        fine: &[
            "sql: SELECT * EXCEPT (account_id, email) FROM shop.orders WHERE submission_date = @submission_date",
            "sql: |
  WITH today AS (SELECT * FROM shop.orders WHERE submission_date = @submission_date)
  SELECT submission_date, country, COUNT(*) AS orders FROM today GROUP BY submission_date, country",
        ],
    },
};

fn look(subject: &Subject, part: Part, around: &Around, found: &mut Vec<Finding>) {
    let Part::Select(select) = part else { return };
    if around.purpose != Purpose::Result || !subject.definition.is_own_query() {
        return;
    }
    for item in &select.items {
        let SelectItem::Star { span, .. } = item else { continue };
        let starred = |column: &str| {
            let mut outputs = select.outputs.iter();
            outputs.any(|output| output.expression.span == *span && output.name.eq_ignore_ascii_case(column))
        };
        let held: Vec<&str> = subject
            .identifiers
            .keys()
            .filter(|path| starred(path.split('.').next().unwrap_or_default()))
            .map(String::as_str)
            .collect();
        if !held.is_empty() {
            let message = format!("the star brings identifiers: {}", held.join(", "));
            let hint = "name the columns that are needed, or leave these out with EXCEPT";
            found.push(Finding::new(Place::Query(*span), message, hint));
        }
    }
}
