// Parameters: the engine guesses their types from Go values, so their constants stand in the query instead.
package main

import (
	"fmt"
	"regexp"
)

// What a parameter is found among: texts (raw, triple-quoted, with escapes), quoted names, comments, @@variables.
var pieces = regexp.MustCompile(`(?s)(?:"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|` +
	"`(?:\\\\.|[^`\\\\])*`" + `|--[^\n]*|#[^\n]*|/\*.*?\*/|@@[\w.]+|@[A-Za-z_]\w*)`)

func withParameters(sql string, parameters map[string]string) (string, error) {
	var unknown error
	written := pieces.ReplaceAllStringFunc(sql, func(piece string) string {
		if piece[0] != '@' || piece[1] == '@' {
			return piece
		}
		constant, known := parameters[piece[1:]]
		if !known {
			unknown = fmt.Errorf("no value is given for %s", piece)
		}
		return "(" + constant + ")"
	})
	return written, unknown
}
