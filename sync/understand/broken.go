package understand

import (
	"regexp"

	"doisoat/sync/sheet"
)

// errorName is what a spreadsheet shows instead of a value: the name of an
// error, in files without types as a text, or the crosses of a number that its
// column was too narrow for when the sheet was saved as text.
var errorName = regexp.MustCompile(`^(#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA|ERROR!)|Err:\d{3}|#{3,})$`)

// notAvailable is the error of a formula that looks up what is not there.
const notAvailable = "#N/A"

// isBroken tells whether a cell shows that there is no value to be had. Nothing
// is read from it, not even that nobody filled it in.
func isBroken(c cell) bool {
	if c.Kind == sheet.Error { // also of a formula that was never calculated
		return true
	}
	if c.text == "" || c.text[0] != '#' && c.text[0] != 'E' {
		return false
	}
	return errorName.MatchString(c.text)
}

// broken tells whether the row's cell in the column is broken.
func (d *draft) broken(c *column) bool { return d.place[c.at] < nowhere }

// brokenText is what stands in a broken cell.
func (d *draft) brokenText(c *column) string { return d.row.cells[brokenAt-d.place[c.at]].text }
