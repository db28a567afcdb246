package plan

import (
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// exclusionFile is the YAML shape of programs that one person cannot be in at
// once.
type exclusionFile struct {
	Programs []string `yaml:"programs" need:"true"`
	With     []string `yaml:"with"`
	FullTime bool     `yaml:"full_time"`
	// Overlapping: only while the classes are held at one time.
	Overlapping bool   `yaml:"overlapping"`
	Reason      string `yaml:"reason" need:"true"`
	Basis       string `yaml:"basis"`
	// Certain: the basis is sure enough for an error; else it warns.
	Certain bool `yaml:"certain"`
}

// exclusions reads and checks the plan's exclusions; the programs are read
// before.
func (p *parser) exclusions() {
	for i := range p.file.Exclusions {
		f, path := &p.file.Exclusions[i], fmt.Sprintf("exclusions[%d]", i)
		e := reconcile.Exclusion{
			Programs: texts(f.Programs), With: texts(f.With), FullTime: f.FullTime, Overlapping: f.Overlapping,
			Reason: text(f.Reason), Basis: text(f.Basis), Sure: f.Certain,
		}
		p.knownPrograms(e.Programs, path+".programs")
		p.knownPrograms(e.With, path+".with")
		switch {
		case e.FullTime && len(e.With) > 0:
			p.doc.Fault(path, "with và full_time cùng có", "bỏ một trong hai: with kể tên chương trình, full_time là mọi lớp tập trung khác")
		case len(e.Programs) == 1 && len(e.With) == 0 && !e.FullTime:
			p.doc.Fault(path, "một chương trình không thể loại trừ chính nó", "thêm chương trình vào programs, hoặc ghi with hay full_time")
		}
		p.plan.Exclusions = append(p.plan.Exclusions, e)
	}
}

func (p *parser) knownPrograms(codes []string, path string) {
	var known []string
	for i := range p.plan.Programs {
		known = append(known, p.plan.Programs[i].Code)
	}
	for i, code := range codes {
		if p.plan.Program(code) != nil {
			continue
		}
		remedy := "sửa mã, hoặc thêm chương trình"
		if near := strict.Nearest(code, known); near != "" {
			remedy += fmt.Sprintf(" (có phải là %q?)", near)
		}
		p.doc.Fault(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("kế hoạch không có chương trình %q", code), remedy)
	}
}
