package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// Equation is a sum of the plan that was checked against its data.
type Equation struct {
	Line    int    // of the plan's file, where the sum stands
	Subject string // what is summed, in Vietnamese
	Text    string // "113 = 50 + 60 + 3"; "≠" for "=" where it does not hold
	Holds   bool
}

// Result is what Check found.
type Result struct {
	Equations []Equation // in the order of the plan, the total last
	Faults    Faults     // in the order of files and lines
}

// Err returns the faults as an error, nil when the plan is sound.
func (r Result) Err() error { return r.Faults.Err() }

// Check proves the sums of the plan from its data and looks for everything
// else that cannot be right in the plan and its register.
func Check(p *reconcile.Plan, r *reconcile.Register) Result {
	c := &checker{plan: p, register: r, grouped: make(map[string]string)}
	c.head()
	c.sections()
	c.programs()
	c.groups()
	c.total()
	c.names()
	if r != nil {
		c.agencies()
	}
	return Result{Equations: c.equations, Faults: c.faults.Sorted()}
}

type checker struct {
	plan     *reconcile.Plan
	register *reconcile.Register
	// grouped maps a program's code to the group that it belongs to.
	grouped   map[string]string
	equations []Equation
	faults    Faults
}

// fault notes a fault of the plan at the first of the keys that has a line.
func (c *checker) fault(message, remedy string, keys ...string) {
	c.faults = append(c.faults, Fault{File: c.plan.File, Line: c.line(keys...), Message: message, Remedy: remedy})
}

func (c *checker) line(keys ...string) int {
	for _, k := range keys {
		if line := c.plan.Lines[k]; line > 0 {
			return line
		}
	}
	return 0
}

// equation notes a sum; when it does not hold it is a fault, too.
func (c *checker) equation(subject string, whole int, parts []int, remedy string, keys ...string) {
	sum := 0
	terms := make([]string, len(parts))
	for i, n := range parts {
		sum += n
		terms[i] = number(n)
	}
	e := Equation{Line: c.line(keys...), Subject: subject, Holds: sum == whole}
	sign := " = "
	if !e.Holds {
		sign = " ≠ "
	}
	e.Text = number(whole) + sign + strings.Join(terms, " + ")
	c.equations = append(c.equations, e)
	if !e.Holds {
		c.fault(fmt.Sprintf("%s: %s (cộng lại là %s)", subject, e.Text, number(sum)), remedy, keys...)
	}
}

// number writes a count as Vietnamese documents do: 4.100.
func number(n int) string { return reconcile.VND(n).Format() }

func (c *checker) head() {
	p := c.plan
	for _, field := range []struct{ value, name string }{
		{p.ID, "plan"}, {p.Province, "province"}, {p.Title, "title"}, {p.Issuer, "issuer"},
	} {
		if field.value == "" {
			c.fault(fmt.Sprintf("khóa %q để trống", field.name), "ghi giá trị cho khóa này")
		}
	}
	if p.From.Year != p.Year || p.To.Year != p.Year || !p.From.IsFull() || !p.To.IsFull() || p.To.SurelyBefore(p.From) {
		c.fault(fmt.Sprintf("thời gian thực hiện %s đến %s không nằm trong năm %d", p.From.Vietnamese(), p.To.Vietnamese(), p.Year),
			"sửa year, from, to; from và to ghi đủ ngày, tháng, năm", lineFrom)
	}
	if p.Approved <= 0 {
		c.fault(fmt.Sprintf("kinh phí %s không phải là số dương", p.Approved), "ghi số tiền được duyệt, tính bằng đồng", lineApproved)
	}
	if p.MoneyBasis == "" {
		c.fault("chưa ghi căn cứ của kinh phí", "ghi căn cứ vào budget.basis", lineApproved)
	}
}

func (c *checker) sections() {
	seen := make(map[string]bool)
	for _, s := range c.plan.Sections {
		if seen[s.Number] {
			c.fault(fmt.Sprintf("mục %q có hai lần", s.Number), "bỏ mục trùng", s.Number)
		}
		seen[s.Number] = true
		if s.Number == "" || s.Title == "" {
			c.fault("mục không có số hoặc không có tên", "ghi number và title", s.Number)
		}
		used := slices.ContainsFunc(c.plan.Programs, func(p reconcile.Program) bool { return p.Section == s.Number })
		if !used {
			c.fault(fmt.Sprintf("mục %s không có chương trình nào", s.Number), "thêm chương trình cho mục này, hoặc bỏ mục", s.Number)
		}
	}
}

func (c *checker) total() {
	var parts []int
	counted := make(map[string]bool)
	for i := range c.plan.Programs {
		program := &c.plan.Programs[i]
		group := c.plan.Group(c.grouped[program.Code])
		switch {
		case group == nil && program.Quota.Kind != reconcile.NoQuota:
			parts = append(parts, program.Quota.Places)
		case group != nil && !counted[group.Code]:
			counted[group.Code] = true
			parts = append(parts, group.Quota.Places)
		}
	}
	c.equation("Tổng chỉ tiêu của kế hoạch", c.plan.StatedPlaces, parts,
		"đối chiếu từng con số với văn bản kế hoạch, rồi sửa số sai hoặc stated_places "+strconv.Itoa(c.plan.StatedPlaces), lineStatedPlaces)
}
