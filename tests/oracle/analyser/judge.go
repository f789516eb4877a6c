// The verdict: every statement of a request is analysed in turn; functions that it creates are known to the
// statements after them; the columns are those of the last query.
package main

import (
	"fmt"
	"strings"

	google "github.com/goccy/go-googlesql"
)

type judge struct {
	language *google.LanguageOptions
	options  *google.AnalyzerOptions
	types    *google.TypeFactory
	builtins *google.SimpleCatalog
}

func newJudge() (*judge, error) {
	if err := google.Init(); err != nil {
		return nil, err
	}
	language, err := dialect()
	if err != nil {
		return nil, err
	}
	types, err := google.NewTypeFactory()
	if err != nil {
		return nil, err
	}
	builtins, err := google.NewSimpleCatalog("builtin", types)
	if err != nil {
		return nil, err
	}
	if err := builtins.AddBuiltinFunctionsAndTypes(&google.BuiltinFunctionOptions{LanguageOptions: language}); err != nil {
		return nil, err
	}
	made := &judge{language: language, types: types, builtins: builtins}
	if made.options, err = made.newOptions(nil); err != nil {
		return nil, err
	}
	return made, made.addBigQuery()
}

func (j *judge) newOptions(parameters map[string]string) (*google.AnalyzerOptions, error) {
	options, err := google.NewAnalyzerOptions2()
	if err != nil {
		return nil, err
	}
	if err := options.SetLanguage(j.language); err != nil {
		return nil, err
	}
	// The zero value of a time zone is UTC, which is BigQuery's; the library's own is that of Los Angeles.
	if err := options.SetDefaultTimeZone(&google.TimeZone{}); err != nil {
		return nil, err
	}
	for name, kind := range systemVariables {
		ty, err := j.types.MakeSimpleType(kind)
		if err != nil {
			return nil, err
		}
		if err := options.AddSystemVariable(strings.Split(name, "."), ty); err != nil {
			return nil, err
		}
	}
	for name, written := range parameters {
		ty, err := j.typeOf(field{Name: name, Type: written})
		if err != nil {
			return nil, err
		}
		if err := options.AddQueryParameter(name, ty); err != nil {
			return nil, err
		}
	}
	return options, nil
}

func (j *judge) answer(asked request) answer {
	options, err := j.newOptions(asked.Parameters)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	own, err := j.newCatalogue(asked.Tables)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	all, err := google.NewMultiCatalogCreate("all", []google.CatalogNode{own.root, j.builtins})
	if err != nil {
		return answer{Fault: err.Error()}
	}
	for _, sql := range asked.Before {
		if _, err := j.statements(sql, options, own, all); err != nil {
			return answer{Fault: fmt.Sprintf("%s: %s", err, sql)}
		}
	}
	columns, err := j.statements(asked.SQL, options, own, all)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Accepted: true, Columns: columns}
}

// statements analyses one after the other, and gives the columns of the last query among them.
func (j *judge) statements(sql string, options *google.AnalyzerOptions, own *catalogue, all google.CatalogNode) ([]column, error) {
	sql = unquotePaths(sql)
	place, err := google.NewParseResumeLocationFromString(sql)
	if err != nil {
		return nil, err
	}
	var columns []column
	for {
		start, err := place.BytePosition()
		if err != nil {
			return nil, err
		}
		output, err := own.retried(j, all, func() (*google.AnalyzerOutput, error) {
			if err := place.SetBytePosition(start); err != nil {
				return nil, err
			}
			return google.AnalyzeNextStatement(place, options, all, j.types)
		})
		if err != nil {
			return nil, err
		}
		statement, err := output.ResolvedStatement()
		if err != nil {
			return nil, err
		}
		switch read := statement.(type) {
		case *google.ResolvedQueryStmt:
			columns, err = columnsOf(read)
		case *google.ResolvedCreateFunctionStmt:
			err = j.addFunction(own, read, all)
		case *google.ResolvedCreateTableFunctionStmt:
			err = own.addTableFunction(read, all)
		}
		if err != nil {
			return nil, err
		}
		position, err := place.BytePosition()
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(sql[position:]) == "" {
			return columns, nil
		}
	}
}

// columnsOf gives the columns of a query as BigQuery names them.
func columnsOf(query *google.ResolvedQueryStmt) ([]column, error) {
	listed, err := query.OutputColumnList()
	if err != nil {
		return nil, err
	}
	columns := make([]column, 0, len(listed))
	for _, item := range listed {
		name, err := item.Name()
		if err != nil {
			return nil, err
		}
		resolved, err := item.Column()
		if err != nil {
			return nil, err
		}
		ty, err := resolved.Type()
		if err != nil {
			return nil, err
		}
		// The one value of a SELECT AS STRUCT is shown as its fields.
		values, err := query.IsValueTable()
		if err != nil {
			return nil, err
		}
		if structure, err := ty.IsStruct(); values && structure && err == nil {
			return fieldsOf(ty)
		}
		text, err := typeName(ty)
		if err != nil {
			return nil, err
		}
		columns = append(columns, column{Name: name, Type: text})
	}
	return named(columns), nil
}

func fieldsOf(ty google.Googlesql_TypeNode) ([]column, error) {
	structure, err := ty.AsStruct()
	if err != nil {
		return nil, err
	}
	fields, err := structure.Fields()
	if err != nil {
		return nil, err
	}
	columns := make([]column, 0, len(fields))
	for _, inner := range fields {
		text, err := typeName(inner.Type_)
		if err != nil {
			return nil, err
		}
		columns = append(columns, column{Name: inner.Name, Type: text})
	}
	return named(columns), nil
}

// named gives columns without a name the names f0_, f1_ and so on.
func named(columns []column) []column {
	unnamed := 0
	for index := range columns {
		if name := columns[index].Name; name == "" || strings.HasPrefix(name, "$") {
			columns[index].Name = fmt.Sprintf("f%d_", unnamed)
			unnamed++
		}
	}
	return columns
}
