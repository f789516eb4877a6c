// Functions that a request creates itself.
package main

import (
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
	templated, err := signature.IsTemplated()
	if err != nil {
		return err
	}
	var made *template
	if templated {
		if made, err = newTemplate(statement); err != nil {
			return err
		}
		if signatures, err = made.simple(j, all, c.held); err != nil {
			return err
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
	if made != nil {
		made.function = function
		c.templates[strings.ToUpper(strings.Join(path, "."))] = made
	}
	return c.add(c.root, "", parts(path), func(folder *google.SimpleCatalog, name string) error {
		return folder.AddFunction2(name, function)
	})
}

func (c *catalogue) addTableFunction(statement *google.ResolvedCreateTableFunctionStmt, all google.CatalogNode) error {
	path, err := statement.NamePath()
	if err != nil {
		return err
	}
	function, err := tableFunction(path, statement, all)
	if err != nil {
		return err
	}
	return c.add(c.root, "", parts(path), func(folder *google.SimpleCatalog, name string) error {
		return folder.AddTableValuedFunction2(name, function)
	})
}

// tableFunction makes a function of tables; the body of a templated one is resolved anew for each call.
func tableFunction(path []string, statement *google.ResolvedCreateTableFunctionStmt, all google.CatalogNode) (*google.TableValuedFunction, error) {
	signature, err := statement.Signature()
	if err != nil {
		return nil, err
	}
	templated, err := signature.IsTemplated()
	if err != nil {
		return nil, err
	}
	if !templated {
		made, err := google.NewSQLTableValuedFunctionCreate(statement)
		if err != nil {
			return nil, err
		}
		return made.TableValuedFunction, nil
	}
	names, err := statement.ArgumentNameList()
	if err != nil {
		return nil, err
	}
	body, err := statement.Code()
	if err != nil {
		return nil, err
	}
	place, err := google.NewParseResumeLocationFromString(body)
	if err != nil {
		return nil, err
	}
	made, err := google.NewTemplatedSQLTVF(path, signature, names, place, nil)
	if err != nil {
		return nil, err
	}
	if err := made.SetResolutionCatalog(all); err != nil {
		return nil, err
	}
	return made.TableValuedFunction, nil
}

// parts takes a path apart, whatever was quoted together.
func parts(path []string) []string {
	return strings.Split(strings.Join(path, "."), ".")
}
