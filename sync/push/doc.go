// Package push brings reports to where they are read: the consolidated workbook
// and the sheets of agencies without a workbook of their own as .xlsx files
// (Workbook), the annotated copy of an agency's own workbook, and a tab of its
// Google spreadsheet. All render the same tables of package report with the
// same look.
//
// It must not know rules, the database, or how a figure was computed: what is
// not in a table of package report cannot be pushed.
package push
