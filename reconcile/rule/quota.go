package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// shownPeople is how many people a finding names before it only counts.
const shownPeople = 10

// target is a number of places of the plan and the programs that use them up.
type target struct {
	id       string // in subjects
	name     string
	programs []string
	quota    reconcile.Quota
}

// targets lists the plan's numbers: wholes are the numbers of programs on their own and of groups; parts are the
// numbers of the members of a group whose members have their own (50 + 60 + 3).
func (in *Input) targets() (wholes, parts []target) {
	group := make(map[string]*reconcile.QuotaGroup)
	for i := range in.Plan.Groups {
		for _, code := range in.Plan.Groups[i].Programs {
			group[code] = &in.Plan.Groups[i]
		}
	}
	for i := range in.Plan.Programs {
		p := &in.Plan.Programs[i]
		t := target{id: p.Code, name: in.Plan.ProgramName(p.Code), programs: []string{p.Code}, quota: p.Quota}
		switch g := group[p.Code]; {
		case p.Quota.Kind == reconcile.NoQuota || p.Quota.Kind == "":
		case g == nil:
			wholes = append(wholes, t)
		case !g.Shared:
			parts = append(parts, t)
		}
	}
	for i := range in.Plan.Groups {
		g := &in.Plan.Groups[i]
		if g.Quota.Kind == reconcile.NoQuota || g.Quota.Kind == "" {
			continue
		}
		wholes = append(wholes, target{id: "group " + g.Code, name: g.Name, programs: g.Programs, quota: g.Quota})
	}
	return wholes, parts
}

// limit is the number from which on more people are a finding.
func limit(q reconcile.Quota) int {
	if q.Kind == reconcile.Estimate && !q.Strict {
		return q.Places + q.Places*q.Tolerance/100
	}
	return q.Places
}

// overSeverity is how much going over the quota matters: a number from the
// centre or a stated ceiling binds, an expected one warns, an open one asks
// for approval.
func overSeverity(q reconcile.Quota) reconcile.Severity {
	switch {
	case q.Kind == reconcile.Open:
		return reconcile.SeverityInfo
	case q.Strict || q.Kind == reconcile.Ceiling:
		return reconcile.SeverityError
	}
	return reconcile.SeverityWarning
}

// quotaWords says the number and how binding it is.
func quotaWords(q reconcile.Quota) string {
	places := count(q.Places) + " chỉ tiêu"
	switch {
	case q.Strict:
		return "không quá " + places + " (Trung ương phân bổ)"
	case q.Kind == reconcile.Open:
		return places + " và bổ sung theo nhu cầu được duyệt"
	case q.Kind == reconcile.Estimate && limit(q) > q.Places:
		return fmt.Sprintf("khoảng %s (chấp nhận đến %s)", places, count(limit(q)))
	case q.Kind == reconcile.Estimate:
		return "dự kiến " + places
	}
	return "không quá " + places
}

// count writes a number of people or places with dots between thousands.
func count(n int) string { return reconcile.VND(n).Format() }

// valid are the valid registrations of the programs, in no order.
func (in *Input) valid(programs []string) []*reconcile.Registration {
	var rows []*reconcile.Registration
	for _, code := range programs {
		for _, r := range in.index.programs[code] {
			if in.Valid(r.Key) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// people is the number of human beings among the registrations.
func (in *Input) people(rows []*reconcile.Registration) int {
	seen := make(map[int]bool, len(rows))
	unknown := 0
	for _, r := range rows {
		if i, ok := in.person(r); ok {
			seen[i] = true
		} else {
			unknown++
		}
	}
	return len(seen) + unknown
}

// registered says how many registrations, and of how many people where that
// differs.
func (in *Input) registered(rows []*reconcile.Registration) string {
	words := count(len(rows)) + " đăng ký hợp lệ"
	if n := in.people(rows); n != len(rows) {
		words += " của " + count(n) + " người"
	}
	return words
}

// byAgency splits registrations by the agency that sends them.
func byAgency(rows []*reconcile.Registration) map[string][]*reconcile.Registration {
	agencies := make(map[string][]*reconcile.Registration)
	for _, r := range rows {
		agencies[r.Agency] = append(agencies[r.Agency], r)
	}
	return agencies
}

// provinceOrder says by what the people of all agencies were put in order.
const provinceOrder = "lần lượt từng người theo thứ tự của mỗi đơn vị (thứ tự ưu tiên nếu đơn vị có ghi, nếu không thì thứ tự trong danh sách), " +
	"các đơn vị theo danh mục"

// inTurn puts the registrations of all agencies in one order: the first of
// each agency, then the second of each, agencies as in the register.
func (in *Input) inTurn(rows []*reconcile.Registration) []*reconcile.Registration {
	type turn struct {
		r            *reconcile.Registration
		round, place int
	}
	var turns []turn
	for agency, own := range byAgency(rows) {
		sorted, _ := in.standing(own)
		for i, r := range sorted {
			turns = append(turns, turn{r, i, in.agencyRank(agency)})
		}
	}
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.round, b.round), cmp.Compare(a.place, b.place), cmp.Compare(a.r.Key, b.r.Key))
	})
	sorted := make([]*reconcile.Registration, len(turns))
	for i := range turns {
		sorted[i] = turns[i].r
	}
	return sorted
}

// tooMany is the finding that more people are registered than a target has
// places. It goes to the plan's office, which alone may see all agencies' names.
func (in *Input) tooMany(t target, rows []*reconcile.Registration) reconcile.Finding {
	beyond := in.inTurn(rows)[t.quota.Places:]
	return reconcile.Finding{
		Severity: overSeverity(t.quota),
		Subject:  t.id,
		Program:  only(t.programs),
		Message:  fmt.Sprintf("%s: vượt %s đăng ký so với %s chỉ tiêu.", t.name, count(len(beyond)), count(t.quota.Places)),
		Found: fmt.Sprintf("%s. Vượt, tính %s: %s", in.registered(rows), provinceOrder,
			listPeople(beyond, func(r *reconcile.Registration) string { return r.FullName + " (" + in.agencyName(r.Agency) + ")" })),
		Expected:   quotaWords(t.quota),
		LegalBasis: programBasis(in, t.programs[0]),
	}
}

func listPeople(rows []*reconcile.Registration, name func(*reconcile.Registration) string) string {
	names := make([]string, 0, shownPeople)
	for _, r := range rows[:min(len(rows), shownPeople)] {
		names = append(names, name(r))
	}
	list := strings.Join(names, ", ")
	if rest := len(rows) - shownPeople; rest > 0 {
		list += " và " + count(rest) + " người khác"
	}
	return list
}
