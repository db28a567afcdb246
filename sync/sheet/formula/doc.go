// Package formula calculates the formulas that a spreadsheet file holds without
// their results, as programs write them that leave calculating to Excel.
//
// It has an evaluator of its own because the one library for it, excelize,
// needs the whole file opened a second time, knows one format of five, and
// cannot say "I do not know" apart from an error that Excel itself would show.
// That is the rule here: a formula is calculated as Excel does it, or not at
// all. An unknown function, a circular reference, another workbook, a result
// that depends on the clock or on the settings of the computer, and more work
// than the budget allows leave the cell without a value and say why.
//
// It must not know how a file stores cells or what they mean: it sees values
// by their place, through Workbook. It imports nothing of this module.
package formula
