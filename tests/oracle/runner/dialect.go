// The engine analyses as open GoogleSQL does at home: in the time zone of Los Angeles. It offers no way to say
// otherwise, so its options are reached from outside.
package main

import (
	_ "unsafe" // for go:linkname

	google "github.com/goccy/go-googlesql"
)

// There since the first connection.
//
//go:linkname engineOptions github.com/goccy/googlesqlite/internal.sharedAnalyzerOpt
var engineOptions *google.AnalyzerOptions

// useUTC makes UTC the time zone of constants without one, as in BigQuery. A time zone that is none is UTC.
func useUTC() error {
	return engineOptions.SetDefaultTimeZone(&google.TimeZone{})
}
