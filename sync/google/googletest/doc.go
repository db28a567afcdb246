// Package googletest is a server that answers as Google Sheets and Drive are
// documented to, for tests and demonstrations: tokens for a service account,
// spreadsheets.get with ranges and field masks, atomic batchUpdate, Drive's
// files.get. Spreadsheets are in memory; requests are checked strictly; faults
// and edits by others can be put at a chosen moment; requests are counted.
//
// It must not know the client that it tests, nor what a spreadsheet means.
package googletest
