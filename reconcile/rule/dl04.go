package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// dl04 finds rows without a position, and rows of which nobody says which
// agency sends them.
func dl04() Rule {
	return Rule{
		ID: "DL04", Title: "Thiếu chức vụ hoặc cơ quan", Alone: true,
		Row: func(in *Input, r *reconcile.Registration, report Report) {
			position(in, r, report)
			agencyOfRow(in, r, report)
		},
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			noColumn(in, d, s, reconcile.FieldPosition, "Chức vụ", duty(in), report)
		},
		Document: agencyOfDocument,
	}
}

func position(in *Input, r *reconcile.Registration, report Report) {
	if r.Position != "" || !in.has(r, reconcile.FieldPosition) {
		return
	}
	f := about(r, reconcile.FieldPosition, reconcile.SeverityError)
	f.Subject += "|position"
	f.Message = "Chưa ghi chức vụ, nên không xét được đối tượng của lớp."
	if r.Readings.Get(reconcile.FieldPosition).Fault == reconcile.Unrecognised {
		f.Message = "Ô chức vụ báo lỗi hoặc có công thức chưa tính chứ không ghi chức vụ, nên không xét được đối tượng của lớp."
	}
	f.Expected = "chức vụ, chức danh hiện nay"
	f.LegalBasis = duty(in)
	f.Remedy = "Ghi chức vụ, chức danh hiện nay của người được cử."
	report(f)
}

// agencyOfRow speaks for single rows; agencyOfDocument speaks when no row of
// the document has an agency.
func agencyOfRow(in *Input, r *reconcile.Registration, report Report) {
	if r.Agency != "" || in.noAgencyAtAll(r.Origin.Source) {
		return
	}
	f := about(r, reconcile.FieldAgency, reconcile.SeverityError)
	f.Subject += "|agency"
	if r.AgencyText == "" {
		f.Message = "Không rõ người này do cơ quan, đơn vị nào cử."
	} else {
		f.Message = "Không nhận ra cơ quan, đơn vị cử người này."
		f.Found = cellText(r.AgencyText)
	}
	f.Expected = "tên cơ quan, đơn vị, địa phương trong danh mục của kế hoạch"
	f.LegalBasis = duty(in)
	f.Remedy = "Ghi tên cơ quan, đơn vị cử đi học đúng như trong danh mục."
	if several := in.tookOver(r.AgencyText); several != "" {
		f.Message = several + "."
		f.Remedy = "Ghi rõ người này trước đây thuộc cơ quan nào trong các cơ quan đó."
	}
	report(f)
}

func agencyOfDocument(in *Input, d *reconcile.Document, report Report) {
	if d.Failure != nil || !in.noAgencyAtAll(d.Source) {
		return
	}
	rows := d.Registrations()
	keys := make([]string, 0, len(rows))
	for _, r := range rows {
		keys = append(keys, r.Key)
	}
	f := reconcile.Finding{
		Severity:    reconcile.SeverityError,
		Subject:     d.Source + "|agency",
		Place:       reconcile.Origin{Source: d.Source, Sheet: rows[0].Origin.Sheet},
		Invalidates: keys,
		Message:     fmt.Sprintf("Không xác định được tệp “%s” là của cơ quan, đơn vị nào (%s người).", d.File, count(len(rows))),
		Found:       "tiêu đề, tên tệp và các dòng không nêu cơ quan nào trong danh mục",
		Expected:    "tên cơ quan ở đầu biểu, hoặc tệp đặt trong thư mục mang mã của cơ quan",
		LegalBasis:  duty(in),
		Remedy:      "Ghi tên cơ quan, đơn vị ở đầu biểu hoặc chuyển tệp vào thư mục của cơ quan rồi đối soát lại.",
	}
	if several := in.tookOver(headTexts(d)...); several != "" {
		f.Found = several
		f.Remedy = "Ghi ở cột đơn vị của từng dòng người đó trước đây thuộc cơ quan, địa phương nào, hoặc chuyển tệp vào thư mục của một cơ quan, rồi đối soát lại."
	}
	report(f)
}

// noAgencyAtAll reports whether the document has registrations and none of
// them has an agency.
func (in *Input) noAgencyAtAll(source string) bool {
	d := in.index.documents[source]
	if d == nil || d.Agency != "" {
		return false
	}
	return in.index.anonymous[source]
}
