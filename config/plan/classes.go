package plan

import (
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// readClasses checks the dates of classes against the plan they are of.
func readClasses(doc *strict.Document, files []classFile, p *reconcile.Plan) []reconcile.Class {
	var all []reconcile.Class
	seen := make(map[string]int)
	for i, f := range files {
		at := fmt.Sprintf("classes[%d]", i)
		c := reconcile.Class{Program: text(f.Program), Opens: f.Opens.Date, Weeks: f.Weeks}
		var known []string
		for j := range p.Programs {
			known = append(known, p.Programs[j].Code)
		}
		switch line := doc.Line(at); {
		case doc.Read(at+".program") && p.Program(c.Program) == nil:
			doc.Fault(at+".program", fmt.Sprintf("kế hoạch không có chương trình %q", c.Program), suggest(c.Program, known))
		case seen[c.Program] > 0:
			doc.Fault(at, fmt.Sprintf("chương trình %s đã có lớp ở dòng %d", c.Program, seen[c.Program]), "mỗi chương trình ghi một lớp, lớp mở sớm nhất")
		default:
			seen[c.Program] = line
		}
		if doc.Read(at+".opens") && !c.Opens.IsZero() && !c.Opens.IsFull() {
			doc.Fault(at+".opens", "ngày khai giảng chưa đủ ngày, tháng, năm", "ghi đủ, ví dụ 2024-09-16")
		}
		if c.Weeks < 0 {
			doc.Fault(at+".weeks", fmt.Sprintf("%d là số âm", c.Weeks), "ghi số tuần của lớp")
		}
		if c.Opens.IsZero() && c.Weeks == 0 {
			doc.Fault(at, "lớp không có ngày khai giảng (opens) và không có thời lượng (weeks)", "ghi ít nhất một trong hai")
		}
		all = append(all, c)
	}
	return all
}
