// Package report turns findings and figures into format-free tables, in the
// Vietnamese words that people read. Sinks (sync/push) render the tables, so
// that an Excel file and a Google tab say the same.
//
// It must not know file formats, spreadsheets' APIs or the database.
package report
