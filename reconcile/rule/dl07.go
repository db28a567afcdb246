package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// partyAge is the age in full years from which one may join the Party.
const partyAge = 18

// dl07 finds dates of one person that cannot all be true, and Party dates that
// no calendar has.
func dl07() Rule {
	return Rule{
		ID: "DL07", Title: "Các mốc ngày mâu thuẫn nhau", Alone: true,
		Row: func(in *Input, r *reconcile.Registration, report Report) {
			unreadDates(in, r, report)
			datePairs(in, r, report)
		},
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			undecidedDates(in, d, s, reconcile.FieldPartyDate, "ngày vào Đảng", dataBasis(in, reconcile.BasisPartyDates), report)
			undecidedDates(in, d, s, reconcile.FieldOfficialDate, "ngày chính thức", dataBasis(in, reconcile.BasisPartyDates), report)
		},
	}
}

// unreadDates only warns: which programs need the Party dates is for the rules
// of eligibility.
func unreadDates(in *Input, r *reconcile.Registration, report Report) {
	tell := func(field reconcile.Field, name string) {
		fault := r.Readings.Get(field).Fault
		if fault != reconcile.Impossible && fault != reconcile.Malformed {
			return
		}
		f := about(r, field, reconcile.SeverityWarning)
		f.Subject += "|unread|" + string(field)
		f.Message = fmt.Sprintf("Không đọc được %s: ngày không có thật hoặc ghi sai dạng.", name)
		f.Expected = "ngày có thật, dạng ngày/tháng/năm"
		f.LegalBasis = dataBasis(in, reconcile.BasisPartyDates)
		f.Remedy = fmt.Sprintf("Ghi lại %s theo hồ sơ đảng viên.", name)
		report(f)
	}
	tell(reconcile.FieldPartyDate, "ngày vào Đảng")
	tell(reconcile.FieldOfficialDate, "ngày chính thức")
}

// datePairs compares only what the known parts of both dates surely tell.
func datePairs(in *Input, r *reconcile.Registration, report Report) {
	tell := func(pair string, f reconcile.Field, message, found, expected string) {
		finding := about(r, f, reconcile.SeverityError)
		finding.Subject += "|" + pair
		finding.Message, finding.Found, finding.Expected = message, found, expected
		finding.LegalBasis = dataBasis(in, reconcile.BasisPartyDates)
		finding.Remedy = "Đối chiếu các mốc ngày với hồ sơ cán bộ, hồ sơ đảng viên và sửa ngày sai."
		report(finding)
	}
	joined, official, born := r.PartyDate, r.OfficialDate, r.BirthDate
	if !born.IsZero() && joined.SurelyBefore(born.AddYears(partyAge)) {
		tell("age", reconcile.FieldPartyDate, "Ngày vào Đảng trước khi đủ 18 tuổi.",
			fmt.Sprintf("vào Đảng %s, sinh năm %d", joined.Vietnamese(), born.Year), "ngày vào Đảng sau khi đủ 18 tuổi")
	}
	if official.SurelyBefore(joined) {
		tell("official", reconcile.FieldOfficialDate, "Ngày chính thức trước ngày vào Đảng (dự bị).",
			fmt.Sprintf("vào Đảng %s, chính thức %s", joined.Vietnamese(), official.Vietnamese()), "ngày chính thức sau ngày vào Đảng")
	}
	if in.notYet(joined) {
		tell("joined in future", reconcile.FieldPartyDate, "Ngày vào Đảng nằm trong tương lai.", joined.Vietnamese(), "ngày không sau ngày đối soát")
	}
	if in.notYet(official) {
		tell("official in future", reconcile.FieldOfficialDate, "Ngày chính thức nằm trong tương lai.", official.Vietnamese(), "ngày không sau ngày đối soát")
	}
}
