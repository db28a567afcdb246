package rule

import (
	"cmp"
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// tl03 finds one person in two programs that exclude each other, as the plan's
// own list of exclusions says, or whose classes are held at one time, as the
// register of classes says. What only matters while both are held does not
// matter where the dates show that they are not. Each agency is told about its
// own rows; none is invalid, since it is for the agencies to say which one goes.
func tl03() Rule {
	return Rule{
		ID: "TL03", Title: "Một người đăng ký hai chương trình không thể học cùng lúc", Alone: true,
		Plan: func(in *Input, report Report) {
			if len(in.Plan.Exclusions) == 0 {
				report(notChecked("exclusions", "kế hoạch chưa khai các chương trình loại trừ nhau", duty(in),
					"Khai mục exclusions trong tệp kế hoạch rồi đối soát lại."))
				return
			}
			for i := range in.Persons {
				in.excluded(in.Persons[i].Members, report)
			}
		},
	}
}

// excluded reports, for each registration of the person, the first of the
// person's other registrations that excludes it: in the order of their keys,
// since places move.
func (in *Input) excluded(members []*reconcile.Registration, report Report) {
	if len(members) < 2 {
		return
	}
	rows := slices.SortedFunc(slices.Values(members), func(a, b *reconcile.Registration) int {
		return cmp.Or(cmp.Compare(in.agencyRank(a.Agency), in.agencyRank(b.Agency)), cmp.Compare(a.Key, b.Key))
	})
	for i, own := range rows {
		for j, other := range rows {
			e := in.exclusion(own, other)
			// In one agency one finding says it of both rows.
			if e == nil || own.Agency == other.Agency && j > i {
				continue
			}
			report(cannotBoth(in, e, own, other))
			break
		}
	}
}

// exclusion is why one person cannot have both registrations, nil when nothing
// is known against it.
func (in *Input) exclusion(a, b *reconcile.Registration) *reconcile.Exclusion {
	if a == b || a.Program == b.Program {
		return nil
	}
	overlap, known := in.together(a, b)
	if e, ok := in.Plan.Exclusion(a, b); ok && (overlap || !known || !e.InTime()) {
		return e
	}
	if !overlap {
		return nil
	}
	x, y := in.class(a), in.class(b)
	if y.Opens.Compare(x.Opens) < 0 {
		x, y = y, x
	}
	from, to, _ := x.Period()
	again, end, _ := y.Period()
	return &reconcile.Exclusion{
		Programs: []string{a.Program, b.Program}, Overlapping: true,
		Reason: fmt.Sprintf("một người không thể học hai lớp trùng thời gian (%s đến %s và %s đến %s)", from.Vietnamese(), to.Vietnamese(), again.Vietnamese(), end.Vietnamese()),
	}
}

func cannotBoth(in *Input, e *reconcile.Exclusion, own, other *reconcile.Registration) reconcile.Finding {
	severity := reconcile.SeverityWarning
	if e.Sure {
		severity = reconcile.SeverityError
	}
	f := reconcile.Finding{
		Severity:   severity,
		Subject:    own.Key + "~" + other.Program,
		Agency:     own.Agency,
		Program:    own.Program,
		Person:     own.FullName,
		Place:      own.Place(nameField(own)),
		Expected:   e.Reason,
		LegalBasis: programBasis(in, own.Program),
		Remedy:     "Chọn một chương trình, rút đăng ký chương trình kia.",
	}
	if e.Basis != "" {
		f.LegalBasis = e.Basis
	}
	where := ""
	if own.Agency == other.Agency {
		f.Related = []reconcile.Origin{other.Place(nameField(other))}
	} else {
		where = " do " + cmp.Or(in.agencyName(other.Agency), "một cơ quan chưa xác định") + " đăng ký"
		f.Remedy = "Trao đổi với cơ quan kia để người này chỉ học một chương trình; nơi còn lại rút đăng ký."
	}
	f.Found = fmt.Sprintf("lớp %s và lớp %s%s", in.Plan.ProgramName(own.Program), in.Plan.ProgramName(other.Program), where)
	f.Message = fmt.Sprintf("%s được đăng ký %s: %s.", own.FullName, f.Found, e.Reason)
	return f
}
