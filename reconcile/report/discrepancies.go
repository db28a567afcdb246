package report

import (
	"fmt"
	"strings"

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
		Widths:    []float64{17.5, 9.5, 15, 17, 15.5, 13, 14, 16, 14, 32, 10.5, 9.5, 13, 20, 15},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}
	if len(table.Rows) == 1 {
		tab.Blocks = append(tab.Blocks, Block{Rows: [][]Cell{{
			spanned("Không có sai lệch nào cần xử lý.", Good, len(table.Columns)),
		}}})
	}
	return tab
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
		if f.Status == reconcile.StatusGone && !f.Solved {
			continue
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

func joinWords(sep string, words ...string) string {
	var said []string
	for _, w := range words {
		if w != "" {
			said = append(said, w)
		}
	}
	return strings.Join(said, sep)
}

// discrepancyHead is what stands above the table.
func (d *Data) discrepancyHead(agency string, doc *reconcile.Document, list []*reconcile.Discrepancy, width int) [][]Cell {
	name := d.Plan.Issuer
	if agency != "" {
		name = d.agencyName(agency)
	}
	const label = 2 // columns
	line := func(title string, cells ...Cell) []Cell {
		return append([]Cell{spanned(title, Label, label)}, cells...)
	}
	open, solved := countOpen(list), 0
	for _, f := range list {
		if f.Status == reconcile.StatusGone {
			solved++
		}
	}
	const half = 6
	return [][]Cell{
		{spanned("SAI LỆCH CẦN RÀ SOÁT: "+name, Title, width)},
		{spanned(d.Plan.Title, Subtitle, width)},
		line("Đang mở", spanned(open.words(), Bold, half),
			spanned("Đã sửa từ lần đối soát trước", Label, label),
			volatile(Cell{Value: solved, Style: Bold})),
		line("Đã đọc", spanned(readWords(doc), Plain, half),
			spanned("Thời điểm đối soát", Label, label),
			volatile(spanned(MomentWord(d.local(d.Run.Started)), Plain, width-2*label-half))),
		line("Cách trả lời", spanned(howToAnswer, Note, width-label)),
		{spanned("", Plain, width)},
	}
}

const howToAnswer = "1. Sửa ngay tại dòng gốc trong danh sách (bấm vào ô ở cột Vị trí để đến dòng đó), rồi chọn một mục ở cột Phản hồi: " +
	"đã sửa, dữ liệu đúng, xin ý kiến hoặc rút đăng ký; ghi lý do ở cột Giải trình.\n" +
	"2. Được sắp xếp, lọc, chèn dòng; không sửa cột Mã. Câu trả lời được đọc ở lần đối soát sau và luôn được giữ nguyên."

// severityCount is how many findings are open, by severity.
type severityCount struct{ errors, warnings, infos int }

func countOpen(list []*reconcile.Discrepancy) severityCount {
	var n severityCount
	for _, f := range list {
		if f.Status != reconcile.StatusOpen {
			continue
		}
		switch f.Severity {
		case reconcile.SeverityError:
			n.errors++
		case reconcile.SeverityWarning:
			n.warnings++
		default:
			n.infos++
		}
	}
	return n
}

func (n severityCount) total() int { return n.errors + n.warnings + n.infos }

func (n severityCount) words() string {
	return fmt.Sprintf("%s lỗi, %s cảnh báo, %s thông tin", Number(n.errors), Number(n.warnings), Number(n.infos))
}

// readWords says for each sheet of the document what was read of it, so that
// nobody has to believe that every row was seen.
func readWords(doc *reconcile.Document) string {
	switch {
	case doc == nil:
		return "Chưa nhận được danh sách nào của cơ quan, đơn vị."
	case doc.Failure != nil:
		return "Không đọc được tệp: " + doc.Failure.Message
	case len(doc.Sheets) == 0:
		return "Tệp không có trang tính nào."
	}
	var lines []string
	for i := range doc.Sheets {
		s := &doc.Sheets[i]
		if s.NonEmptyRows == 0 || s.Role == reconcile.RoleDiscrepancies {
			continue
		}
		hidden := ""
		if s.Hidden {
			hidden = " (trang ẩn)"
		}
		lines = append(lines, fmt.Sprintf("%s%s: %s dòng có dữ liệu, nhận %s đăng ký, %s dòng chưa hiểu", s.Name, hidden,
			Number(s.NonEmptyRows), Number(len(s.Registrations())), Number(s.NotUnderstood())))
	}
	if len(lines) == 0 {
		return "Các trang tính đều trống."
	}
	return strings.Join(lines, "\n")
}
