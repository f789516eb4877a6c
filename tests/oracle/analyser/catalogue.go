// The catalogue of one request: its tables under each name that a query may call them by.
package main

import (
	"maps"
	"slices"
	"strings"

	google "github.com/goccy/go-googlesql"
)

// Columns that BigQuery adds to some tables; a star does not show them.
var pseudoColumns = map[string]bool{"_TABLE_SUFFIX": true, "_PARTITIONTIME": true, "_PARTITIONDATE": true}

type catalogue struct {
	root *google.SimpleCatalog
	// Folders of tables, by their path in lower case.
	folders map[string]*google.SimpleCatalog
	// The types of columns and of what they hold, as text.
	held []string
	// Functions with ANY TYPE arguments, by their name in upper case.
	templates map[string]*template
}

func (j *judge) newCatalogue(tables map[string][]field) (*catalogue, error) {
	root, err := google.NewSimpleCatalog("request", j.types)
	if err != nil {
		return nil, err
	}
	held, err := j.heldTypes(tables)
	if err != nil {
		return nil, err
	}
	made := &catalogue{root: root, folders: map[string]*google.SimpleCatalog{}, held: held, templates: map[string]*template{}}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		fields := tables[name]
		table, err := j.newTable(name, fields)
		if err != nil {
			return nil, err
		}
		path := strings.Split(strings.ReplaceAll(name, "`", ""), ".")
		add := func(folder *google.SimpleCatalog, name string) error { return folder.AddTable2(name, table) }
		if err := made.add(root, "", path, add); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// add makes something known by each name that a query may call it: `a.b.c` may be written with quotes around
// any neighbouring parts, so each split of the path is a name.
func (c *catalogue) add(folder *google.SimpleCatalog, key string, path []string, add func(*google.SimpleCatalog, string) error) error {
	if err := add(folder, strings.Join(path, ".")); err != nil {
		return err
	}
	for split := 1; split < len(path); split++ {
		name := strings.Join(path[:split], ".")
		inner, err := c.folder(folder, key+"/"+strings.ToLower(name), name)
		if err != nil {
			return err
		}
		if err := c.add(inner, key+"/"+strings.ToLower(name), path[split:], add); err != nil {
			return err
		}
	}
	return nil
}

func (c *catalogue) folder(parent *google.SimpleCatalog, key, name string) (*google.SimpleCatalog, error) {
	if known, ok := c.folders[key]; ok {
		return known, nil
	}
	made, err := parent.MakeOwnedSimpleCatalog(name)
	if err != nil {
		return nil, err
	}
	c.folders[key] = made
	return made, nil
}

func (j *judge) newTable(name string, fields []field) (*google.SimpleTable, error) {
	table, err := google.NewSimpleTable(name, 0)
	if err != nil {
		return nil, err
	}
	if err := table.SetFullName(name); err != nil {
		return nil, err
	}
	if strings.HasSuffix(name, "*") {
		fields = append(fields, field{Name: "_TABLE_SUFFIX", Type: "STRING"})
	}
	for _, declared := range fields {
		ty, err := j.typeOf(declared)
		if err != nil {
			return nil, err
		}
		pseudo := pseudoColumns[strings.ToUpper(declared.Name)]
		made, err := google.NewSimpleColumn(name, declared.Name, ty, pseudo, !pseudo)
		if err != nil {
			return nil, err
		}
		if err := table.AddColumn2(made, false); err != nil {
			return nil, err
		}
	}
	return table, nil
}
