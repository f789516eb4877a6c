//! A schema file → shapes. Only what decides the shape of values is read here; limits such as `pattern`
//! or `maximum` are the validator's.

use std::collections::BTreeMap;

use super::columns::columns;
use super::shape::{Property, Shape};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::Field;
use crate::yaml::{Node, Value};

/// How many schemas may be looked at: each use of a `$ref` counts anew.
const LIMIT: usize = 200_000;
/// How deep schemas may nest, each use of a `$ref` included.
const DEPTH: usize = 100;

/// The columns of the payloads that a schema describes, in the order of their names.
///
/// # Errors
/// Every place that is no JSON Schema or refers to nothing, or a schema of something else than objects.
pub fn read(root: &Node) -> Result<Vec<Field>, Vec<Diagnostic>> {
    let mut reader = Reader { root, references: Vec::new(), looked_at: 0, depth: 0, found: Vec::new() };
    let shape = reader.shape(root);
    let mut found = reader.found;
    let is_object = root.get("type").and_then(Node::as_text) == Some("object");
    match shape {
        Shape::Object(properties) if found.is_empty() => return Ok(columns(properties)),
        // Any object at all: everything in it is beyond the schema.
        _ if found.is_empty() && is_object => return Ok(Vec::new()),
        _ if found.is_empty() => {
            let message = "the schema is not of an object with properties, so there are no columns";
            found.push(mistake(&root.position, message).hint("give the top level `properties`"));
        }
        _ => {}
    }
    Err(found)
}

struct Reader<'a> {
    root: &'a Node,
    /// The `$ref`s that are being followed, outermost first.
    references: Vec<&'a str>,
    looked_at: usize,
    depth: usize,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn shape(&mut self, node: &'a Node) -> Shape {
        self.looked_at += 1;
        // Of either limit one finding is enough.
        if self.looked_at > LIMIT || self.depth > DEPTH {
            if self.looked_at <= LIMIT {
                self.report(&node.position, &format!("schemas nest more than {DEPTH} levels deep"));
                self.looked_at = LIMIT + 1;
            } else if self.looked_at == LIMIT + 1 {
                self.report(&node.position, &format!("the schema describes more than {LIMIT} values"));
            }
            return Shape::Any;
        }
        self.depth += 1;
        let shape = self.shape_within(node);
        self.depth -= 1;
        shape
    }

    fn shape_within(&mut self, node: &'a Node) -> Shape {
        if matches!(node.value, Value::Bool(_)) {
            return Shape::Any;
        }
        if node.as_map().is_none() {
            let message = format!("expected a schema, found {}", node.value.kind());
            self.report(&node.position, &message);
            return Shape::Any;
        }
        let mut shape = match node.get("$ref") {
            Some(reference) => self.referred(reference),
            None => Shape::Any,
        };
        shape = shape.and(self.own(node));
        for part in self.list(node, "allOf") {
            let of_part = self.shape(part);
            shape = shape.and(of_part);
        }
        for key in ["oneOf", "anyOf"] {
            let alternatives: Vec<Shape> = self.list(node, key).iter().map(|part| self.shape(part)).collect();
            shape = match (shape, Shape::any_of(alternatives)) {
                // Alternatives are often only about what is required.
                (shape, Shape::Any | Shape::Mixed) if shape != Shape::Any => shape,
                (shape, alternatives) => shape.and(alternatives),
            };
        }
        shape
    }

    /// The shape that the schema itself states, by its `type` or by what it says of the parts of values.
    fn own(&mut self, node: &'a Node) -> Shape {
        let types = match node.get("type") {
            None => vec![],
            Some(ty) => match &ty.value {
                Value::Text(name) => vec![(name.as_str(), &ty.position)],
                Value::List(items) if !items.is_empty() => items
                    .iter()
                    .filter_map(|item| {
                        let name = item.as_text();
                        if name.is_none() {
                            self.report(&item.position, "a type is a text");
                        }
                        Some((name?, &item.position))
                    })
                    .collect(),
                _ => {
                    self.report(&ty.position, "`type` is a name or a list of names");
                    return Shape::Any;
                }
            },
        };
        if types.is_empty() {
            let has = |key: &str| node.get(key).is_some();
            if has("properties") || has("patternProperties") {
                return self.object(node);
            }
            return if has("items") { self.array(node) } else { self.listed(node) };
        }
        let shapes: Vec<Shape> =
            types.into_iter().map(|(name, position)| self.of_type(node, name, position)).collect();
        Shape::any_of(shapes)
    }

    fn of_type(&mut self, node: &'a Node, name: &str, position: &Position) -> Shape {
        match name {
            "null" => Shape::Null,
            "boolean" => Shape::Boolean,
            "integer" => Shape::Integer,
            "number" => Shape::Number,
            "string" | "object" | "array" if node.get("format").and_then(Node::as_text) == Some("json") => {
                Shape::Json
            }
            "string" => match node.get("format").and_then(Node::as_text) {
                Some("date-time") => Shape::Timestamp,
                _ => Shape::Text,
            },
            "object" => self.object(node),
            "array" => self.array(node),
            other => {
                const TYPES: [&str; 7] =
                    ["array", "boolean", "integer", "null", "number", "object", "string"];
                let finding = mistake(position, &format!("no type `{other}` in JSON Schema"));
                self.found.push(finding.suggest(other, TYPES));
                Shape::Any
            }
        }
    }

    fn object(&mut self, node: &'a Node) -> Shape {
        let properties = self.members(node, "properties");
        if !properties.is_empty() {
            let mut fields = BTreeMap::new();
            for (key, schema) in properties {
                let text = |key: &str| schema.get(key).and_then(Node::as_text);
                let description = text("description").or_else(|| text("title")).map(Into::into);
                let shape = self.shape(schema);
                fields.insert(key.to_owned(), Property { shape, description });
            }
            return Shape::Object(fields);
        }
        let mut values: Vec<&Node> =
            self.members(node, "patternProperties").into_iter().map(|(_, schema)| schema).collect();
        values.extend(node.get("additionalProperties").filter(|rest| rest.as_map().is_some()));
        if values.is_empty() {
            // Any object: in a union it must stay apart from what has a shape.
            return Shape::Mixed;
        }
        let shapes: Vec<Shape> = values.into_iter().map(|schema| self.shape(schema)).collect();
        Shape::Map(Box::new(Shape::any_of(shapes)))
    }

    fn array(&mut self, node: &'a Node) -> Shape {
        let Some(items) = node.get("items") else { return Shape::Mixed };
        let Some(places) = items.as_list() else {
            return Shape::List(Box::new(self.shape(items)));
        };
        let mut shapes: Vec<Shape> = places.iter().map(|place| self.shape(place)).collect();
        let longest = match node.get("maxItems").map(|most| &most.value) {
            Some(Value::Integer(most)) => usize::try_from(*most).ok(),
            _ => None,
        };
        match (node.get("additionalItems"), longest) {
            (Some(Node { value: Value::Bool(false), .. }), _) => {}
            (Some(rest), Some(longest)) if rest.as_map().is_some() && longest <= 64 => {
                let rest = self.shape(rest);
                shapes.resize(longest.max(shapes.len()), rest);
            }
            (_, Some(longest)) if longest <= shapes.len() => {}
            // The list may go on with anything.
            _ => return Shape::Mixed,
        }
        if shapes.is_empty() { Shape::Mixed } else { Shape::Tuple(shapes) }
    }

    /// The shape of listed values, where nothing else is said.
    fn listed(&mut self, node: &'a Node) -> Shape {
        let of_value = |value: &Node| match value.value {
            Value::Null => Shape::Null,
            Value::Bool(_) => Shape::Boolean,
            Value::Integer(_) => Shape::Integer,
            Value::Float(_) => Shape::Number,
            Value::Text(_) => Shape::Text,
            Value::List(_) | Value::Map(_) => Shape::Mixed,
        };
        match (node.get("const"), node.get("enum").and_then(Node::as_list)) {
            (Some(value), _) => of_value(value),
            (None, Some(values)) => Shape::any_of(values.iter().map(of_value)),
            (None, None) => Shape::Any,
        }
    }

    /// What a `$ref` refers to. One that comes back to itself has no columns of its own.
    fn referred(&mut self, node: &'a Node) -> Shape {
        let Some(reference) = node.as_text() else {
            self.report(&node.position, "`$ref` is a text");
            return Shape::Any;
        };
        let Some(pointer) = reference.strip_prefix('#') else {
            let message = format!("`$ref` to `{reference}` leaves the file");
            let finding = mistake(&node.position, &message);
            self.found.push(
                finding.hint("put what it refers to under `definitions`, and write `#/definitions/NAME`"),
            );
            return Shape::Any;
        };
        if self.references.contains(&pointer) {
            return Shape::Mixed;
        }
        let Some(target) = at_pointer(self.root, pointer) else {
            let message = format!("`$ref` to `{reference}`, which is not in the file");
            self.report(&node.position, &message);
            return Shape::Any;
        };
        self.references.push(pointer);
        let shape = self.shape(target);
        self.references.pop();
        shape
    }

    fn list(&mut self, node: &'a Node, key: &str) -> &'a [Node] {
        match node.get(key) {
            None => &[],
            Some(parts) => parts.as_list().unwrap_or_else(|| {
                self.report(&parts.position, &format!("`{key}` is a list of schemas"));
                &[]
            }),
        }
    }

    fn members(&mut self, node: &'a Node, key: &str) -> Vec<(&'a str, &'a Node)> {
        let Some(members) = node.get(key) else { return Vec::new() };
        match members.as_map() {
            Some(members) => {
                members.iter().filter_map(|(key, schema)| Some((key.as_text()?, schema))).collect()
            }
            None => {
                self.report(&members.position, &format!("`{key}` is a mapping of names to schemas"));
                Vec::new()
            }
        }
    }

    fn report(&mut self, position: &Position, message: &str) {
        self.found.push(mistake(position, message));
    }
}

pub(super) fn mistake(position: &Position, message: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidSchema, message).at(position)
}

/// The node at a JSON pointer.
pub(super) fn at_pointer<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    pointer.split('/').skip(1).try_fold(root, |node, part| {
        let key = part.replace("~1", "/").replace("~0", "~");
        match node.as_list() {
            Some(items) => items.get(key.parse::<usize>().ok()?),
            None => node.get(&key),
        }
    })
}
