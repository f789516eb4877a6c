//! Templates: minijinja files that render GoogleSQL for a dataset, with parameters that they declare and
//! positions that lead back to the line that wrote a piece of SQL. Templates see neither files,
//! environment nor clock; rendering is bounded.

mod align;
mod axes;
mod builtin;
mod expand;
mod failure;
mod header;
mod histogram;
mod macros;
mod parameters;
mod render;
mod sourcemap;

pub use builtin::{BUILT_IN, BuiltIn, find as find_built_in};
pub use expand::{Input, Part, RowTime, expand, one_expression};
pub use header::{Header, Parameter, ParameterType};
pub use render::{Library, RenderRequest};
pub use sourcemap::{Origin, Rendered, Text as TemplateText, within};
