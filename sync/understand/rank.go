package understand

import (
	"regexp"

	"doisoat/reconcile"
)

// rankWords are the ranks of the civil service by name, abbreviation and code
// number, and the words by which titles of other ladders are known.
var rankWords = levels([]levelWord[reconcile.Rank]{
	{"chuyên viên cao cấp", reconcile.SeniorExpert},
	{"cvcc", reconcile.SeniorExpert},
	{"01 001", reconcile.SeniorExpert},
	{"chuyên viên chính", reconcile.PrincipalExpert},
	{"cvc", reconcile.PrincipalExpert},
	{"cv chính", reconcile.PrincipalExpert},
	{"01 002", reconcile.PrincipalExpert},
	{"chuyên viên", reconcile.Expert},
	{"cv", reconcile.Expert},
	{"01 003", reconcile.Expert},
	{"cán sự", reconcile.Officer},
	{"cs", reconcile.Officer},
	{"01 004", reconcile.Officer},
	{"01 005", reconcile.SupportStaff},
	{"nhân viên", reconcile.SupportStaff},
	{"hạng", reconcile.Professional},
	{"giáo viên", reconcile.Professional},
	{"giảng viên", reconcile.Professional},
	{"kế toán viên", reconcile.Professional},
	{"thanh tra viên", reconcile.Professional},
	{"kiểm tra viên", reconcile.Professional},
	{"bác sĩ", reconcile.Professional},
	{"kỹ sư", reconcile.Professional},
	{"điều dưỡng", reconcile.Professional},
	{"chấp hành viên", reconcile.Professional},
	{"kiểm lâm viên", reconcile.Professional},
	{"biên tập viên", reconcile.Professional},
	{"phóng viên", reconcile.Professional},
})

// professionalCode is the number of a title of public servants (V.07.03.29) or
// of a special service (06.031).
var professionalCode = regexp.MustCompile(`(?i)^\s*(v\s*\.\s*\d|\d\d\s*\.\s*\d{3}\b)`)

// rankOf reads the rank that a person holds.
func rankOf(text string) (reconcile.Rank, reconcile.Fault) {
	if found := rankWords.all(words(text)); len(found) > 0 {
		return found[0].value, reconcile.NoFault
	}
	if professionalCode.MatchString(text) {
		return reconcile.Professional, reconcile.NoFault
	}
	return "", reconcile.Unrecognised
}
