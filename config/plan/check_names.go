package plan

import (
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// names finds names that cannot tell two programs apart. Programs of one name
// must differ in their form; only those may share aliases.
func (c *checker) names() {
	type use struct {
		program *reconcile.Program
		text    string
	}
	aliases, tabs := make(map[string][]use), make(map[string]use)
	for i := range c.plan.Programs {
		p := &c.plan.Programs[i]
		own := make(map[string]bool)
		for _, name := range slices.Concat([]string{p.Name}, p.Aliases, p.WholeNames) {
			key := reconcile.Key(name)
			if key == "" || own[key] {
				c.fault(fmt.Sprintf("chương trình %s: tên gọi %q để trống hoặc có hai lần", p.Code, name), "bỏ dòng này trong aliases hoặc whole_names", p.Code+nameLine+name, p.Code)
				continue
			}
			own[key] = true
			for _, other := range aliases[key] {
				if !sameButForm(p, other.program) {
					c.fault(fmt.Sprintf("tên gọi %q dùng cho cả %s và %s", name, other.program.Code, p.Code), "bỏ ở một trong hai chương trình, hoặc ghi rõ hơn", p.Code+nameLine+name, p.Code)
				}
			}
			aliases[key] = append(aliases[key], use{p, name})
		}
		for _, name := range p.TabNames {
			key := reconcile.Key(name)
			if other, taken := tabs[key]; taken || key == "" {
				where := "hai lần"
				if other.program != nil && other.program != p {
					where = "cho cả " + other.program.Code
				}
				c.fault(fmt.Sprintf("chương trình %s: tên trang tính %q để trống hoặc dùng %s", p.Code, name, where), "bỏ dòng này trong tab_names", p.Code+nameLine+name, p.Code)
				continue
			}
			tabs[key] = use{p, name}
		}
	}
}

func sameButForm(a, b *reconcile.Program) bool {
	return a.Form != b.Form && a.Form != "" && b.Form != "" && reconcile.Key(a.Name) == reconcile.Key(b.Name)
}
