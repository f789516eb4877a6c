// The judge: reads one request a line, each with a query and the tables that it may read, and answers what
// GoogleSQL's own analyser says, one answer a line in the same order. It runs nothing and knows no defaults
// of ours: what a query may see is in its request.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// A request. Parameters are names without @, and types as GoogleSQL writes them.
type request struct {
	ID  string `json:"id,omitempty"`
	SQL string `json:"sql"`
	// Statements that stand before the query, such as the functions that it may call.
	Before     []string           `json:"before"`
	Tables     map[string][]field `json:"tables"`
	Parameters map[string]string  `json:"parameters"`
}

// A field of a BigQuery schema file.
type field struct {
	Name   string  `json:"name"`
	Type   string  `json:"type"`
	Mode   string  `json:"mode"`
	Fields []field `json:"fields"`
}

type answer struct {
	ID       string   `json:"id,omitempty"`
	Accepted bool     `json:"accepted"`
	Columns  []column `json:"columns,omitempty"`
	Error    string   `json:"error,omitempty"`
	// What is wrong with the request itself, and says nothing about the query.
	Fault string `json:"fault,omitempty"`
}

type column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}

func serve() error {
	judge, err := newJudge()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for lines.Scan() {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			if err := answers.Encode(answer{Fault: err.Error()}); err != nil {
				return err
			}
			continue
		}
		given := judge.answer(asked)
		given.ID = asked.ID
		if err := answers.Encode(given); err != nil {
			return err
		}
	}
	return lines.Err()
}
