// Package rule holds the rule catalogue: one file per rule, named by its ID,
// listed in all.go. A rule is pure: it gets data and returns findings. It has
// no clock, no database and no way to change what it is given.
//
// It must not know how findings are stored, shown or answered.
package rule
