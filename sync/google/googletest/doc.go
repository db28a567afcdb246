// Package googletest is a server that answers as Google Sheets and Drive are
// documented to, for tests and demonstrations: tokens for a service account,
// spreadsheets.get with ranges and field masks, atomic batchUpdate, Drive's
// files.list with its queries and files.get with the content of uploaded files,
// shared drives, shortcuts, the trash and rights. Everything is in memory.
//
// Requests are checked strictly, by package discovery to the last property;
// quotas are enforced, APIs can be switched off; faults and edits by others can
// be put at a chosen moment; requests are counted.
//
// It must not know the client that it tests, nor what a spreadsheet means.
package googletest
