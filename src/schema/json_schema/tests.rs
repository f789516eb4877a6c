//! Schemas of our own: what columns they give, what they let through, what is wrong with them.

use serde_json::{Value as Json, json};

use super::{PayloadValidator, Violation, read};
use crate::diagnostic::Source;
use crate::yaml::{Limits, Node, parse};

fn node(text: &str) -> Node {
    parse(&Source::new("x.schema.json", text), Limits::SCHEMA).unwrap()
}

/// The columns as one type.
fn columns(schema: Json) -> String {
    let fields = read(&node(&schema.to_string())).unwrap();
    fields.iter().map(|field| format!("{} {}", field.name, field.ty)).collect::<Vec<_>>().join(", ")
}

/// The type of a column of this schema.
fn column(schema: Json) -> String {
    columns(json!({"properties": {"a": schema}})).strip_prefix("a ").unwrap().to_owned()
}

#[test]
fn schemas_become_types() {
    let text = json!({"type": "string"});
    let integer = json!({"type": "integer"});
    for (schema, expected) in [
        (json!({"type": "boolean"}), "BOOL"),
        (json!({"type": "number"}), "FLOAT64"),
        (json!({"type": ["integer", "null"]}), "INT64"),
        (json!({"type": ["integer", "number"]}), "FLOAT64"),
        (json!({"type": ["integer", "string"]}), "STRING"),
        (json!({"type": ["boolean", "integer", "null"]}), "INT64"),
        (json!({"type": "null"}), "STRING"),
        (json!({"type": "string", "format": "date-time"}), "TIMESTAMP"),
        (json!({"type": ["string", "null"], "format": "date-time"}), "TIMESTAMP"),
        (json!({"type": "string", "format": "datetime"}), "STRING"),
        (json!({"type": "object", "format": "json"}), "JSON"),
        (json!({"enum": ["a", "b", null]}), "STRING"),
        (json!({"const": 5}), "INT64"),
        (json!({}), "STRING"),
        (json!(true), "STRING"),
        // Objects: of named properties, of any keys with values of one shape, of anything.
        (
            json!({"type": "object", "properties": {"bC": integer, "b-a": text}}),
            "STRUCT<b_a STRING, b_c INT64>",
        ),
        (json!({"properties": {"b": {}}, "additionalProperties": integer}), "STRUCT<b STRING>"),
        (
            json!({"type": "object", "additionalProperties": integer}),
            "ARRAY<STRUCT<key STRING, value INT64>>",
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": integer, "^b": {"type": "number"}}}),
            "ARRAY<STRUCT<key STRING, value FLOAT64>>",
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {}}}),
            "ARRAY<STRUCT<key STRING, value STRING>>",
        ),
        (json!({"type": "object", "additionalProperties": true}), "STRING"),
        (json!({"type": "object"}), "STRING"),
        (json!({"type": "object", "properties": {"größe": integer}}), "STRING"),
        // Lists, lists of lists, and lists whose places differ.
        (json!({"type": "array", "items": text}), "ARRAY<STRING>"),
        (json!({"type": "array", "items": {"type": "object"}}), "ARRAY<STRING>"),
        (
            json!({"type": "array", "items": {"type": "array", "items": integer}}),
            "ARRAY<STRUCT<list ARRAY<INT64>>>",
        ),
        (json!({"type": "array"}), "STRING"),
        (
            json!({"type": "array", "items": [integer, text], "additionalItems": false}),
            "STRUCT<f0_ INT64, f1_ STRING>",
        ),
        (
            json!({"type": "array", "items": [integer], "additionalItems": text, "maxItems": 3}),
            "STRUCT<f0_ INT64, f1_ STRING, f2_ STRING>",
        ),
        (json!({"type": "array", "items": [integer, text]}), "STRING"),
        // Alternatives: one shape for all of them, or JSON text.
        (json!({"oneOf": [integer, {"type": "null"}]}), "INT64"),
        (json!({"anyOf": [integer, text]}), "STRING"),
        (
            json!({"oneOf": [{"properties": {"b": integer}}, {"properties": {"b": {"type": "number"}, "c": text}}]}),
            "STRUCT<b FLOAT64, c STRING>",
        ),
        (
            json!({"type": "object", "properties": {"b": text}, "anyOf": [{"required": ["b"]}]}),
            "STRUCT<b STRING>",
        ),
        (
            json!({"allOf": [{"properties": {"b": integer}}, {"properties": {"c": text}}]}),
            "STRUCT<b INT64, c STRING>",
        ),
    ] {
        assert_eq!(column(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn references_lead_within_the_file() {
    let schema = json!({
        "definitions": {"a/b": {"type": "integer"}, "tree": {"properties": {
            "size": {"type": "integer"}, "parts": {"type": "array", "items": {"$ref": "#/definitions/tree"}}}}},
        "properties": {"n": {"$ref": "#/definitions/a~1b"}, "root": {"$ref": "#/definitions/tree"}},
        "mozPipelineMetadata": {"bq_table": "x_v1"},
    });
    // What holds itself has no columns all the way down.
    assert_eq!(columns(schema), "n INT64, root STRUCT<parts ARRAY<STRING>, size INT64>");
}

#[test]
fn a_schema_of_any_object_has_no_columns() {
    assert_eq!(columns(json!({"type": "object", "properties": {}})), "");
}

#[test]
fn keys_of_one_column_share_it() {
    let schema = json!({"properties": {"clientId": {"type": "integer"}, "client_id": {"type": "number"}}});
    assert_eq!(columns(schema), "client_id FLOAT64");
}

#[test]
fn mistakes_have_their_places() {
    let found = read(&node(
        "{\n\"properties\": {\n\"a\": {\"type\": \"strin\"},\n\"b\": {\"$ref\": \"other.json\"},\n\
         \"c\": {\"$ref\": \"#/definitions/c\"},\n\"d\": 5,\n\"e\": {\"oneOf\": {}}\n}}",
    ))
    .unwrap_err();
    let told: Vec<String> = found
        .iter()
        .map(|finding| format!("{}: {}", finding.position.as_ref().unwrap().line, finding.message))
        .collect();
    assert_eq!(
        told,
        [
            "3: no type `strin` in JSON Schema",
            "4: `$ref` to `other.json` leaves the file",
            "5: `$ref` to `#/definitions/c`, which is not in the file",
            "6: expected a schema, found a whole number",
            "7: `oneOf` is a list of schemas",
        ]
    );
    for (schema, message) in [
        ("[]", "expected a schema, found a list"),
        ("{}", "the schema is not of an object with properties, so there are no columns"),
    ] {
        assert_eq!(read(&node(schema)).unwrap_err()[0].message, message);
    }
}

fn compiled(schema: Json) -> PayloadValidator {
    let text = schema.to_string();
    PayloadValidator::compile(&text, &node(&text)).unwrap()
}

#[test]
fn payloads_are_judged_without_showing_their_values() {
    let validator = compiled(json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "pattern": "^((?!data)[a-z]+)$"},
            "level": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
            "kind": {"enum": ["a", "b"]},
            "at": {"type": "string", "format": "date-time"},
            "list": {"type": "array", "items": {"properties": {"c": {}}, "additionalProperties": false}},
            "either": {"oneOf": [{"type": "integer"}, {"type": "null"}]},
        },
    }));
    assert_eq!(validator.check(&json!({"id": "abc", "level": 1, "at": "2026-11-22T00:00:00Z"})), Ok(()));
    let cases = [
        (json!({}), "/", "\"id\" is a required property"),
        (json!({"id": 71_717}), "/id", "the value is not of type \"string\""),
        (json!({"id": "data71717"}), "/id", "the value does not match \"^((?!data)[a-z]+)$\""),
        (json!({"id": "a", "level": 0}), "/level", "the value is less than or equal to the minimum of 0"),
        (json!({"id": "a", "kind": "71717"}), "/kind", "the value is not one of \"a\" or \"b\""),
        (json!({"id": "a", "at": "71717"}), "/at", "the value is not a \"date-time\""),
        (
            json!({"id": "a", "list": [{}, {"b": 71_717}]}),
            "/list/1",
            "Additional properties are not allowed ('b' was unexpected)",
        ),
        (
            json!({"id": "a", "either": "71717"}),
            "/either",
            "the value is not valid under any of the schemas listed in the 'oneOf' keyword",
        ),
    ];
    for (payload, pointer, reason) in cases {
        let expected = Violation { pointer: pointer.to_owned(), reason: reason.to_owned() };
        assert_eq!(validator.check(&payload), Err(expected), "{payload}");
    }
    let endless = json!({"id": "a", "list": [{"x\n".repeat(1_000): 1}]});
    assert!(validator.check(&endless).unwrap_err().reason.chars().count() <= 301);
}

#[test]
fn a_pattern_that_backtracks_ends() {
    let validator = compiled(json!({"pattern": "^(?=(a+)+$)(a+)+\\1b$"}));
    let violation = validator.check(&json!("a".repeat(200))).unwrap_err();
    assert_eq!(violation.pointer, "/");
}

#[test]
fn schemas_that_cannot_judge_are_refused_at_their_place() {
    for (text, line, part) in [
        ("{\n\"properties\": {\n\"a\": {\"pattern\": \"(\"}}}", 3, "the schema cannot be used"),
        ("{\n\"properties\": {\n\"a\": {\"minimum\": \"x\"}}}", 3, "the schema cannot be used"),
        ("{\n\"not\": {\"$ref\": \"http://example.com/x.json\"}}", 1, "the schema cannot be used"),
        ("properties: {}", 1, "the schema is not JSON"),
        ("{\"$schema\": \"http://example.com/own\"}", 1, "the schema cannot be used"),
    ] {
        let finding = PayloadValidator::compile(text, &node(text)).unwrap_err();
        assert!(finding.message.starts_with(part), "{text}: {}", finding.message);
        assert_eq!(finding.position.unwrap().line, line, "{text}: {}", finding.message);
    }
}

#[test]
fn schemas_that_run_in_circles_end() {
    for schema in [
        json!({"allOf": [{"$ref": "#"}], "properties": {"a": {"$ref": "#"}}}),
        json!({"$ref": "#"}),
        json!({"not": {"$ref": "#/definitions/a"}, "definitions": {"a": {"anyOf": [{"$ref": "#/definitions/a"}]}}}),
    ] {
        let text = schema.to_string();
        let Ok(validator) = PayloadValidator::compile(&text, &node(&text)) else { continue };
        let _ = validator.check(&json!({"a": {"a": 1}}));
    }
}
