package understand

import (
	"regexp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// A tab of discrepancies that comes back is known by the words of its header,
// wherever it stands, whatever the tab is called, in any order of columns. It
// is read for what people answered and never for registrations.

// answerColumns are the columns in which answers stand.
type answerColumns struct {
	code, choice, text int
	decisions          bool // the office's tab, not an agency's
}

// answerCode is the stable code of a discrepancy: rule and eight letters, and a
// number where one run had several of them.
var answerCode = regexp.MustCompile(`^[A-Z]{2}\d{2}-[A-Z2-7]{8}(-[1-9]\d*)?$`)

// readAnswers reads the sheet when it is such a tab.
func (s *sheetReader) readAnswers() bool {
	for i := range s.view.rows {
		if !mayHeadAnswers(&s.view.rows[i]) {
			continue
		}
		columns, ok := answerHeader(&s.view.rows[i])
		if !ok {
			continue
		}
		s.out.Role = reconcile.RoleDiscrepancies
		if columns.decisions {
			s.book.offices = append(s.book.offices, len(s.book.heads))
		}
		s.mark(0, i, reconcile.RowTitle)
		s.rows[i].kind = reconcile.RowHeader
		s.answerFields(&s.view.rows[i])
		for j := i + 1; j < len(s.view.rows); j++ {
			s.readAnswer(j, columns)
		}
		return true
	}
	if s.book.marked == len(s.book.heads) { // people deleted the header
		s.out.Role = reconcile.RoleDiscrepancies
		s.mark(0, len(s.view.rows), reconcile.RowNote)
		return true
	}
	return false
}

// mayHeadAnswers spares other rows the comparison of their words. The letters of
// the code's header are as long in capitals.
func mayHeadAnswers(row *line) bool {
	for j := range row.cells {
		if text := row.cells[j].text; len(text) == len(reconcile.ColumnCode) && strings.EqualFold(text, reconcile.ColumnCode) {
			return true
		}
	}
	return false
}

func answerHeader(row *line) (answerColumns, bool) {
	var c answerColumns
	var answer, explain, verdict, opinion int
	for j := range row.cells {
		cell := &row.cells[j]
		if len(cell.text) > 40 {
			continue
		}
		switch reconcile.Key(cell.text) {
		case keyCode:
			c.code = cell.Col
		case keyAnswer:
			answer = cell.Col
		case keyText:
			explain = cell.Col
		case keyVerdict:
			verdict = cell.Col
		case keyDecisionText:
			opinion = cell.Col
		}
	}
	switch {
	case c.code == 0:
		return c, false
	case verdict > 0 && opinion > 0:
		c.choice, c.text, c.decisions = verdict, opinion, true
	case answer > 0 && explain > 0:
		c.choice, c.text = answer, explain
	default:
		return c, false
	}
	return c, true
}

var (
	keyCode         = reconcile.Key(reconcile.ColumnCode)
	keyAnswer       = reconcile.Key(reconcile.ColumnAnswer)
	keyText         = reconcile.Key(reconcile.ColumnText)
	keyVerdict      = reconcile.Key(reconcile.ColumnVerdict)
	keyDecisionText = reconcile.Key(reconcile.ColumnDecisionText)
)

func (s *sheetReader) answerFields(row *line) {
	for j := range row.cells {
		s.out.Columns = append(s.out.Columns, reconcile.Column{
			Letter: columnName(row.cells[j].Col), Header: row.cells[j].text, Field: reconcile.FieldOtherInfo,
		})
	}
}

// readAnswer reads one row. A row without a code is a remark, a repeated header
// or one whose code was deleted; what staff wrote there cannot be assigned.
func (s *sheetReader) readAnswer(j int, c answerColumns) {
	row := &s.view.rows[j]
	if _, again := answerHeader(row); again {
		s.rows[j].kind = reconcile.RowHeader
		return
	}
	cell, _ := row.at(c.code)
	code := reconcile.DiscrepancyCode(cell.text)
	if !answerCode.MatchString(code) {
		s.rows[j].kind = reconcile.RowNote
		return
	}
	s.rows[j].kind = reconcile.RowItem
	s.out.Codes = append(s.out.Codes, code)
	choice, hasChoice := row.at(c.choice)
	text, hasText := row.at(c.text)
	if !hasChoice && !hasText {
		return
	}
	said := reconcile.CleanLines(text.Text)
	at := choice.Col
	if !hasChoice {
		at = text.Col
	}
	origin := reconcile.Origin{Source: s.book.options.Source, Sheet: s.out.Name, Row: row.number, Cell: cellName(at, row.number)}
	if c.decisions {
		s.out.Decisions = append(s.out.Decisions, reconcile.Decision{Code: code, Verdict: choice.text, Text: said, Origin: origin})
		return
	}
	s.out.Responses = append(s.out.Responses, reconcile.Response{
		Code: code, Answer: choice.text, Text: said, Origin: origin,
	})
}

// settleTabs tells the tab itself from copies that people made of it beside it:
// what a copy says must not be taken for what the tab says now.
func (w *workbook) settleTabs() {
	for _, office := range []bool{false, true} {
		var tabs []int
		for i := range w.document.Sheets {
			if w.document.Sheets[i].Role == reconcile.RoleDiscrepancies && slices.Contains(w.offices, i) == office {
				tabs = append(tabs, i)
			}
		}
		own := w.ownTab(tabs)
		for _, i := range tabs {
			if i != own {
				tellApart(&w.document.Sheets[i])
			}
		}
	}
}

// ownTab is the one of several tabs that is no copy: the one with the service's
// mark, where there is none (files have none) the one with its name, else the
// first.
func (w *workbook) ownTab(tabs []int) int {
	own := -1
	for _, i := range tabs {
		name := w.document.Sheets[i].Name
		if i == w.marked {
			return i
		}
		if own < 0 && (name == reconcile.DiscrepancyTab || name == reconcile.DecisionsTab) {
			own = i
		}
	}
	if own < 0 && len(tabs) > 0 {
		return tabs[0]
	}
	return own
}

// tellApart makes the answers in a copy of the tab answers of their own place.
func tellApart(s *reconcile.Sheet) {
	if s.Tab = s.ID; s.Tab == "" {
		s.Tab = s.Name
	}
	for j := range s.Responses {
		s.Responses[j].Tab = s.Tab
	}
	for j := range s.Decisions {
		s.Decisions[j].Tab = s.Tab
	}
}
