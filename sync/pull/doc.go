// Package pull knows where sheets come from: it lists the documents of each
// configured place with a version that costs next to nothing to get, and opens
// one of them as a workbook.
//
// It must not know what a sheet means, nor what became of a document in earlier
// runs: the caller compares versions and decides what to read. One bad item
// never stops the others of its source, and one bad source never stops another.
//
// To add a source, write <name>.go with a function of the shape of newFolder
// and add its line in all.go.
package pull
