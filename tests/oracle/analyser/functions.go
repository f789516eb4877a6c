// Functions that a request creates itself.
package main

import (
	"strings"

	google "github.com/goccy/go-googlesql"
)

func (c *catalogue) addFunction(statement *google.ResolvedCreateFunctionStmt) error {
	path, err := statement.NamePath()
	if err != nil {
		return err
	}
	signature, err := statement.Signature()
	if err != nil {
		return err
	}
	if templated, err := signature.IsTemplated(); err != nil || templated {
		if err == nil {
			err = errTemplated
		}
		return err
	}
	mode := google.FunctionEnums_ModeScalar
	if aggregate, err := statement.IsAggregate(); err == nil && aggregate {
		mode = google.FunctionEnums_ModeAggregate
	}
	function, err := google.NewFunction2(path, "request", mode, []*google.FunctionSignature{signature})
	if err != nil {
		return err
	}
	return c.add(c.root, "", parts(path), func(folder *google.SimpleCatalog, name string) error {
		return folder.AddFunction2(name, function)
	})
}

func (c *catalogue) addTableFunction(statement *google.ResolvedCreateTableFunctionStmt) error {
	path, err := statement.NamePath()
	if err != nil {
		return err
	}
	function, err := google.NewSQLTableValuedFunctionCreate(statement)
	if err != nil {
		return err
	}
	return c.add(c.root, "", parts(path), func(folder *google.SimpleCatalog, name string) error {
		return folder.AddTableValuedFunction2(name, function.TableValuedFunction)
	})
}

// parts takes a path apart, whatever was quoted together.
func parts(path []string) []string {
	return strings.Split(strings.Join(path, "."), ".")
}
