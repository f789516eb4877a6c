// What BigQuery has and open GoogleSQL has not: functions, names of types, system variables.
package main

import google "github.com/goccy/go-googlesql"

// Names of types beside GoogleSQL's own.
var typeNames = map[string]google.TypeKind{
	"int": google.TypeKindTypeInt64, "smallint": google.TypeKindTypeInt64, "integer": google.TypeKindTypeInt64,
	"bigint": google.TypeKindTypeInt64, "tinyint": google.TypeKindTypeInt64, "byteint": google.TypeKindTypeInt64,
}

// The variables that are called @@time_zone and so on.
var systemVariables = map[string]google.TypeKind{
	"current_job_id": google.TypeKindTypeString, "dataset_id": google.TypeKindTypeString,
	"dataset_project_id": google.TypeKindTypeString, "error.formatted_stack_trace": google.TypeKindTypeString,
	"error.message": google.TypeKindTypeString, "error.statement_text": google.TypeKindTypeString,
	"last_job_id": google.TypeKindTypeString, "location": google.TypeKindTypeString,
	"project_id": google.TypeKindTypeString, "query_label": google.TypeKindTypeString,
	"reservation": google.TypeKindTypeString, "row_count": google.TypeKindTypeInt64,
	"script.bytes_billed": google.TypeKindTypeInt64, "script.bytes_processed": google.TypeKindTypeInt64,
	"script.creation_time": google.TypeKindTypeTimestamp, "script.job_id": google.TypeKindTypeString,
	"script.num_child_jobs": google.TypeKindTypeInt64, "script.slot_ms": google.TypeKindTypeInt64,
	"session_id": google.TypeKindTypeString, "time_zone": google.TypeKindTypeString,
	"transaction_id": google.TypeKindTypeString,
}

// Functions by their declarations, which say what a call may look like; the bodies mean nothing.
var declared = []string{
	`CREATE FUNCTION contains_substr(expression ANY TYPE, search_value STRING, json_scope STRING DEFAULT 'JSON_VALUES')
	RETURNS BOOL AS (TRUE)`,
	`CREATE FUNCTION search(data ANY TYPE, search_query STRING, json_scope STRING DEFAULT 'JSON_VALUES',
	analyzer STRING DEFAULT 'LOG_ANALYZER', analyzer_options STRING DEFAULT '', enforce_single_row BOOL DEFAULT FALSE)
	RETURNS BOOL AS (TRUE)`,
}

// Aggregates that give the first argument of the row in which the second one is greatest or least.
var pickers = []string{"max_by", "min_by"}

func (j *judge) addBigQuery() error {
	for name, kind := range typeNames {
		ty, err := j.types.MakeSimpleType(kind)
		if err != nil {
			return err
		}
		if _, err := j.builtins.AddTypeIfNotPresent(name, ty); err != nil {
			return err
		}
	}
	for _, sql := range declared {
		if err := j.addDeclared(sql); err != nil {
			return err
		}
	}
	for _, name := range pickers {
		if err := j.addPicker(name); err != nil {
			return err
		}
	}
	return nil
}

func (j *judge) addDeclared(sql string) error {
	output, err := google.AnalyzeStatement(sql, j.options, j.builtins, j.types)
	if err != nil {
		return err
	}
	resolved, err := output.ResolvedStatement()
	if err != nil {
		return err
	}
	statement := resolved.(*google.ResolvedCreateFunctionStmt)
	path, err := statement.NamePath()
	if err != nil {
		return err
	}
	signature, err := statement.Signature()
	if err != nil {
		return err
	}
	return j.addBuiltin(path[0], google.FunctionEnums_ModeScalar, signature)
}

func (j *judge) addPicker(name string) error {
	picked, err := google.NewFunctionArgumentType4(google.SignatureArgumentKindArgTypeAny1, -1)
	if err != nil {
		return err
	}
	compared, err := google.NewFunctionArgumentType4(google.SignatureArgumentKindArgTypeAny2, -1)
	if err != nil {
		return err
	}
	signature, err := google.NewFunctionSignature3(picked, []*google.FunctionArgumentType{picked, compared}, 0)
	if err != nil {
		return err
	}
	return j.addBuiltin(name, google.FunctionEnums_ModeAggregate, signature)
}

func (j *judge) addBuiltin(name string, mode google.FunctionEnums_Mode, signature *google.FunctionSignature) error {
	function, err := google.NewFunction2([]string{name}, "bigquery", mode, []*google.FunctionSignature{signature})
	if err != nil {
		return err
	}
	return j.builtins.AddFunction2(name, function)
}
