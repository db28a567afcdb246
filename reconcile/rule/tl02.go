package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// tl02 finds one person registered by two agencies. Each agency is told only
// what it may know: that the person is also registered by agency X for program
// Y. For one and the same program only one registration counts: that of the
// agency that stands first in the register.
func tl02() Rule {
	return Rule{
		ID: "TL02", Title: "Một người do nhiều cơ quan đăng ký",
		Meaning: reconcile.Meaning{
			Correct:  "các cơ quan cùng cử một người là đúng; nếu là hai người khác nhau thì viết “" + reconcile.ApartWords + "” ở phần giải trình",
			Accepted: acceptedAsOne,
			Refused:  refusedAsOne,
		},
		Plan: func(in *Input, report Report) {
			for i := range in.Persons {
				agencies := in.registeredBy(&in.Persons[i])
				if len(agencies) < 2 {
					continue
				}
				for j := range agencies {
					report(alsoElsewhere(in, agencies, j))
				}
			}
		},
	}
}

// sender is one agency's registrations of a person.
type sender struct {
	agency string
	rows   []*reconcile.Registration // in the order of its sheets
}

// registeredBy lists the agencies that registered the person, as in the
// register.
func (in *Input) registeredBy(p *reconcile.Person) []sender {
	if len(p.Members) < 2 {
		return nil
	}
	var senders []sender
	for agency, rows := range byAgency(p.Members) {
		if agency != "" {
			slices.SortFunc(rows, in.index.compareRows)
			senders = append(senders, sender{agency, rows})
		}
	}
	slices.SortFunc(senders, func(a, b sender) int {
		return cmp.Or(cmp.Compare(in.agencyRank(a.agency), in.agencyRank(b.agency)), cmp.Compare(a.agency, b.agency))
	})
	return senders
}

// alsoElsewhere is what the j-th agency is told.
func alsoElsewhere(in *Input, senders []sender, j int) reconcile.Finding {
	own := senders[j]
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    leastKey(own.rows),
		Agency:     own.agency,
		Program:    own.rows[0].Program,
		Person:     own.rows[0].FullName,
		Place:      own.rows[0].Place(nameField(own.rows[0])),
		Expected:   "mỗi người do một cơ quan đăng ký",
		LegalBasis: duty(in),
		Remedy: "Trao đổi với cơ quan kia để thống nhất một nơi đăng ký, nơi còn lại rút đăng ký; " +
			"nếu là hai người khác nhau thì ghi “" + reconcile.ApartWords + "” ở cột Giải trình.",
		Same: couples(own.rows, rowsOf(senders, j)),
	}
	for _, r := range own.rows[1:] {
		f.Related = append(f.Related, r.Place(nameField(r)))
	}
	others, twice := elsewhere(in, senders, j)
	f.Message = fmt.Sprintf("%s cũng được %s đăng ký.", own.rows[0].FullName, strings.Join(others, "; "))
	f.Found = "cũng do " + strings.Join(others, "; ") + " đăng ký"
	if !twice {
		return f
	}
	// The same program twice takes two places for one person.
	f.Severity = reconcile.SeverityError
	f.Invalidates = in.takenBefore(senders, j)
	f.Message += " Cùng một lớp chỉ tính một lần, tạm tính cho cơ quan đứng trước trong danh mục."
	return f
}

// rowsOf are the rows of all senders but the j-th.
func rowsOf(senders []sender, j int) []*reconcile.Registration {
	var rows []*reconcile.Registration
	for i := range senders {
		if i != j {
			rows = append(rows, senders[i].rows...)
		}
	}
	return rows
}

// elsewhere words the other agencies with their programs; twice reports
// whether one of the programs is among the agency's own.
func elsewhere(in *Input, senders []sender, j int) (others []string, twice bool) {
	for i, other := range senders {
		if i == j {
			continue
		}
		var programs []string
		for _, r := range other.rows {
			name := in.Plan.ProgramName(r.Program)
			if name == "" {
				name = "chương trình chưa xác định"
			}
			if !slices.Contains(programs, name) {
				programs = append(programs, name)
			}
			twice = twice || r.Program != "" && hasProgram(senders[j].rows, r.Program)
		}
		others = append(others, in.agencyName(other.agency)+" (lớp "+strings.Join(programs, "; ")+")")
	}
	return others, twice
}

// takenBefore are the j-th agency's registrations for programs for which an
// agency before it validly registered the person.
func (in *Input) takenBefore(senders []sender, j int) []string {
	var keys []string
	for _, r := range senders[j].rows {
		for _, before := range senders[:j] {
			if r.Program != "" && slices.ContainsFunc(before.rows, func(other *reconcile.Registration) bool {
				return other.Program == r.Program && in.Valid(other.Key)
			}) {
				keys = append(keys, r.Key)
				break
			}
		}
	}
	return keys
}

func hasProgram(rows []*reconcile.Registration, program string) bool {
	return slices.ContainsFunc(rows, func(r *reconcile.Registration) bool { return r.Program == program })
}
