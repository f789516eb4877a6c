// Functions with ANY TYPE arguments. The library has no door to GoogleSQL's own way of resolving their bodies per
// call, so such a function is known here as one signature for each list of types that its body accepts: of all
// simple types, of arrays of these, and of what the columns of the request's tables hold.
package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	google "github.com/goccy/go-googlesql"
)

// The most lists of types that are tried.
const mostTried = 2000

func (j *judge) instances(statement *google.ResolvedCreateFunctionStmt, all google.CatalogNode, held []string) ([]*google.FunctionSignature, error) {
	names, err := statement.ArgumentNameList()
	if err != nil {
		return nil, err
	}
	body, err := statement.Code()
	if err != nil {
		return nil, err
	}
	written, err := writtenArguments(statement)
	if err != nil {
		return nil, err
	}
	var found []*google.FunctionSignature
	for _, types := range combinations(written, candidates(held)) {
		arguments := make([]string, len(names))
		for index, name := range names {
			arguments[index] = fmt.Sprintf("`%s` %s", name, types[index])
		}
		sql := fmt.Sprintf("CREATE TEMP FUNCTION one(%s) AS (%s)", strings.Join(arguments, ", "), body)
		output, err := google.AnalyzeStatement(sql, j.options, all, j.types)
		if err != nil {
			continue
		}
		resolved, err := output.ResolvedStatement()
		if err != nil {
			return nil, err
		}
		if function, ok := resolved.(*google.ResolvedCreateFunctionStmt); ok {
			signature, err := function.Signature()
			if err != nil {
				return nil, err
			}
			found = append(found, signature)
		}
	}
	return found, nil
}

// writtenArguments gives the type of each argument as text, empty for ANY TYPE.
func writtenArguments(statement *google.ResolvedCreateFunctionStmt) ([]string, error) {
	signature, err := statement.Signature()
	if err != nil {
		return nil, err
	}
	arguments, err := signature.Arguments()
	if err != nil {
		return nil, err
	}
	written := make([]string, len(arguments))
	for index, argument := range arguments {
		templated, err := argument.IsTemplated()
		if err != nil {
			return nil, err
		}
		if templated {
			continue
		}
		ty, err := argument.Type()
		if err != nil {
			return nil, err
		}
		if written[index], err = typeName(ty); err != nil {
			return nil, err
		}
	}
	return written, nil
}

// candidates lists the types that an argument may have, each once.
func candidates(held []string) []string {
	var listed []string
	seen := map[string]bool{}
	add := func(written string) {
		if !seen[written] {
			seen[written] = true
			listed = append(listed, written)
		}
	}
	for _, simple := range simpleTypes {
		add(simple)
	}
	for _, simple := range simpleTypes {
		add("ARRAY<" + simple + ">")
	}
	for _, written := range held {
		add(written)
	}
	return listed
}

var simpleTypes = []string{
	"INT64", "FLOAT64", "NUMERIC", "BIGNUMERIC", "STRING", "BYTES", "BOOL", "DATE", "DATETIME", "TIME", "TIMESTAMP", "JSON",
}

// combinations puts types in place of those that are open: the same one for all, then each with each.
func combinations(written, candidates []string) [][]string {
	fill := func(choose func(open int) string) []string {
		filled, open := make([]string, len(written)), 0
		for index, ty := range written {
			if filled[index] = ty; ty == "" {
				filled[index] = choose(open)
				open++
			}
		}
		return filled
	}
	open := 0
	for _, ty := range written {
		if ty == "" {
			open++
		}
	}
	var made [][]string
	for _, one := range candidates {
		made = append(made, fill(func(int) string { return one }))
	}
	if open != 2 {
		return made
	}
	for _, first := range candidates {
		for _, second := range candidates {
			if first != second && len(made) < mostTried {
				made = append(made, fill(func(at int) string { return [2]string{first, second}[at] }))
			}
		}
	}
	return made
}

// heldTypes writes the types of all columns of the request, and of what these hold.
func (j *judge) heldTypes(tables map[string][]field) ([]string, error) {
	var held []string
	var walk func(fields []field) error
	walk = func(fields []field) error {
		for _, declared := range fields {
			ty, err := j.typeOf(declared)
			if err != nil {
				return err
			}
			element, err := j.elementType(declared)
			if err != nil {
				return err
			}
			for _, one := range []google.Googlesql_TypeNode{ty, element} {
				written, err := typeName(one)
				if err != nil {
					return err
				}
				held = append(held, written)
			}
			if err := walk(declared.Fields); err != nil {
				return err
			}
		}
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if err := walk(tables[name]); err != nil {
			return nil, err
		}
	}
	return held, nil
}
