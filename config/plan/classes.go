package plan

import (
	"fmt"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// readClasses checks the register of classes against the plan it is of.
func readClasses(doc *strict.Document, files []classFile, p *reconcile.Plan) []reconcile.Class {
	var all []reconcile.Class
	var known []string
	for i := range p.Programs {
		known = append(known, p.Programs[i].Code)
	}
	seen := make(map[string]int) // line of a program's class by its names
	for i, f := range files {
		at := fmt.Sprintf("classes[%d]", i)
		c := reconcile.Class{
			Program: text(f.Program), Name: text(f.Name), Aliases: texts(f.Aliases), Opens: f.Opens.Date, Closes: f.Closes.Date, Weeks: f.Weeks,
		}
		if doc.Read(at+".program") && p.Program(c.Program) == nil {
			doc.Fault(at+".program", fmt.Sprintf("kế hoạch không có chương trình %q", c.Program), suggest(c.Program, known))
		}
		classNames(doc, at, &c, seen)
		classDays(doc, at, &c)
		all = append(all, c)
	}
	return all
}

// classNames finds classes that a list could not tell apart.
func classNames(doc *strict.Document, at string, c *reconcile.Class, seen map[string]int) {
	line := doc.Line(at)
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		key := c.Program + " " + reconcile.Key(name)
		switch {
		case name != "" && strings.Trim(name, "0123456789 .") == "":
			doc.Fault(at+".name", fmt.Sprintf("tên lớp %q chỉ có số", name), "ghi tên như trong danh sách, ví dụ Lớp 1, K75")
		case seen[key] > 0 && name == "":
			doc.Fault(at, fmt.Sprintf("chương trình %s đã có lớp không tên ở dòng %d", c.Program, seen[key]), "chương trình có nhiều lớp thì ghi tên từng lớp (name) như trong danh sách, ví dụ K75")
		case seen[key] > 0:
			doc.Fault(at, fmt.Sprintf("chương trình %s đã có lớp %q ở dòng %d", c.Program, name, seen[key]), "mỗi lớp một tên riêng; sửa name hoặc aliases")
		default:
			seen[key] = line
		}
	}
}

func classDays(doc *strict.Document, at string, c *reconcile.Class) {
	for _, day := range []struct {
		key, words string
		date       reconcile.Date
	}{{"opens", "khai giảng", c.Opens}, {"closes", "bế giảng", c.Closes}} {
		if doc.Read(at+"."+day.key) && !day.date.IsZero() && !day.date.IsFull() {
			doc.Fault(at+"."+day.key, fmt.Sprintf("ngày %s chưa đủ ngày, tháng, năm", day.words), "ghi đủ, ví dụ 2024-09-16")
		}
	}
	if c.Closes.SurelyBefore(c.Opens) {
		doc.Fault(at+".closes", "ngày bế giảng trước ngày khai giảng", "sửa opens hoặc closes")
	}
	if c.Weeks < 0 {
		doc.Fault(at+".weeks", fmt.Sprintf("%d là số âm", c.Weeks), "ghi số tuần của lớp")
	}
	if c.Opens.IsZero() && c.Closes.IsZero() && c.Weeks == 0 {
		doc.Fault(at, "lớp không có ngày khai giảng (opens), ngày bế giảng (closes) và thời lượng (weeks)", "ghi ít nhất một trong ba")
	}
}
