// Names in quotes: BigQuery takes `a.b.c` for the path a.b.c, open GoogleSQL for one name with dots in it.
package main

import "strings"

// unquotePaths puts each part of a quoted path into quotes of its own. Texts and comments stay as they are.
func unquotePaths(sql string) string {
	var out strings.Builder
	for at := 0; at < len(sql); {
		end := at + token(sql[at:])
		part := sql[at:end]
		if part[0] == '`' {
			part = strings.ReplaceAll(part, ".", "`.`")
		}
		out.WriteString(part)
		at = end
	}
	return out.String()
}

// token gives the length of the text, comment or quoted name that starts here, else of one byte.
func token(rest string) int {
	for _, quote := range []string{`"""`, `'''`, `"`, `'`, "`"} {
		if strings.HasPrefix(rest, quote) {
			return quoted(rest, quote)
		}
	}
	for _, comment := range [][2]string{{"--", "\n"}, {"#", "\n"}, {"/*", "*/"}} {
		if strings.HasPrefix(rest, comment[0]) {
			start := len(comment[0])
			if end := strings.Index(rest[start:], comment[1]); end >= 0 {
				return start + end + len(comment[1])
			}
			return len(rest)
		}
	}
	return 1
}

// quoted gives the length up to the closing quote. A backslash keeps a quote from closing, in raw texts too.
func quoted(rest, quote string) int {
	for at := len(quote); at < len(rest); at++ {
		if rest[at] == '\\' {
			at++
		} else if strings.HasPrefix(rest[at:], quote) {
			return at + len(quote)
		}
	}
	return len(rest)
}
