// Package sheet reads what a spreadsheet file looks like inside: bytes in,
// grids of cells out, the same grid for the same table whatever the format.
// The format is found by content, never by name, and every read has limits. A
// formula that the file has no result of is calculated (package formula); what
// cannot be is left open and says so.
//
// It must not know what a cell means: no headers, no persons, no plan. It
// imports nothing of this module but what is below it.
package sheet
