package plan

import (
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// registerFile is the YAML shape of an agency register.
type registerFile struct {
	Register string       `yaml:"register" need:"true"`
	Province string       `yaml:"province" need:"true"`
	Agencies []agencyFile `yaml:"agencies" need:"true"`
}

type agencyFile struct {
	Code       string           `yaml:"code" need:"true"`
	Bloc       bloc             `yaml:"bloc" need:"true"`
	Level      level            `yaml:"level" need:"true"`
	Name       string           `yaml:"name" need:"true"`
	From       date             `yaml:"from"`
	To         date             `yaml:"to"`
	Aliases    []named          `yaml:"aliases"`
	Communes   []named          `yaml:"communes"`
	Successors []successionFile `yaml:"successors"`
	Source     string           `yaml:"source" need:"true"`
}

type successionFile struct {
	Name string `yaml:"name" need:"true"`
	Code string `yaml:"code"`
	On   date   `yaml:"on" need:"true"`
	Part string `yaml:"part"`
}

// named is a name with the time in which it holds. A name without dates may be
// written alone.
type named struct {
	Name string `yaml:"name" need:"true"`
	From date   `yaml:"from"`
	To   date   `yaml:"to"`
}

// UnmarshalText reads a name that stands alone.
func (n *named) UnmarshalText(b []byte) error {
	n.Name = string(b)
	return nil
}

// lineProvince is the key of Register.Lines besides the agencies' codes.
const lineProvince = "province"

func parseRegister(file string, data []byte) (*reconcile.Register, Faults) {
	var f registerFile
	doc := strict.Decode(file, data, &f)
	r := &reconcile.Register{Province: text(f.Province), File: file, Lines: map[string]int{lineProvince: doc.Line("province")}}
	for i := range f.Agencies {
		a := f.Agencies[i].agency()
		at := fmt.Sprintf("agencies[%d].code", i)
		if first, again := r.Lines[a.Code]; again && a.Code != "" {
			doc.Fault(at, fmt.Sprintf("mã cơ quan %q đã có ở dòng %d", a.Code, first), "đổi mã hoặc bỏ cơ quan trùng")
		} else {
			r.Lines[a.Code] = doc.Line(at)
		}
		for j, n := range a.Aliases {
			r.Lines[a.Code+nameLine+n.Text] = doc.Line(fmt.Sprintf("agencies[%d].aliases[%d]", i, j))
		}
		for j, n := range a.Communes {
			r.Lines[a.Code+nameLine+n.Name] = doc.Line(fmt.Sprintf("agencies[%d].communes[%d]", i, j))
		}
		r.Agencies = append(r.Agencies, a)
	}
	return r, doc.Faults()
}

func (f *agencyFile) agency() reconcile.Agency {
	a := reconcile.Agency{
		Code: text(f.Code), Name: text(f.Name), Bloc: reconcile.Bloc(f.Bloc), Level: reconcile.Level(f.Level),
		From: f.From.Date, To: f.To.Date, Source: text(f.Source),
	}
	for _, n := range f.Aliases {
		a.Aliases = append(a.Aliases, reconcile.Alias{Text: text(n.Name), From: n.From.Date, To: n.To.Date})
	}
	for _, n := range f.Communes {
		a.Communes = append(a.Communes, reconcile.Commune{Name: text(n.Name), From: n.From.Date, To: n.To.Date})
	}
	for _, s := range f.Successors {
		a.Successors = append(a.Successors, reconcile.Succession{
			Name: text(s.Name), Code: text(s.Code), On: s.On.Date, Part: text(s.Part),
		})
	}
	return a
}
