package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// moreClasses finds programs of which more classes were held than planned.
func (in *Input) moreClasses(report Report) {
	for _, code := range in.withResults() {
		planned, line := in.plannedClasses(code)
		a := in.attendance(code)
		held, _ := a.classes(code)
		if planned == 0 || held <= planned {
			continue
		}
		f := in.outside("classes|"+code, "", nil)
		f.Program = code
		f.Place = firstOf(a, code)
		f.Message = fmt.Sprintf("%s: danh sách lớp, kết quả có %d lớp trong khi dự toán chỉ có %d lớp.", in.Plan.ProgramName(code), held, planned)
		f.Found = fmt.Sprintf("%d lớp", held)
		f.Expected = fmt.Sprintf("%d lớp (%s)", planned, cells(line.LineAt))
		f.Remedy = "Đối chiếu tên các lớp trong danh sách; lớp phát sinh thì báo cáo, xin ý kiến " + in.issuer() + " và bổ sung dự toán."
		report(f)
	}
}

// unlistedClasses finds single classes that lists of results name and that the
// register of classes does not hold, for programs whose classes it names.
func (in *Input) unlistedClasses(report Report) {
	for _, code := range in.withResults() {
		known := in.index.classes[code]
		if len(known) == 0 || slices.ContainsFunc(known, func(c *reconcile.Class) bool { return c.Name == "" }) {
			continue
		}
		learners := make(map[string][]*reconcile.Result)
		for _, r := range in.attendance(code).results {
			named := slices.ContainsFunc(known, func(c *reconcile.Class) bool { return c.Named(r.Class) || c.Named(r.Learner.ProgramText) })
			if r.Learner.Program == code && r.Class != "" && !named {
				learners[reconcile.Key(r.Class)] = append(learners[reconcile.Key(r.Class)], r)
			}
		}
		for key, results := range learners {
			class := cellText(results[0].Class)
			f := in.outside("class|"+code+"|"+key, "", nil)
			f.Program = code
			f.Place = results[0].Origin()
			f.Message = fmt.Sprintf("%s: “%s” có %s học viên nhưng không phải lớp nào trong danh mục lớp.", in.Plan.ProgramName(code), class, count(len(results)))
			f.Found = class
			f.Expected = "một trong các lớp: " + classNames(known)
			f.Remedy = "Ghi tên lớp như trong danh mục, hoặc bổ sung danh mục (mục classes); lớp phát sinh thì báo cáo, xin ý kiến " + in.issuer() + "."
			report(f)
		}
	}
}

func classNames(classes []*reconcile.Class) string {
	names := make([]string, len(classes))
	for i, c := range classes {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}
