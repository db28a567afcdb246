package report

import (
	"slices"

	"doisoat/reconcile"
)

// FindingsTable is the ID of the table of findings in the tab SAI LỆCH and in
// the consolidated workbook's tab Sai lệch.
const FindingsTable = "findings"

// DiscrepancySheet is the tab SAI LỆCH for one document of an agency: the
// findings in the document, and those of the agency that stand in no document
// at hand (it sent nothing, it is over its allocation). Without a document it
// holds the latter alone. The agency's other documents have tabs of their own.
func DiscrepancySheet(d *Data, agency string, doc *reconcile.Document) Tab {
	list := d.findingsFor(agency, doc)
	table := newTable(FindingsTable, discrepancyColumns())
	here := ""
	if doc != nil {
		here = doc.Source
	}
	for _, f := range list {
		row := d.discrepancyRow(f, here)
		if f.Status == reconcile.StatusGone {
			// A mended finding is shown until the tab is next written; that it
			// leaves is no reason to write.
			for i := range row {
				row[i].Volatile = true
			}
		}
		table.Rows = append(table.Rows, row)
	}
	head := Block{Kind: Lines, Rows: d.discrepancyHead(agency, doc, list, len(table.Columns))}
	tab := Tab{
		Name:      reconcile.DiscrepancyTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{15.5, 8, 13, 14, 12.5, 10.5, 12, 14, 16, 27, 11, 9, 11.5, 18, 13},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}
	if settled(list) {
		tab.Blocks = append(tab.Blocks, Block{Rows: [][]Cell{{
			spanned("Không có sai lệch nào cần xử lý.", Good, len(table.Columns)),
		}}})
	}
	if lines := readLines(doc); len(lines) > headSheets {
		tab.Blocks = append(tab.Blocks, sheetsBlock(lines, len(table.Columns)))
	}
	return tab
}

// settled reports whether nothing in the list is left to be done or known.
func settled(list []*reconcile.Discrepancy) bool {
	return !slices.ContainsFunc(list, func(f *reconcile.Discrepancy) bool { return f.Status != reconcile.StatusGone })
}

func discrepancyColumns() []Column {
	return []Column{
		{Title: reconcile.ColumnCode},
		{Title: reconcile.ColumnSeverity, Style: Centered},
		{Title: reconcile.ColumnRule},
		{Title: reconcile.ColumnProgram},
		{Title: reconcile.ColumnPerson},
		{Title: reconcile.ColumnPlace},
		{Title: reconcile.ColumnFound},
		{Title: reconcile.ColumnExpected},
		{Title: reconcile.ColumnBasis},
		{Title: reconcile.ColumnRemedy},
		{Title: reconcile.ColumnSince, Style: Day},
		{Title: reconcile.ColumnStatus, Style: Centered},
		{Title: reconcile.ColumnAnswer, Staff: true, Choices: answerList()},
		{Title: reconcile.ColumnText, Staff: true},
		{Title: reconcile.ColumnOpinion},
	}
}

// findingsFor lists what the tab of the document shows.
func (d *Data) findingsFor(agency string, doc *reconcile.Document) []*reconcile.Discrepancy {
	at := make(map[string]bool, len(d.Documents))
	for _, other := range d.Documents {
		at[other.Source] = true
	}
	var list []*reconcile.Discrepancy
	for i := range d.Discrepancies {
		f := &d.Discrepancies[i]
		if f.Status == reconcile.StatusGone && (!f.Solved || d.off(f.Rule)) {
			continue // what a rule found that is off by now, nobody has mended
		}
		inDoc := doc != nil && f.Place.Source == doc.Source
		nowhere := agency != "" && f.Agency == agency && !at[f.Place.Source]
		if inDoc || nowhere {
			list = append(list, f)
		}
	}
	sortFindings(d, list)
	return list
}

func (d *Data) discrepancyRow(f *reconcile.Discrepancy, here string) []Cell {
	status := text(StatusWord(f), statusStyle(f))
	// Whether a finding is new depends on the run and not on the sheet.
	status.Volatile = f.Status == reconcile.StatusOpen && f.Reopened == 0
	row := []Cell{
		text(f.Code, Bold),
		text(SeverityWord(f.Severity), severityStyle(f.Severity)),
		text(d.ruleWords(f), Plain),
		text(d.findingProgram(f), Plain),
		text(f.Person, Plain),
		d.placeCell(&f.Finding, here),
		text(f.Found, Plain),
		text(f.Expected, Plain),
		text(f.LegalBasis, Note),
		text(advice(f), Plain),
		{Value: reconcile.DateOf(d.local(f.FirstSeen)), Style: Day},
		status,
	}
	var response reconcile.Response
	if f.Response != nil {
		response = *f.Response
	}
	opinion := ""
	if f.Decision != nil {
		opinion = joinWords(": ", f.Decision.Verdict, f.Decision.Text)
	}
	return append(row, staffCell(response.Answer), staffCell(response.Text), text(opinion, Plain))
}

// advice says in one cell what is wrong and what to do about it.
func advice(f *reconcile.Discrepancy) string {
	return joinWords("\n", f.Message, f.Remedy)
}

func (d *Data) ruleWords(f *reconcile.Discrepancy) string {
	if f.NotChecked {
		return d.RuleTitle(f.Rule) + notChecked
	}
	return d.RuleTitle(f.Rule)
}

func (d *Data) findingProgram(f *reconcile.Discrepancy) string {
	if f.Program == "" {
		return ""
	}
	return d.Plan.ProgramName(f.Program)
}

func statusStyle(f *reconcile.Discrepancy) Style {
	switch f.Status {
	case reconcile.StatusGone, reconcile.StatusWaived:
		return SolvedMark
	}
	return Centered
}
