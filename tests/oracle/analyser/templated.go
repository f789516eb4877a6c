// Functions with ANY TYPE arguments. The library has no door to GoogleSQL's own way of resolving their bodies per
// call, so such a function is known here as one signature for each list of types that it was tried with: simple
// types, arrays of these and what the columns of the request's tables hold, when it is made; and when a call finds
// none that fits, the types that the analyser says the call has.
package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	google "github.com/goccy/go-googlesql"
)

const (
	// The most lists of types that are tried when a function is made.
	mostTried = 2000
	// The most calls for whose types one statement is analysed again.
	mostRetried = 50
)

// A template: a function whose body has a meaning for given types only.
type template struct {
	function *google.Function
	// Written before the arguments, and between them and the body.
	kind, returns string
	names         []string
	// The type of each argument as text, empty for ANY TYPE.
	types []string
	body  string
}

func newTemplate(statement *google.ResolvedCreateFunctionStmt) (*template, error) {
	made := &template{kind: "FUNCTION"}
	var err error
	if made.names, err = statement.ArgumentNameList(); err != nil {
		return nil, err
	}
	if made.body, err = statement.Code(); err != nil {
		return nil, err
	}
	if made.types, err = writtenArguments(statement); err != nil {
		return nil, err
	}
	if aggregate, err := statement.IsAggregate(); err != nil {
		return nil, err
	} else if aggregate {
		made.kind = "AGGREGATE FUNCTION"
	}
	stated, err := statement.HasExplicitReturnType()
	if err != nil || !stated {
		return made, err
	}
	result, err := statement.ReturnType()
	if err != nil {
		return nil, err
	}
	written, err := typeName(result)
	made.returns = " RETURNS " + written
	return made, err
}

// instance is the signature for arguments of these types.
func (t *template) instance(j *judge, all google.CatalogNode, types []string) (*google.FunctionSignature, error) {
	if len(types) != len(t.names) {
		return nil, fmt.Errorf("%d arguments, not %d", len(t.names), len(types))
	}
	arguments := make([]string, len(t.names))
	for index, name := range t.names {
		arguments[index] = fmt.Sprintf("`%s` %s", name, types[index])
	}
	sql := fmt.Sprintf("CREATE TEMP %s one(%s)%s AS (%s)", t.kind, strings.Join(arguments, ", "), t.returns, t.body)
	output, err := google.AnalyzeStatement(sql, j.options, all, j.types)
	if err != nil {
		return nil, err
	}
	resolved, err := output.ResolvedStatement()
	if err != nil {
		return nil, err
	}
	function, ok := resolved.(*google.ResolvedCreateFunctionStmt)
	if !ok {
		return nil, fmt.Errorf("no function: %s", sql)
	}
	return function.Signature()
}

// simple gives the signatures for the lists of types that are tried in any case.
func (t *template) simple(j *judge, all google.CatalogNode, held []string) ([]*google.FunctionSignature, error) {
	var found []*google.FunctionSignature
	for _, types := range combinations(t.types, candidates(held)) {
		if signature, err := t.instance(j, all, types); err == nil {
			found = append(found, signature)
		}
	}
	if len(found) == 0 {
		// A function has a signature; nothing is of this type.
		return nothing(j, len(t.names))
	}
	return found, nil
}

func nothing(j *judge, count int) ([]*google.FunctionSignature, error) {
	fields := []*google.StructField{}
	for _, name := range []string{"no", "call", "fits", "this"} {
		ty, err := j.types.MakeSimpleType(google.TypeKindTypeInterval)
		if err != nil {
			return nil, err
		}
		fields = append(fields, &google.StructField{Name: name, Type_: ty})
	}
	ty, err := j.types.MakeStructType2(fields)
	if err != nil {
		return nil, err
	}
	argument, err := google.NewFunctionArgumentType3(ty, -1)
	if err != nil {
		return nil, err
	}
	signature, err := google.NewFunctionSignature3(argument, slices.Repeat([]*google.FunctionArgumentType{argument}, count), 0)
	return []*google.FunctionSignature{signature}, err
}

var unmatched = regexp.MustCompile(`^No matching signature for (?:aggregate )?function (?:REQUEST:)?(\S+)\n  Argument types: ([^\n]*)`)

// retried analyses a statement, and again after every call for whose types a template had no signature yet.
func (c *catalogue) retried(j *judge, all google.CatalogNode, analyse func() (*google.AnalyzerOutput, error)) (*google.AnalyzerOutput, error) {
	for range mostRetried {
		output, err := analyse()
		if err == nil || !c.learned(j, all, err, mostRetried) {
			return output, err
		}
	}
	return analyse()
}

// learned adds the signature that a call asks for, and those that calls in the template's body ask for.
func (c *catalogue) learned(j *judge, all google.CatalogNode, failure error, left int) bool {
	call := unmatched.FindStringSubmatch(failure.Error())
	if call == nil || left == 0 {
		return false
	}
	called, known := c.templates[strings.ToUpper(call[1])]
	if !known {
		return false
	}
	types := slices.DeleteFunc(listed(call[2]), func(one string) bool { return one == "" })
	for index, ty := range types {
		if ty == "NULL" {
			types[index] = "INT64"
		}
	}
	for {
		signature, err := called.instance(j, all, types)
		if err == nil {
			return called.function.AddSignature(signature) == nil
		}
		left--
		if !c.learned(j, all, err, left) {
			return false
		}
	}
}

// listed takes a list of types apart.
func listed(text string) []string {
	var items []string
	depth, start := 0, 0
	for at, letter := range text {
		switch letter {
		case '<':
			depth++
		case '>':
			depth--
		case ',':
			if depth == 0 {
				items = append(items, strings.TrimSpace(text[start:at]))
				start = at + 1
			}
		}
	}
	return append(items, strings.TrimSpace(text[start:]))
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
