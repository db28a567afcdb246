package plan

import (
	"fmt"

	"doisoat/reconcile"
)

// agencyFault notes a fault of the register at the line of the agency or, when
// it has one, of the agency's name.
func (c *checker) agencyFault(code, name, message, remedy string) {
	line := c.register.Lines[code+nameLine+name]
	if line == 0 {
		line = c.register.Lines[code]
	}
	c.faults = append(c.faults, Fault{File: c.register.File, Line: line, Message: message, Remedy: remedy})
}

func (c *checker) agencies() {
	if reconcile.Key(c.register.Province) != reconcile.Key(c.plan.Province) {
		c.agencyFault(lineProvince, "", fmt.Sprintf("danh mục là của tỉnh %q, kế hoạch là của tỉnh %q", c.register.Province, c.plan.Province), "sửa register trong tệp kế hoạch, hoặc province")
	}
	seen := make(map[string]bool)
	for i := range c.register.Agencies {
		a := &c.register.Agencies[i]
		if seen[a.Code] || !codeForm.MatchString(a.Code) {
			c.agencyFault(a.Code, "", fmt.Sprintf("mã cơ quan %q không hợp lệ hoặc có hai lần", a.Code), "mã chỉ có chữ in hoa không dấu, chữ số và dấu gạch ngang; mỗi cơ quan một mã")
		}
		seen[a.Code] = true
		c.agency(a)
	}
	c.agencyNames()
}

func (c *checker) agency(a *reconcile.Agency) {
	bad := func(message, remedy string) { c.agencyFault(a.Code, "", "cơ quan "+a.Code+": "+message, remedy) }
	if a.Name == "" || a.Bloc == "" || a.Level == "" || a.Source == "" {
		bad("thiếu tên, khối, cấp hoặc nguồn", "ghi name, bloc, level, source")
	}
	reversed := func(from, to reconcile.Date) bool { return to.SurelyBefore(from) }
	if reversed(a.From, a.To) {
		bad("ngày kết thúc trước ngày bắt đầu", "sửa from, to")
	}
	for _, n := range a.Aliases {
		if reversed(n.From, n.To) {
			c.agencyFault(a.Code, n.Text, fmt.Sprintf("cơ quan %s: tên gọi %q kết thúc trước khi bắt đầu", a.Code, n.Text), "sửa from, to của tên gọi")
		}
	}
	c.communes(a)
	for _, s := range a.Successors {
		switch {
		case s.Name == "" || s.On.IsZero():
			bad("cơ quan kế thừa chưa có tên hoặc ngày", "ghi name và on")
		case s.Code == a.Code || (s.Code != "" && c.register.Agency(s.Code) == nil):
			bad(fmt.Sprintf("cơ quan kế thừa có mã %q không có trong danh mục", s.Code), "sửa code, hoặc bỏ code khi cơ quan ấy không ở trong danh mục")
		case s.On.SurelyBefore(a.From) || s.On.SurelyBefore(a.To):
			bad(fmt.Sprintf("cơ quan kế thừa %q bắt đầu ngày %s, khi cơ quan này còn hoạt động", s.Name, s.On.Vietnamese()), "sửa on hoặc to")
		}
	}
}

func (c *checker) communes(a *reconcile.Agency) {
	seen := make(map[string]bool)
	for _, n := range a.Communes {
		key := reconcile.Key(n.Name)
		if key == "" || seen[key] || n.To.SurelyBefore(n.From) {
			c.agencyFault(a.Code, n.Name, fmt.Sprintf("cơ quan %s: đơn vị cấp xã %q để trống, có hai lần hoặc có ngày ngược", a.Code, n.Name), "sửa communes")
		}
		seen[key] = true
	}
}

// agencyNames finds a name that stands for two agencies at the same time.
func (c *checker) agencyNames() {
	type use struct {
		code     string
		from, to reconcile.Date
	}
	uses := make(map[string][]use)
	for i := range c.register.Agencies {
		a := &c.register.Agencies[i]
		for _, n := range append([]reconcile.Alias{{Text: a.Name}}, a.Aliases...) {
			key := reconcile.Key(n.Text)
			u := use{a.Code, later(n.From, a.From), earlier(n.To, a.To)}
			if key == "" {
				c.agencyFault(a.Code, n.Text, "cơ quan "+a.Code+": tên gọi để trống", "bỏ dòng này trong aliases")
				continue
			}
			for _, other := range uses[key] {
				if other.to.SurelyBefore(u.from) || u.to.SurelyBefore(other.from) {
					continue
				}
				c.agencyFault(a.Code, n.Text, fmt.Sprintf("tên gọi %q dùng cho cả %s và %s trong cùng thời gian", n.Text, other.code, a.Code), "bỏ ở một cơ quan, hoặc ghi from, to để thời gian không trùng nhau")
			}
			uses[key] = append(uses[key], u)
		}
	}
}

func later(a, b reconcile.Date) reconcile.Date {
	if a.IsZero() || a.SurelyBefore(b) {
		return b
	}
	return a
}

func earlier(a, b reconcile.Date) reconcile.Date {
	if a.IsZero() || (!b.IsZero() && b.SurelyBefore(a)) {
		return b
	}
	return a
}
