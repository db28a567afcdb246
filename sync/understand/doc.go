// Package understand turns the cells of a sheet into typed rows: it finds the
// header by its words, learns from it what each column holds, tells people
// from titles, sections, totals and signatures, and reads each kind of value.
//
// Whatever it cannot read it says: a row is "not understood", a value is absent
// with the fault that stopped it. It guesses nothing and drops nothing, and
// every row that is not blank is accounted for exactly once.
//
// It must not know where a sheet comes from, what is stored, or what a rule
// makes of a row: no files, no database, no clock, no findings.
package understand

// Version is part of the version under which a document is stored, so that
// unchanged files are read again once the reader has become better. Change it
// with every change of what is read.
const Version = "20"
