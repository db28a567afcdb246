package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// dl02 finds birth dates that are missing or impossible, years alone where the
// program's list needs the date, and columns that mix day/month and month/day.
func dl02() Rule {
	return Rule{
		ID: "DL02", Title: "Ngày sinh thiếu hoặc không hợp lệ", Alone: true,
		Row: birthDate,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			noColumn(in, d, s, reconcile.FieldBirthDate, "Ngày, tháng, năm sinh", duty(in), report)
			undecidedDates(in, d, s, reconcile.FieldBirthDate, "ngày sinh", duty(in), report)
		},
	}
}

func birthDate(in *Input, r *reconcile.Registration, report Report) {
	const field = reconcile.FieldBirthDate
	if !in.has(r, field) || r.BirthDate.IsFull() {
		return
	}
	reading := r.Readings.Get(field)
	if reading.Fault == reconcile.Ambiguous {
		return // told once for the column
	}
	f := about(r, field, reconcile.SeverityError)
	f.Expected = "ngày, tháng, năm sinh có thật, dạng ngày/tháng/năm"
	f.LegalBasis = duty(in)
	f.Remedy = "Ghi ngày, tháng, năm sinh theo căn cước hoặc hồ sơ cán bộ."
	switch {
	case !r.BirthDate.IsZero():
		if !needsBirthDate(in, r.Program) {
			return
		}
		// The year is enough for what the law counts by year; the plan's form
		// asks for the date, so this is a warning and the row still counts.
		f.Severity = reconcile.SeverityWarning
		f.Message = fmt.Sprintf("Ngày sinh chưa đủ ngày, tháng, trong khi danh sách lớp %s cần đủ ngày, tháng, năm.", in.Plan.ProgramName(r.Program))
	case reconcile.Clean(reading.Text) == "":
		f.Message = "Chưa ghi ngày sinh."
	case reading.Fault == reconcile.Impossible:
		f.Message = "Ngày sinh không có thật hoặc nằm trong tương lai."
	case reading.Fault == reconcile.Several:
		f.Message = "Ô ngày sinh ghi nhiều ngày."
	case reading.Fault == reconcile.Contradictory:
		f.Message = "Ngày sinh được ghi ở nhiều cột và không khớp nhau."
	default:
		f.Message = "Không đọc được ngày sinh trong ô này."
	}
	report(f)
}

func needsBirthDate(in *Input, code string) bool {
	if in.Plan == nil {
		return false
	}
	p := in.Plan.Program(code)
	return p != nil && p.NeedsBirthDate
}
