// The runner: reads one request a line, each with a query, and answers the rows that the public BigQuery emulator's
// engine gives for it, one answer a line in the same order. The engine is GoogleSQL's own analyser over SQLite, with
// the functions written anew: a second opinion about values, not the last word. It holds no table; what a query reads
// it states itself.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// A request. Parameters are names without @, and constants as GoogleSQL writes them.
type request struct {
	ID  string `json:"id,omitempty"`
	SQL string `json:"sql"`
	// Statements that stand before the query, such as the functions that it may call.
	Before     []string          `json:"before"`
	Parameters map[string]string `json:"parameters"`
}

type answer struct {
	ID      string   `json:"id,omitempty"`
	Columns []column `json:"columns,omitempty"`
	// Values as FORMAT('%T') writes them.
	Rows  *[][]string `json:"rows,omitempty"`
	Error string      `json:"error,omitempty"`
	// What went wrong here, and says nothing about the query.
	Fault string `json:"fault,omitempty"`
}

type column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Without arguments it hands each line to a worker, which is the same program with this one.
const work = "work"

func main() {
	serve := supervise
	if len(os.Args) == 2 && os.Args[1] == work {
		serve = answerAll
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(2)
	}
}

func requests() *bufio.Scanner {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	return lines
}

func answerAll() error {
	lines, answers := requests(), json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for lines.Scan() {
		if err := answers.Encode(answerTo(lines.Bytes())); err != nil {
			return err
		}
	}
	return lines.Err()
}

func answerTo(line []byte) (given answer) {
	var asked request
	defer func() {
		if caught := recover(); caught != nil {
			given = answer{Fault: fmt.Sprintf("panic: %v", caught)}
		}
		given.ID = asked.ID
	}()
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Fault: err.Error()}
	}
	return run(asked)
}
