package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// ct02 finds forms of study over their share of a group's places (50 + 60 + 3)
// and providers over their share of a program's (5 + 45).
func ct02() Rule {
	return Rule{
		ID: "CT02", Title: "Vượt chỉ tiêu theo hệ hoặc cơ sở đào tạo",
		Plan: func(in *Input, report Report) {
			_, parts := in.targets()
			for _, t := range parts {
				rows := in.valid(t.programs)
				if t.quota.Kind == reconcile.Open || len(rows) <= limit(t.quota) {
					continue
				}
				f := in.tooMany(t, rows)
				f.Remedy = "Xem xét chuyển hệ đào tạo hoặc giảm bớt theo thứ tự để không vượt chỉ tiêu của hệ này."
				report(f)
			}
			for i := range in.Plan.Programs {
				if p := &in.Plan.Programs[i]; splitsPlaces(p) {
					providers(in, p, report)
				}
			}
		},
	}
}

// splitsPlaces reports whether the plan gives several providers numbers of
// their own.
func splitsPlaces(p *reconcile.Program) bool {
	n := 0
	for _, provider := range p.Providers {
		if provider.Places > 0 {
			n++
		}
	}
	return n > 1
}

// providers compares each provider's share with the rows that name it. Rows
// seldom do: as long as one does not, the split cannot be told.
func providers(in *Input, p *reconcile.Program, report Report) {
	rows := in.valid([]string{p.Code})
	if len(rows) == 0 {
		return
	}
	named := make([][]*reconcile.Registration, len(p.Providers))
	silent := 0
	for _, r := range rows {
		if i := providerNamed(p, r); i >= 0 {
			named[i] = append(named[i], r)
		} else {
			silent++
		}
	}
	if silent > 0 {
		f := notChecked("providers "+p.Code, fmt.Sprintf("%s trong %s đăng ký lớp %s không ghi cơ sở đào tạo, nên chưa chia được theo %s",
			count(silent), count(len(rows)), in.Plan.ProgramName(p.Code), providerShares(p)), programBasis(in, p.Code),
			"Ghi cơ sở đào tạo của từng người ở cột lớp đăng ký hoặc cột ghi chú.")
		f.Program = p.Code
		report(f)
	}
	for i, provider := range p.Providers {
		quota := p.Quota
		quota.Places = provider.Places
		if provider.Places == 0 || quota.Kind == reconcile.Open || len(named[i]) <= limit(quota) {
			continue
		}
		f := in.tooMany(target{
			id: p.Code + "|" + reconcile.Key(provider.Name), name: in.Plan.ProgramName(p.Code) + " tại " + provider.Name,
			programs: []string{p.Code}, quota: quota,
		}, named[i])
		f.Remedy = "Xem xét chuyển cơ sở đào tạo hoặc giảm bớt theo thứ tự để không vượt số được phân bổ."
		report(f)
	}
}

// providerNamed is the provider that the row names with its class or in its
// note, -1 for none. The longest name wins, since one may contain another.
func providerNamed(p *reconcile.Program, r *reconcile.Registration) int {
	text := reconcile.Key(r.ProgramText + " | " + r.Note)
	best := -1
	for i := range p.Providers {
		name := p.Providers[i].Name
		if strings.Contains(text, reconcile.Key(name)) && (best < 0 || len(name) > len(p.Providers[best].Name)) {
			best = i
		}
	}
	return best
}

func providerShares(p *reconcile.Program) string {
	var parts []string
	for _, provider := range p.Providers {
		if provider.Places > 0 {
			parts = append(parts, fmt.Sprintf("%s (%s chỉ tiêu)", provider.Name, count(provider.Places)))
		}
	}
	return strings.Join(parts, ", ")
}
