package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// ng04 finds rows whose unit is another agency of the register than the one
// that owns the document. They count for the owner, who may have registered
// people of others by mistake, or sent another's file.
func ng04() Rule {
	return Rule{
		ID: "NG04", Title: "Người của cơ quan khác trong danh sách", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			if d.Agency == "" {
				return
			}
			foreign := make(map[string][]*reconcile.Registration)
			for _, r := range in.sheet(d, s).rows {
				if code := in.index.bodyNamed(r.AgencyText); code != "" && code != d.Agency {
					foreign[code] = append(foreign[code], r)
				}
			}
			for code, rows := range foreign {
				report(ofAnother(in, d, s, code, rows))
			}
		},
	}
}

func ofAnother(in *Input, d *reconcile.Document, s *reconcile.Sheet, code string, rows []*reconcile.Registration) reconcile.Finding {
	f := reconcile.Finding{
		Severity: reconcile.SeverityWarning, Subject: in.sheet(d, s).key + "|of " + code, Agency: d.Agency,
		Place:      rows[0].Place(reconcile.FieldUnit),
		Message:    fmt.Sprintf("%s người trong danh sách ghi đơn vị là %s, không phải %s.", count(len(rows)), in.agencyName(code), in.agencyName(d.Agency)),
		Found:      listPeople(rows, func(r *reconcile.Registration) string { return r.FullName }),
		Expected:   "mỗi cơ quan đăng ký người của mình",
		LegalBasis: duty(in),
		Remedy:     "Kiểm tra lại đơn vị; nếu đúng là người của cơ quan kia thì để cơ quan đó đăng ký.",
	}
	for _, r := range rows[1:] {
		f.Related = append(f.Related, r.Place(reconcile.FieldUnit))
	}
	return f
}

// bodyNamed is the agency of which the whole text is a name, "" when it is none
// or that of several.
func (x *index) bodyNamed(text string) string {
	key := reconcile.Key(text)
	if key == "" {
		return ""
	}
	return x.bodies[key]
}

// nameBodies indexes agencies by their names as of the plan's time.
func (x *index) nameBodies(in *Input) {
	if in.Register == nil {
		return
	}
	day := in.Plan.From
	add := func(name, code string) {
		key := reconcile.Key(name)
		if known, taken := x.bodies[key]; taken && known != code {
			code = "" // a name of several
		}
		x.bodies[key] = code
	}
	for i := range in.Register.Agencies {
		a := &in.Register.Agencies[i]
		if !a.ValidAt(day) {
			continue
		}
		add(a.Name, a.Code)
		for _, alias := range a.Aliases {
			if alias.ValidAt(day) {
				add(alias.Text, a.Code)
			}
		}
	}
}
