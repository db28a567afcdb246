package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// dl03 finds citizen IDs that are none, and those whose digits for century,
// sex and birth year disagree with the row.
func dl03() Rule {
	return Rule{
		ID: "DL03", Title: "Số căn cước công dân không hợp lệ", Alone: true,
		Row:   citizenID,
		Sheet: citizenIDColumn,
	}
}

func citizenID(in *Input, r *reconcile.Registration, report Report) {
	const field = reconcile.FieldCitizenID
	if !in.has(r, field) {
		return
	}
	if r.CitizenID == "" {
		f := about(r, field, reconcile.SeverityError)
		f.Message, f.Severity = unreadID(r.Readings.Get(field))
		f.Remedy = "Ghi lại số căn cước công dân theo thẻ, định dạng ô là văn bản (Text) để không mất số 0 ở đầu."
		report(aboutID(in, f))
		return
	}
	if message, found := idContradiction(r); message != "" {
		f := about(r, field, reconcile.SeverityError)
		f.Message, f.Found = message, found
		f.Remedy = "Đối chiếu số căn cước công dân, giới tính và năm sinh với thẻ căn cước, sửa ô sai."
		report(aboutID(in, f))
	}
}

func aboutID(in *Input, f reconcile.Finding) reconcile.Finding {
	f.Expected = "đủ 12 chữ số, khớp với giới tính và năm sinh"
	f.LegalBasis = dataBasis(in, reconcile.BasisCitizenID)
	return f
}

// unreadID says why a cell gave no ID. A blank one only warns: no provision of
// the plan asks for the number, the agency's own form does.
func unreadID(reading reconcile.Reading) (string, reconcile.Severity) {
	digits := 0
	for _, r := range reading.Text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	switch {
	case reconcile.Clean(reading.Text) == "":
		return "Chưa ghi số căn cước công dân.", reconcile.SeverityWarning
	case reading.Fault == reconcile.Lossy:
		return "Số căn cước công dân đã bị bảng tính rút gọn thành số mũ nên mất các chữ số cuối.", reconcile.SeverityError
	case digits == 9:
		return "Ô ghi số chứng minh nhân dân 9 số, không phải số căn cước công dân 12 số.", reconcile.SeverityError
	case reading.Fault == reconcile.Several:
		return "Ô số căn cước công dân ghi nhiều số.", reconcile.SeverityError
	}
	return fmt.Sprintf("Số căn cước công dân không đủ 12 chữ số (đọc được %d chữ số).", digits), reconcile.SeverityError
}

// idContradiction compares the ID's digits with sex and birth year. Both
// strings are empty when nothing disagrees or nothing can be compared.
func idContradiction(r *reconcile.Registration) (message, found string) {
	if len(r.CitizenID) != 12 {
		return "", ""
	}
	code := int(r.CitizenID[3] - '0')
	century, sex := 1900+code/2*100, reconcile.Male
	if code%2 == 1 {
		sex = reconcile.Female
	}
	year := century + int(r.CitizenID[4]-'0')*10 + int(r.CitizenID[5]-'0')
	var wrong, values []string
	if r.Sex != "" && r.Sex != sex {
		wrong = append(wrong, "giới tính")
		values = append(values, fmt.Sprintf("số căn cước chỉ giới tính %s, cột giới tính ghi %s", sexWord(sex), sexWord(r.Sex)))
	}
	if r.BirthDate.Year != 0 && r.BirthDate.Year != year {
		wrong = append(wrong, "năm sinh")
		values = append(values, fmt.Sprintf("số căn cước chỉ năm sinh %d, cột ngày sinh ghi năm %d", year, r.BirthDate.Year))
	}
	if len(wrong) == 0 {
		return "", ""
	}
	return "Số căn cước công dân không khớp với " + strings.Join(wrong, " và ") + " của người này.",
		"số có 4 chữ số cuối " + r.CitizenID[8:] + ": " + strings.Join(values, "; ")
}

func sexWord(s reconcile.Sex) string {
	if s == reconcile.Female {
		return "nữ"
	}
	return "nam"
}

// citizenIDColumn reports a missing column, and once per sheet that lost
// leading zeros were put back: the values are right, the column's format is not.
func citizenIDColumn(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	noColumn(in, d, s, reconcile.FieldCitizenID, "Số căn cước công dân", dataBasis(in, reconcile.BasisCitizenID), report)
	info := in.sheet(d, s)
	var places []reconcile.Origin
	for _, r := range info.rows {
		if r.Readings.Get(reconcile.FieldCitizenID).Fault == reconcile.Repaired {
			places = append(places, r.Place(reconcile.FieldCitizenID))
		}
	}
	if len(places) == 0 {
		return
	}
	report(reconcile.Finding{
		Severity:   reconcile.SeverityInfo,
		Subject:    info.key + "|repaired",
		Agency:     info.agency,
		Place:      places[0],
		Related:    places[1:],
		Message:    count(len(places)) + " số căn cước công dân mất số 0 ở đầu, đã được tự bổ sung khi đối soát.",
		Found:      count(len(places)) + " ô lưu số căn cước dưới dạng số",
		Expected:   "số căn cước lưu dưới dạng văn bản, đủ 12 chữ số",
		LegalBasis: dataBasis(in, reconcile.BasisCitizenID),
		Remedy:     "Định dạng cột số căn cước công dân là văn bản (Text) trước khi nhập.",
	})
}
