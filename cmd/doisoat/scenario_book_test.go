//go:build !race

package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// writeBook makes an .xlsx of its text form, in which people can review it:
//
//	== NAME          begins a sheet
//	!merge A1:C1     merges cells
//	!hide 5          hides a row; "!hide C" a column, "!hidden" the sheet
//	7| cell | cell   a row of that number
//
// A cell of digits is a number unless it begins with "0" or "'"; "@2024-01-31"
// is a date that shows as 31/01/2024; "=A1+A2 -> 3" is a formula with its value;
// "\n" is a line break.
func writeBook(text string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	w := &bookWriter{book: book}
	format := "dd/mm/yyyy"
	var err error
	if w.date, err = book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := w.line(line); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
	}
	var b bytes.Buffer
	err = book.Write(&b)
	return b.Bytes(), err
}

type bookWriter struct {
	book  *excelize.File
	sheet string
	date  int // style
}

func (w *bookWriter) line(line string) error {
	command, argument, _ := strings.Cut(line, " ")
	switch command {
	case "==":
		if w.sheet == "" {
			w.sheet = argument
			return w.book.SetSheetName("Sheet1", argument)
		}
		w.sheet = argument
		_, err := w.book.NewSheet(argument)
		return err
	case "!merge":
		from, to, _ := strings.Cut(argument, ":")
		return w.book.MergeCell(w.sheet, from, to)
	case "!hidden":
		return w.book.SetSheetVisible(w.sheet, false)
	case "!hide":
		if row, err := strconv.Atoi(argument); err == nil {
			return w.book.SetRowVisible(w.sheet, row, false)
		}
		return w.book.SetColVisible(w.sheet, argument, false)
	}
	number, cells, ok := strings.Cut(line, "|")
	row, err := strconv.Atoi(strings.TrimSpace(number))
	if !ok || err != nil || w.sheet == "" {
		return fmt.Errorf("no row of a sheet (%w)", err)
	}
	for i, cell := range strings.Split(cells, "|") {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		name, err := excelize.CoordinatesToCellName(i+1, row)
		if err != nil {
			return err
		}
		if err := w.cell(name, cell); err != nil {
			return err
		}
	}
	return nil
}

var digitsOnly = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)

func (w *bookWriter) cell(name, text string) error {
	if day, ok := strings.CutPrefix(text, "@"); ok {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return err
		}
		if err := w.book.SetCellValue(w.sheet, name, date); err != nil {
			return err
		}
		return w.book.SetCellStyle(w.sheet, name, name, w.date)
	}
	if formula, value, ok := strings.Cut(text, " -> "); ok && strings.HasPrefix(text, "=") {
		if err := w.cell(name, value); err != nil {
			return err
		}
		return w.book.SetCellFormula(w.sheet, name, strings.TrimPrefix(formula, "="))
	}
	if digitsOnly.MatchString(text) {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		return w.book.SetCellValue(w.sheet, name, n)
	}
	return w.book.SetCellStr(w.sheet, name, strings.ReplaceAll(strings.TrimPrefix(text, "'"), `\n`, "\n"))
}
