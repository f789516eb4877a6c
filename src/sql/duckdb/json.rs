//! Places in JSON values.

use super::native::native_call;
use super::{Printer, literal};
use crate::schema::Type;
use crate::sql::tree::Expression;

impl Printer {
    /// `json.name`
    pub(super) fn json_member(&mut self, base: &Expression, name: &str) -> String {
        self.part_of_json("json_member", base, literal(name), Type::String)
    }

    /// `json['name']` and `json[0]`
    pub(super) fn json_subscript(&mut self, base: &Expression, index: &Expression) -> String {
        let written = self.expression(index);
        match index.ty {
            Type::String => self.part_of_json("json_member", base, written, Type::String),
            _ => self.part_of_json("json_element", base, written, Type::Int64),
        }
    }

    fn part_of_json(&mut self, native: &str, base: &Expression, place: String, ty: Type) -> String {
        let arguments = [self.expression(base), place];
        match native_call(native, &arguments, &[Type::Json, ty], &Type::Json, false) {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(base.span, problem),
        }
    }
}
