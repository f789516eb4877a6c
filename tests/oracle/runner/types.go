// Types as GoogleSQL writes them.
package main

import (
	"strings"

	google "github.com/goccy/go-googlesql"
	engine "github.com/goccy/googlesqlite"
)

var names = map[google.TypeKind]string{
	google.TypeKindTypeString: "STRING", google.TypeKindTypeBytes: "BYTES",
	google.TypeKindTypeInt64: "INT64", google.TypeKindTypeDouble: "FLOAT64",
	google.TypeKindTypeNumeric: "NUMERIC", google.TypeKindTypeBignumeric: "BIGNUMERIC",
	google.TypeKindTypeBool: "BOOL", google.TypeKindTypeTimestamp: "TIMESTAMP",
	google.TypeKindTypeDate: "DATE", google.TypeKindTypeTime: "TIME",
	google.TypeKindTypeDatetime: "DATETIME", google.TypeKindTypeGeography: "GEOGRAPHY",
	google.TypeKindTypeJson: "JSON", google.TypeKindTypeInterval: "INTERVAL",
}

func kindOf(ty *engine.ColumnType) google.TypeKind {
	return google.TypeKind(ty.Kind)
}

func typeName(ty *engine.ColumnType) string {
	switch kindOf(ty) {
	case google.TypeKindTypeArray:
		return "ARRAY<" + typeName(ty.ElementType) + ">"
	case google.TypeKindTypeStruct:
		parts := make([]string, 0, len(ty.FieldTypes))
		for _, inner := range ty.FieldTypes {
			parts = append(parts, strings.TrimSpace(inner.Name+" "+typeName(inner.Type)))
		}
		return "STRUCT<" + strings.Join(parts, ", ") + ">"
	}
	if name, known := names[kindOf(ty)]; known {
		return name
	}
	return ty.Name
}
