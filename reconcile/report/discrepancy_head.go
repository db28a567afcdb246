package report

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

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

// headSheets is how many sheets the head, which stays in sight, has room for;
// more of them are listed below the table, and their sum in the head.
const headSheets = 4

// readWords says in the head what was read.
func readWords(doc *reconcile.Document) string {
	switch {
	case doc == nil:
		return "Chưa nhận được danh sách nào của cơ quan, đơn vị."
	case doc.Failure != nil:
		return "Không đọc được tệp: " + doc.Failure.Message
	case len(doc.Sheets) == 0:
		return "Tệp không có trang tính nào."
	}
	lines := readLines(doc)
	switch {
	case len(lines) == 0:
		return "Các trang tính đều trống."
	case len(lines) <= headSheets:
		return strings.Join(lines, "\n")
	}
	rows, registrations, unclear := 0, 0, 0
	for i := range doc.Sheets {
		if s := &doc.Sheets[i]; counted(s) {
			rows += s.NonEmptyRows
			registrations += len(s.Registrations())
			unclear += s.NotUnderstood()
		}
	}
	return fmt.Sprintf("%s trang tính: %s (từng trang ở cuối bảng)", Number(len(lines)), readCount(rows, registrations, unclear))
}

// readLines says for each sheet of the document what was read of it, so that
// nobody has to believe that every row was seen.
func readLines(doc *reconcile.Document) []string {
	if doc == nil {
		return nil
	}
	var lines []string
	for i := range doc.Sheets {
		s := &doc.Sheets[i]
		if !counted(s) {
			continue
		}
		hidden := ""
		if s.Hidden {
			hidden = " (trang ẩn)"
		}
		lines = append(lines, s.Name+hidden+": "+readCount(s.NonEmptyRows, len(s.Registrations()), s.NotUnderstood()))
	}
	return lines
}

// counted leaves out blank sheets and the tab itself.
func counted(s *reconcile.Sheet) bool {
	return s.NonEmptyRows > 0 && s.Role != reconcile.RoleDiscrepancies
}

func readCount(rows, registrations, unclear int) string {
	return fmt.Sprintf("%s dòng có dữ liệu, nhận %s đăng ký, %s dòng chưa hiểu", Number(rows), Number(registrations), Number(unclear))
}

func sheetsBlock(lines []string, width int) Block {
	b := Block{Rows: [][]Cell{gap(width), {spanned("Đã đọc từng trang tính", Bold, width)}}}
	for _, line := range lines {
		b.Rows = append(b.Rows, []Cell{spanned(line, Plain, width)})
	}
	return b
}
