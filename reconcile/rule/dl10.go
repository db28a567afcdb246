package rule

import (
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// shownRows is how many row numbers a finding lists before it only counts.
const shownRows = 30

// dl10 finds columns whose header was not understood, and rows of which nobody
// knows what they are.
func dl10() Rule {
	return Rule{
		ID: "DL10", Title: "Cột, dòng hoặc trang tính chưa hiểu được", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			unclearColumns(in, d, s, report)
			unclearRows(in, d, s, report)
		},
	}
}

func unclearColumns(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	seen := make(map[string]int)
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Field != reconcile.FieldUnclear || s.Role == reconcile.RoleAllocation && in.outsideNamed(c.Header) != nil {
			continue // told by CT07
		}
		header := reconcile.Key(c.Header)
		seen[header]++
		info := in.sheet(d, s)
		f := reconcile.Finding{
			Severity:   reconcile.SeverityWarning,
			Subject:    info.key + "|column|" + header + "#" + strconv.Itoa(seen[header]),
			Agency:     info.agency,
			Place:      headerCell(d, s, c),
			Message:    fmt.Sprintf("Không hiểu cột %s “%s” chứa thông tin gì, nên không đối soát cột này.", c.Letter, cellText(c.Header)),
			Found:      cellText(c.Header),
			Expected:   "tên cột thông dụng, ví dụ: Họ và tên, Ngày sinh, Chức vụ, Lớp đăng ký",
			LegalBasis: duty(in),
			Remedy:     "Đổi tên cột theo mẫu danh sách, hoặc bỏ cột nếu không cần; nếu nhiều nơi dùng cách gọi này thì báo cơ quan quản trị khai thêm ở mục wordings của cấu hình.",
		}
		if header == "" {
			f.Message = fmt.Sprintf("Cột %s có dữ liệu nhưng không có tiêu đề, nên không đối soát cột này.", c.Letter)
			f.Found = "(không có tiêu đề)"
		}
		if len(c.Examples) > 0 {
			values := cellText(strings.Join(c.Examples, "; "))
			f.Message += fmt.Sprintf(" Các giá trị đầu của cột: %s.", values)
		}
		report(f)
	}
}

// headerCell is the column's cell in the last header row above the first
// registration.
func headerCell(d *reconcile.Document, s *reconcile.Sheet, c *reconcile.Column) reconcile.Origin {
	place := reconcile.Origin{Source: d.Source, Sheet: s.Name}
	for i := range s.Rows {
		if len(s.Rows[i].Registrations) > 0 {
			break
		}
		if s.Rows[i].Kind == reconcile.RowHeader {
			place.Row = s.Rows[i].Number
			place.Cell = c.Letter + strconv.Itoa(place.Row)
		}
	}
	return place
}

func unclearRows(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	var rows []string
	var first *reconcile.Row
	for i := range s.Rows {
		if s.Rows[i].Kind != reconcile.RowNotUnderstood {
			continue
		}
		if first == nil {
			first = &s.Rows[i]
		}
		rows = append(rows, strconv.Itoa(s.Rows[i].Number))
	}
	if first == nil {
		return
	}
	info := in.sheet(d, s)
	report(reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    info.key + "|rows",
		Agency:     info.agency,
		Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name, Row: first.Number},
		Message:    fmt.Sprintf("%s dòng chưa hiểu được nên chưa tính vào danh sách: dòng %s.", count(len(rows)), listed(rows)),
		Found:      cellText(first.Text),
		Expected:   "mỗi dòng là một người, hoặc là tiêu đề, cộng, ghi chú, chữ ký",
		LegalBasis: duty(in),
		Remedy:     "Xem lại các dòng này; nếu là người đăng ký thì ghi đủ họ tên và các cột như những dòng khác.",
	})
}
