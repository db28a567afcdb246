package sheet

import (
	"strings"

	"doisoat/sync/sheet/formula"
)

// definedNames are the names that formulas of a workbook know.
type definedNames struct {
	syntax formula.Syntax
	list   map[definedName]string
	bytes  int
}

type definedName struct {
	sheet int // -1 for all
	name  string
}

const (
	maxNames     = 10_000
	maxNameBytes = 1 << 20
)

// scan reads a definedName element (ECMA-376 part 1, 18.2.5).
func (d *definedNames) scan(s *xmlScanner) error {
	if string(s.name) != "definedName" {
		return s.skip()
	}
	name, sheet := s.attr("name"), number(s.attr("localSheetId"))
	text, err := s.appendText(nil, maxNameBytes)
	if err != nil {
		return err
	}
	d.add(name, sheet, string(text))
	return nil
}

// add notes a name for a sheet, or for all with -1; of more than any workbook
// has the others are not known.
func (d *definedNames) add(name string, sheet int, text string) {
	if d.bytes += len(name) + len(text); d.bytes > maxNameBytes || len(d.list) == maxNames {
		return
	}
	if d.list == nil {
		d.list = make(map[definedName]string)
	}
	d.list[definedName{sheet, strings.ToLower(name)}] = text
}

// find is what the name stands for in formulas of that sheet.
func (d *definedNames) find(sheet int, name string) (string, formula.Syntax, bool) {
	name = strings.ToLower(name)
	text, ok := d.list[definedName{sheet, name}]
	if !ok {
		text, ok = d.list[definedName{-1, name}]
	}
	return text, d.syntax, ok
}
