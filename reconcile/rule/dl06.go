package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// dl06 finds registrations for which the form of study (hệ) is missing or
// contradictory where the plan's program has forms.
func dl06() Rule {
	return Rule{
		ID: "DL06", Title: "Hệ đào tạo thiếu hoặc mâu thuẫn", Alone: true,
		Row:   formOfStudy,
		Sheet: formColumn,
	}
}

func formOfStudy(in *Input, r *reconcile.Registration, report Report) {
	reading := r.Readings.Get(reconcile.FieldForm)
	p := in.Plan.Program(r.Program)
	if p != nil && p.Form == r.Form && reading.Fault == reconcile.NoFault {
		return // as nearly all rows are
	}
	f := about(r, reconcile.FieldForm, reconcile.SeverityError)
	f.LegalBasis = duty(in)
	f.Remedy = "Ghi rõ một hệ đào tạo (tập trung hoặc không tập trung) cho người này."
	f.Expected = "một hệ đào tạo mà chương trình có"
	switch {
	case reading.Fault == reconcile.Contradictory || reading.Fault == reconcile.Several:
		if p != nil && p.Form == "" {
			return
		}
		f.Message = "Ghi đồng thời nhiều hệ đào tạo cho một người."
	case p != nil && p.Form != "" && r.Form != "" && !sameForm(p, r.Form):
		f.Message = fmt.Sprintf("Hệ đào tạo ghi cho người này không khớp với lớp đăng ký (%s).", in.Plan.ProgramName(p.Code))
		f.Found = formWord(r.Form)
		f.Expected = formWord(p.Form)
	case lacksForm(in, r):
		if !in.has(r, reconcile.FieldForm) {
			return // told once for the sheet
		}
		forms := formsNamed(in, r)
		f.Message = "Chưa rõ hệ đào tạo nên chưa xếp được vào lớp nào của chương trình."
		f.Expected = strings.Join(forms, " hoặc ")
	default:
		return
	}
	report(f)
}

// sameForm allows that a completion course is called part-time, which it is.
func sameForm(p *reconcile.Program, f reconcile.Form) bool {
	if p.Form == f {
		return true
	}
	completion := p.Form == reconcile.Completion || strings.Contains(reconcile.Key(p.Name), reconcile.Key("hoàn chỉnh"))
	return completion && (f == reconcile.PartTime || f == reconcile.Completion)
}

// lacksForm reports whether the text names a program that the plan has in
// several forms, so that only the form is missing to know which one is meant.
func lacksForm(in *Input, r *reconcile.Registration) bool {
	return r.Program == "" && len(formsNamed(in, r)) > 1
}

// formsNamed are the forms of the programs that the row's text names, found
// once for each wording.
func formsNamed(in *Input, r *reconcile.Registration) []string {
	text := reconcile.Key(r.ProgramText)
	if text == "" {
		return nil
	}
	forms, ok := in.index.forms[text]
	if !ok {
		forms = in.index.formsIn(text)
		in.index.forms[text] = forms
	}
	return forms
}

// wording is a name of a program that has a form.
type wording struct {
	key  string
	form string
}

func wordings(p *reconcile.Plan) []wording {
	var all []wording
	for i := range p.Programs {
		program := &p.Programs[i]
		if program.Form == "" {
			continue
		}
		for _, name := range append([]string{program.Name}, program.Aliases...) {
			if key := reconcile.Key(name); key != "" {
				all = append(all, wording{key, formWord(program.Form)})
			}
		}
	}
	return all
}

// formsIn looks for the longest name of a program that stands in the text: a
// completion course is not the course that its name contains.
func (x *index) formsIn(text string) []string {
	var forms []string
	longest := 0
	for _, w := range x.wordings {
		switch {
		case len(w.key) < longest || !strings.Contains(" "+text+" ", " "+w.key+" "):
			continue
		case len(w.key) > longest:
			longest, forms = len(w.key), nil
		}
		if !slices.Contains(forms, w.form) {
			forms = append(forms, w.form)
		}
	}
	return forms
}

func formWord(f reconcile.Form) string {
	switch f {
	case reconcile.FullTime:
		return "hệ tập trung"
	case reconcile.PartTime:
		return "hệ không tập trung"
	case reconcile.Completion:
		return "hệ hoàn chỉnh"
	}
	return ""
}

// formColumn speaks once for the rows of a sheet that has no place for the
// form: they cannot be put into any class.
func formColumn(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	if info.fields[reconcile.FieldForm] {
		return
	}
	f := reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    info.key + "|form",
		Agency:     info.agency,
		Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name},
		Found:      "không có cột “Hệ đào tạo”",
		Expected:   "cột “Hệ đào tạo”, hoặc hệ ghi cùng tên lớp",
		LegalBasis: duty(in),
		Remedy:     "Bổ sung cột “Hệ đào tạo” (tập trung, không tập trung) và điền cho từng người.",
	}
	for _, r := range info.rows {
		if lacksForm(in, r) {
			f.Invalidates = append(f.Invalidates, r.Key)
		}
	}
	if n := len(f.Invalidates); n > 0 {
		f.Message = fmt.Sprintf("Chưa xếp được %s người vào lớp vì chương trình có nhiều hệ mà biểu không ghi hệ đào tạo.", count(n))
		report(f)
	}
}
