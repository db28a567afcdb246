package rule

import (
	"fmt"
	"maps"
	"slices"

	"doisoat/reconcile"
)

// ng01 finds agencies that have places and sent nothing. A nil return ("không
// có nhu cầu đăng ký") is something; a file that cannot be read is told by NG02.
func ng01() Rule {
	return Rule{
		ID: "NG01", Title: "Cơ quan có chỉ tiêu nhưng chưa gửi danh sách",
		Plan: func(in *Input, report Report) {
			shares := in.shares()
			if len(shares) == 0 {
				report(allocationsMissing(in))
				return
			}
			allocated := make(map[string]int)
			for _, s := range shares {
				for agency, places := range s.places {
					allocated[agency] += places
				}
			}
			sent := in.senders()
			for _, agency := range slices.Sorted(maps.Keys(allocated)) {
				if allocated[agency] > 0 && !sent[agency] {
					report(nothingSent(in, agency, allocated[agency]))
				}
			}
		},
	}
}

// senders are the agencies that sent a list, or a file that cannot be read.
func (in *Input) senders() map[string]bool {
	sent := make(map[string]bool)
	for _, d := range in.Documents {
		if d.Agency != "" && (d.Failure != nil || holdsList(d)) {
			sent[d.Agency] = true
		}
	}
	for _, r := range in.Registrations {
		sent[r.Agency] = true
	}
	return sent
}

// holdsList reports whether a sheet is a roster, a nil return or a summary;
// allocations, estimates and answers are no list of people.
func holdsList(d *reconcile.Document) bool {
	return slices.ContainsFunc(d.Sheets, func(s reconcile.Sheet) bool {
		return s.Role == reconcile.RoleRegistration || s.Role == reconcile.RoleSummary
	})
}

func nothingSent(in *Input, agency string, places int) reconcile.Finding {
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    agency,
		Agency:     agency,
		Message:    fmt.Sprintf("%s được phân bổ %s chỉ tiêu nhưng chưa gửi danh sách nào.", in.agencyName(agency), count(places)),
		Found:      "không có tệp hoặc bảng tính nào",
		Expected:   "danh sách đăng ký, hoặc văn bản báo không có nhu cầu",
		LegalBasis: duty(in),
		Remedy:     "Gửi danh sách đăng ký; nếu không có nhu cầu thì gửi biểu ghi “Không có nhu cầu đăng ký”.",
	}
	files := 0
	for _, d := range in.Documents {
		if d.Agency == agency {
			files++
		}
	}
	if files > 0 {
		f.Found = fmt.Sprintf("%d tệp, nhưng không tệp nào là danh sách đăng ký", files)
	}
	if in.over(in.Deadline) {
		f.Severity = reconcile.SeverityError
		f.Expected += ", trước ngày " + in.Deadline.Vietnamese()
	}
	return f
}
