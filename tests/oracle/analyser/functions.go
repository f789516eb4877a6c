// Functions that a request creates itself.
package main

import (
	"fmt"
	"strings"

	google "github.com/goccy/go-googlesql"
)

func (j *judge) addFunction(c *catalogue, statement *google.ResolvedCreateFunctionStmt, all google.CatalogNode) error {
	path, err := statement.NamePath()
	if err != nil {
		return err
	}
	signature, err := statement.Signature()
	if err != nil {
		return err
	}
	signatures := []*google.FunctionSignature{signature}
	if templated, err := signature.IsTemplated(); err != nil {
		return err
	} else if templated {
		if signatures, err = j.instances(statement, all, c.held); err != nil {
			return err
		}
		if len(signatures) == 0 {
			return fmt.Errorf("not judged: the body of %s fits none of the types that were tried", strings.Join(path, "."))
		}
	}
	mode := google.FunctionEnums_ModeScalar
	if aggregate, err := statement.IsAggregate(); err == nil && aggregate {
		mode = google.FunctionEnums_ModeAggregate
	}
	function, err := google.NewFunction2(path, "request", mode, signatures)
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
