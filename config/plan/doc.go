// Package plan reads training plans and agency registers that are kept as YAML
// data, proves the sums of a plan, and reads inputs (allocations, budget
// lines, norms) that are given as YAML. Some plans are built in; a plan of
// another year or province is another file.
//
// It must not know the database, sheets, rules or the service's
// configuration. What is wrong with a file is said in Vietnamese, with file,
// line and remedy, since people of the office edit these files.
package plan
