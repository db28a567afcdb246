package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// ct03 finds agencies with more valid registrations than the allocation gives
// them, column by column. An agency without a number in a column has no place.
func ct03() Rule {
	return Rule{
		ID: "CT03", Title: "Vượt chỉ tiêu phân bổ cho cơ quan",
		Plan: func(in *Input, report Report) {
			shares := in.shares()
			if len(shares) == 0 {
				report(allocationsMissing(in))
				return
			}
			for _, s := range shares {
				agencies := byAgency(in.valid(s.programs))
				for _, agency := range slices.Sorted(maps.Keys(agencies)) {
					places := s.places[agency]
					if agency != "" && len(agencies[agency]) > limit(in.shareQuota(s, places)) {
						report(overShare(in, s, agency, agencies[agency]))
					}
				}
			}
			unallocated(in, shares, report)
			strangers(in, report)
		},
	}
}

// shareQuota is an agency's share as a quota: as binding as the most binding
// of the programs that have it together.
func (in *Input) shareQuota(s *share, places int) reconcile.Quota {
	q := reconcile.Quota{Places: places, Kind: reconcile.Open}
	for _, code := range s.programs {
		p := in.Plan.Program(code)
		if p == nil {
			continue
		}
		own := p.Quota
		if own.Kind == reconcile.NoQuota || own.Kind == "" {
			continue
		}
		own.Places = places
		if severityRank(overSeverity(own)) < severityRank(overSeverity(q)) {
			q = own
		}
	}
	return q
}

func overShare(in *Input, s *share, agency string, rows []*reconcile.Registration) reconcile.Finding {
	places := max(s.places[agency], 0) // a sheet may say anything
	sorted, order := in.standing(rows)
	beyond := sorted[places:]
	f := reconcile.Finding{
		Severity: overSeverity(in.shareQuota(s, places)),
		Subject:  agency + "|" + s.id(),
		Agency:   agency,
		Program:  only(s.programs),
		Place:    beyond[0].Place(nameField(beyond[0])),
		Message: fmt.Sprintf("Có %s, vượt %s so với %s chỉ tiêu được phân bổ (%s).",
			in.registered(rows), count(len(beyond)), count(places), in.programNames(s.programs)),
		Found: fmt.Sprintf("%s. Vượt, tính theo %s: %s", in.registered(rows), order,
			listPeople(beyond, func(r *reconcile.Registration) string { return r.FullName })),
		Expected:   fmt.Sprintf("không quá %s chỉ tiêu được phân bổ", count(places)),
		LegalBasis: programBasis(in, s.programs[0]),
		Remedy:     "Rút bớt đăng ký cho đúng số được phân bổ, hoặc đề nghị Ban Tổ chức bổ sung chỉ tiêu.",
	}
	if places == 0 {
		f.Message = fmt.Sprintf("Có %s nhưng không được phân bổ chỉ tiêu (%s).", in.registered(rows), in.programNames(s.programs))
		f.Expected = "không có chỉ tiêu được phân bổ"
	}
	for _, r := range beyond[1:] {
		f.Related = append(f.Related, r.Place(nameField(r)))
	}
	return f
}

// unallocated says which programs people are registered for that the loaded
// allocation does not share out.
func unallocated(in *Input, shares []*share, report Report) {
	covered := make(map[string]bool)
	for _, s := range shares {
		for _, code := range s.programs {
			covered[code] = true
		}
	}
	var missing []string
	for i := range in.Plan.Programs {
		if code := in.Plan.Programs[i].Code; !covered[code] && len(in.index.programs[code]) > 0 {
			missing = append(missing, code)
		}
	}
	if len(missing) == 0 {
		return
	}
	report(notChecked("programs without allocation", "bảng phân bổ đã nạp không có các lớp "+in.programNames(missing),
		duty(in), "Nạp phân bổ chỉ tiêu của các lớp này, nếu có."))
}

// strangers says which lines of the allocation are for an agency that the
// register does not know, so that they could not be compared.
func strangers(in *Input, report Report) {
	names := make(map[string]reconcile.Origin)
	for i := range in.Allocations {
		a := &in.Allocations[i]
		if a.Agency != "" || a.Subtotal {
			continue
		}
		text := cellText(a.Text)
		if at, ok := names[text]; !ok || in.comparePlaces(a.Origin, at) < 0 {
			names[text] = a.Origin
		}
	}
	if len(names) == 0 {
		return
	}
	list := slices.Sorted(maps.Keys(names))
	f := notChecked("agencies not recognised", fmt.Sprintf("%d dòng của bảng phân bổ không nhận ra cơ quan nào", len(list)), duty(in),
		"Ghi tên cơ quan trong bảng phân bổ đúng như trong danh mục.")
	f.Found = strings.Join(list, "; ")
	f.Place = names[list[0]]
	report(f)
}
