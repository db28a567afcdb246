package rule

import (
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// undecidedDates reports, once for a column, the dates of which only the year
// is sure because day and month cannot be told apart there.
func undecidedDates(in *Input, d *reconcile.Document, s *reconcile.Sheet, field reconcile.Field, name, basis string, report Report) {
	var rows []string
	var first *reconcile.Registration
	for _, r := range s.Registrations() {
		if r.Readings.Get(field).Fault != reconcile.Ambiguous {
			continue
		}
		if first == nil {
			first = r
		}
		if row := strconv.Itoa(r.Origin.Row); len(rows) == 0 || rows[len(rows)-1] != row {
			rows = append(rows, row)
		}
	}
	if first == nil {
		return
	}
	info := in.sheet(d, s)
	report(reconcile.Finding{
		Severity: reconcile.SeverityWarning,
		Subject:  info.key + "|order of " + string(field),
		Agency:   info.agency,
		Place:    first.Place(field),
		Message: fmt.Sprintf("Không phân biệt được ngày và tháng của %s ở %s dòng (dòng %s), vì cột lẫn hai cách ghi ngày/tháng và tháng/ngày (thường do máy đặt kiểu ngày nước ngoài); chỉ tính theo năm.",
			name, count(len(rows)), listed(rows)),
		Found:      shown(first.Readings.Get(field)),
		Expected:   "cả cột ghi theo một cách: ngày/tháng/năm",
		LegalBasis: basis,
		Remedy:     "Đặt định dạng cả cột là văn bản hoặc ngày/tháng/năm (dd/mm/yyyy), rồi ghi lại các dòng này theo hồ sơ.",
	})
}

// listed joins row numbers, and only counts those beyond shownRows.
func listed(rows []string) string {
	list := strings.Join(rows[:min(len(rows), shownRows)], ", ")
	if rest := len(rows) - shownRows; rest > 0 {
		list += fmt.Sprintf(" và %s dòng khác", count(rest))
	}
	return list
}
