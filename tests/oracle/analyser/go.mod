module tidemill/oracle

go 1.25.0

// GoogleSQL's own analyser, as the public BigQuery emulator carries it: C++ turned into plain Go.
require github.com/goccy/go-googlesql v0.4.0

require github.com/goccy/googlesqlwasm2go v0.2.0 // indirect
