package plan

import (
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// outsideFile is the YAML shape of the classes that a plan is known not to hold.
type outsideFile struct {
	Basis    string               `yaml:"basis"`
	Programs []outsideProgramFile `yaml:"programs"`
}

type outsideProgramFile struct {
	Name    string   `yaml:"name" need:"true"`
	Aliases []string `yaml:"aliases"`
	Note    string   `yaml:"note"`
}

// outside reads the classes outside of the plan; a name that is a program's own
// would never be asked for, so it is a fault.
func (p *parser) outside() {
	p.plan.OutsideBasis = text(p.file.Outside.Basis)
	for i := range p.file.Outside.Programs {
		f, path := &p.file.Outside.Programs[i], fmt.Sprintf("outside.programs[%d]", i)
		o := reconcile.OutsideProgram{Name: text(f.Name), Aliases: texts(f.Aliases), Note: text(f.Note)}
		for _, name := range append([]string{o.Name}, o.Aliases...) {
			if code := p.programNamed(name); code != "" {
				p.doc.Fault(path, fmt.Sprintf("%q là tên của chương trình %s trong kế hoạch", name, code), "bỏ tên này: lớp có trong kế hoạch thì không phải lớp ngoài kế hoạch")
			}
		}
		p.plan.Outside = append(p.plan.Outside, o)
	}
}

// programNamed is the code of the program with that name, "" when there is none.
func (p *parser) programNamed(name string) string {
	key := reconcile.Key(name)
	for i := range p.plan.Programs {
		one := &p.plan.Programs[i]
		if key != "" && slices.ContainsFunc(slices.Concat([]string{one.Name, one.Code}, one.Aliases, one.WholeNames), func(n string) bool { return reconcile.Key(n) == key }) {
			return one.Code
		}
	}
	return ""
}
