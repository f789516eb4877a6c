//! How large the rows of a query may become: a short text doubles a struct or a star in every common table. What is
//! too large becomes unknown at once. It must not judge what a query means.

use foldhash::HashMap;
use std::sync::Arc;

use super::{Resolver, output_reference};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::tree::{Expression, Output, Span};

/// Most columns of a row, the fields of its structs among them: three times what a table of BigQuery may have. Each step on
/// the way there looks at all of them.
const WIDEST: usize = 30_000;
/// How deep types nest; what is stored nests 15 deep at most.
const DEEPEST: usize = 100;
/// Most columns that all SELECTs of a query give together.
const MOST_COLUMNS: usize = 500_000;

/// The sizes of the types of one query. Types are shared, and each is counted once.
#[derive(Default)]
pub struct Sizes {
    counted: HashMap<*const (), (Type, Size)>,
    /// The columns that all SELECTs gave so far.
    columns: usize,
}

#[derive(Clone, Copy)]
struct Size {
    leaves: usize,
    depth: usize,
}

impl Size {
    fn is_too_large(self) -> bool {
        self.leaves > WIDEST || self.depth > DEEPEST
    }
}

impl Sizes {
    fn of(&mut self, ty: &Type) -> Size {
        let place = match ty {
            Type::Struct(fields) => Arc::as_ptr(fields).cast::<()>(),
            Type::Array(element) => Arc::as_ptr(element).cast::<()>(),
            _ => return Size { leaves: 1, depth: 0 },
        };
        if let Some((_, size)) = self.counted.get(&place) {
            return *size;
        }
        let parts = match ty {
            Type::Struct(fields) => fields.iter().map(|field| self.of(&field.ty)).collect(),
            Type::Array(element) => vec![self.of(element)],
            _ => Vec::new(),
        };
        let leaves = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.leaves)).max(1);
        let depth = 1 + parts.iter().map(|part| part.depth).max().unwrap_or(0);
        let size = Size { leaves, depth };
        // The type is kept, so that nothing else comes to stand in its place.
        self.counted.insert(place, (ty.clone(), size));
        size
    }
}

impl Resolver<'_> {
    /// Makes the type of a resolved expression unknown where it is too large.
    pub(super) fn bound_type(&mut self, expression: &mut Expression) {
        if self.sizes.of(&expression.ty).is_too_large() {
            expression.ty = Type::Unknown;
            let message =
                format!("this value has more than {WIDEST} fields, or they nest more than {DEEPEST} deep");
            self.too_large(expression.span, message);
        }
    }

    /// Whether a SELECT may give these columns; where not, none of them is known.
    pub(super) fn bound_outputs(&mut self, outputs: &mut Vec<Output>, span: Span) -> bool {
        let leaves = outputs
            .iter()
            .fold(0_usize, |sum, output| sum.saturating_add(self.sizes.of(&output.expression.ty).leaves));
        let message = if leaves > WIDEST {
            format!("this SELECT gives more than {WIDEST} columns and fields")
        } else if self.sizes.columns + outputs.len() > MOST_COLUMNS {
            format!("the SELECTs up to here give more than {MOST_COLUMNS} columns")
        } else {
            return true;
        };
        self.too_large(span, message);
        *outputs = vec![Output {
            name: Field::unknown_rest().name,
            expression: output_reference(&Field::unknown_rest(), span),
            description: None,
        }];
        false
    }

    /// Counts what a SELECT gives.
    pub(super) fn count_outputs(&mut self, outputs: &[Output]) {
        self.sizes.columns += outputs.len();
    }

    fn too_large(&mut self, span: Span, message: String) {
        let problem = Problem::new(Code::TooLarge, span, message);
        self.problems.push(problem.hint("name the columns that are needed instead of `*` and whole structs"));
    }
}
