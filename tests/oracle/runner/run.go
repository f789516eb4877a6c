// A query and its rows.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	engine "github.com/goccy/googlesqlite"
)

// The database of all queries that leave nothing behind.
var shared *sql.DB

func database(lasting bool) (*sql.DB, error) {
	if !lasting && shared != nil {
		return shared, nil
	}
	made, err := sql.Open("googlesqlite", ":memory:")
	if err == nil && !lasting {
		shared = made
	}
	return made, err
}

func run(asked request) answer {
	script, err := withParameters(asked.SQL, asked.Parameters)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	lasting := len(asked.Before) > 0 || strings.Contains(strings.ToUpper(script), "CREATE")
	data, err := database(lasting)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	if lasting {
		defer data.Close()
	}
	limited, cancel := context.WithTimeout(context.Background(), patience-time.Second)
	defer cancel()
	connection, err := data.Conn(limited)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	defer connection.Close()
	// The engine makes its options at the first connection.
	if err := useUTC(); err != nil {
		return answer{Fault: err.Error()}
	}
	for index := len(asked.Before) - 1; index >= 0; index-- {
		script = strings.TrimRight(strings.TrimSpace(asked.Before[index]), ";") + ";\n" + script
	}
	rows, err := connection.QueryContext(limited, script)
	if err != nil {
		return failed(err)
	}
	defer rows.Close()
	return read(rows)
}

// What the engine says where it fails itself, rather than refuses what GoogleSQL refuses.
var failures = []string{
	"panic", "sqlite3:", "failed to format", "context deadline exceeded", "unsupported", "not supported",
	"unimplemented", "not implemented",
}

func failed(err error) answer {
	message := err.Error()
	isFailure := func(part string) bool { return strings.Contains(message, part) }
	if slices.ContainsFunc(failures, isFailure) && !strings.HasPrefix(message, "failed to analyze") {
		first, _, _ := strings.Cut(message, "\n")
		return answer{Fault: first}
	}
	return answer{Error: message}
}

func read(rows *sql.Rows) answer {
	listed, err := rows.ColumnTypes()
	if err != nil {
		return failed(err)
	}
	types := make([]*engine.ColumnType, len(listed))
	columns := make([]column, len(listed))
	for index, one := range listed {
		if types[index], err = engine.UnmarshalDatabaseTypeName(one.DatabaseTypeName()); err != nil {
			return answer{Fault: err.Error()}
		}
		columns[index] = column{Name: one.Name(), Type: typeName(types[index])}
	}
	found := [][]string{}
	for rows.Next() {
		values, places := make([]any, len(listed)), make([]any, len(listed))
		for index := range values {
			places[index] = &values[index]
		}
		if err := rows.Scan(places...); err != nil {
			return failed(err)
		}
		row := make([]string, len(listed))
		for index, value := range values {
			if row[index], err = literal(value, types[index]); err != nil {
				return answer{Fault: fmt.Sprintf("column %s: %s", columns[index].Name, err)}
			}
		}
		found = append(found, row)
	}
	if err := rows.Err(); err != nil {
		return failed(err)
	}
	return answer{Columns: named(columns), Rows: &found}
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
