// Types: from BigQuery schema files to the analyser's, and from the analyser's to text.
package main

import (
	"fmt"
	"strings"

	google "github.com/goccy/go-googlesql"
)

var kinds = map[string]google.TypeKind{
	"STRING": google.TypeKindTypeString, "BYTES": google.TypeKindTypeBytes,
	"INTEGER": google.TypeKindTypeInt64, "INT64": google.TypeKindTypeInt64,
	"FLOAT": google.TypeKindTypeDouble, "FLOAT64": google.TypeKindTypeDouble,
	"NUMERIC": google.TypeKindTypeNumeric, "BIGNUMERIC": google.TypeKindTypeBignumeric,
	"BOOLEAN": google.TypeKindTypeBool, "BOOL": google.TypeKindTypeBool,
	"TIMESTAMP": google.TypeKindTypeTimestamp, "DATE": google.TypeKindTypeDate,
	"TIME": google.TypeKindTypeTime, "DATETIME": google.TypeKindTypeDatetime,
	"GEOGRAPHY": google.TypeKindTypeGeography, "JSON": google.TypeKindTypeJson,
	"INTERVAL": google.TypeKindTypeInterval,
}

var names = map[google.TypeKind]string{
	google.TypeKindTypeString: "STRING", google.TypeKindTypeBytes: "BYTES",
	google.TypeKindTypeInt64: "INT64", google.TypeKindTypeDouble: "FLOAT64",
	google.TypeKindTypeNumeric: "NUMERIC", google.TypeKindTypeBignumeric: "BIGNUMERIC",
	google.TypeKindTypeBool: "BOOL", google.TypeKindTypeTimestamp: "TIMESTAMP",
	google.TypeKindTypeDate: "DATE", google.TypeKindTypeTime: "TIME",
	google.TypeKindTypeDatetime: "DATETIME", google.TypeKindTypeGeography: "GEOGRAPHY",
	google.TypeKindTypeJson: "JSON", google.TypeKindTypeInterval: "INTERVAL",
}

// typeOf gives the analyser's type of a field of a schema file.
func (j *judge) typeOf(declared field) (google.Googlesql_TypeNode, error) {
	element, err := j.elementType(declared)
	if err != nil || !strings.EqualFold(declared.Mode, "REPEATED") {
		return element, err
	}
	return j.types.MakeArrayType2(element)
}

func (j *judge) elementType(declared field) (google.Googlesql_TypeNode, error) {
	name := strings.ToUpper(declared.Type)
	if name == "RECORD" || name == "STRUCT" {
		fields := make([]*google.StructField, 0, len(declared.Fields))
		for _, inner := range declared.Fields {
			ty, err := j.typeOf(inner)
			if err != nil {
				return nil, err
			}
			fields = append(fields, &google.StructField{Name: inner.Name, Type_: ty})
		}
		return j.types.MakeStructType2(fields)
	}
	if kind, known := kinds[name]; known {
		return j.types.MakeSimpleType(kind)
	}
	// Anything else is a type as GoogleSQL writes it, such as ARRAY<STRUCT<key STRING>> or RANGE<DATE>.
	ty, err := google.AnalyzeType(declared.Type, j.options, j.builtins, j.types)
	if err != nil {
		return nil, fmt.Errorf("field %q has the type %q: %w", declared.Name, declared.Type, err)
	}
	return ty, nil
}

// typeName writes a type as GoogleSQL does, without quoting field names.
func typeName(ty google.Googlesql_TypeNode) (string, error) {
	kind, err := ty.Kind()
	if err != nil {
		return "", err
	}
	switch kind {
	case google.TypeKindTypeArray:
		array, err := ty.AsArray()
		if err != nil {
			return "", err
		}
		element, err := array.ElementType()
		if err != nil {
			return "", err
		}
		inner, err := typeName(element)
		return "ARRAY<" + inner + ">", err
	case google.TypeKindTypeRange:
		ranges, err := ty.AsRange()
		if err != nil {
			return "", err
		}
		element, err := ranges.ElementType()
		if err != nil {
			return "", err
		}
		inner, err := typeName(element)
		return "RANGE<" + inner + ">", err
	case google.TypeKindTypeStruct:
		structure, err := ty.AsStruct()
		if err != nil {
			return "", err
		}
		fields, err := structure.Fields()
		if err != nil {
			return "", err
		}
		parts := make([]string, 0, len(fields))
		for _, inner := range fields {
			text, err := typeName(inner.Type_)
			if err != nil {
				return "", err
			}
			parts = append(parts, strings.TrimSpace(inner.Name+" "+text))
		}
		return "STRUCT<" + strings.Join(parts, ", ") + ">", nil
	}
	if name, known := names[kind]; known {
		return name, nil
	}
	return kind.String(), nil
}
