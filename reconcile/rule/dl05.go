package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// dl05 finds registrations whose program is not recognised, and cells that
// name several programs.
func dl05() Rule {
	return Rule{
		ID: "DL05", Title: "Không xác định được chương trình, lớp", Alone: true,
		Row:   program,
		Sheet: programOfSheet,
	}
}

func program(in *Input, r *reconcile.Registration, report Report) {
	const field = reconcile.FieldProgram
	reading := r.Readings.Get(field)
	several := reading.Fault == reconcile.Several
	if r.Program != "" && in.Plan.Program(r.Program) != nil && !several {
		return
	}
	if info := in.index.sheetAt(r.Origin); info != nil && nowhereAProgram(info) || lacksForm(in, r) || !several && in.outsideOf(r) != nil {
		return // told once for the sheet, by DL06, or by CT07
	}
	f := about(r, field, reconcile.SeverityError)
	if reading.Text == "" && r.ProgramText != "" {
		f.Found = cellText(r.ProgramText)
	}
	f.Expected = "một chương trình, lớp có trong " + planTitle(in)
	f.LegalBasis = duty(in)
	f.Remedy = "Ghi đúng tên một chương trình, lớp như trong Kế hoạch; mỗi chương trình ghi một dòng riêng."
	switch {
	case several && r.Program != "":
		// The row was taken apart, one registration per program: it counts,
		// and the agency should see how it was read.
		f.Severity = reconcile.SeverityWarning
		f.Subject = r.Agency + "|" + reconcile.Key(r.FullName) + "|several"
		f.Program = ""
		f.Message = "Một ô ghi nhiều chương trình, lớp; mỗi chương trình đã được tính là một đăng ký riêng."
	case several:
		f.Message = "Một ô ghi nhiều chương trình, lớp nên không xác định được người này đăng ký lớp nào."
	case r.Program == "" && r.ProgramText == "" && reconcile.Clean(reading.Text) == "":
		f.Message = "Chưa ghi chương trình, lớp đăng ký."
	default:
		f.Message = "Chương trình, lớp đăng ký không có trong Kế hoạch hoặc ghi chưa rõ."
	}
	report(f)
}

// nowhereAProgram reports whether neither the sheet nor any of its rows says
// which program it is for.
func nowhereAProgram(info *sheetInfo) bool {
	if info.fields[reconcile.FieldProgram] {
		return false
	}
	for _, r := range info.rows {
		if r.Program != "" || r.ProgramText != "" {
			return false
		}
	}
	return len(info.rows) > 0
}

func programOfSheet(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	if !nowhereAProgram(info) || in.outsideOf(info.rows[0]) != nil {
		return
	}
	f := reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    info.key + "|program",
		Agency:     info.agency,
		Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name},
		Message:    fmt.Sprintf("Biểu không nêu chương trình, lớp nào nên chưa tính được %s người vào chỉ tiêu.", count(len(info.rows))),
		Found:      "tiêu đề, tên trang tính và các cột đều không nêu chương trình, lớp",
		Expected:   "tên chương trình, lớp ở tiêu đề hoặc trong cột “Lớp đăng ký”",
		LegalBasis: duty(in),
		Remedy:     "Ghi tên chương trình, lớp vào tiêu đề biểu hoặc thêm cột “Lớp đăng ký”.",
	}
	for _, r := range info.rows {
		f.Invalidates = append(f.Invalidates, r.Key)
	}
	report(f)
}
