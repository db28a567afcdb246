package plan

import (
	"fmt"
	"regexp"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// codeForm is how program, group and agency codes are written; they end up in
// keys, URLs and folder names.
var codeForm = regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)

func (c *checker) programs() {
	seen := make(map[string]bool)
	for i := range c.plan.Programs {
		p := &c.plan.Programs[i]
		if seen[p.Code] {
			c.fault(fmt.Sprintf("chương trình %q có hai lần", p.Code), "đổi mã hoặc bỏ chương trình trùng", p.Code)
		}
		seen[p.Code] = true
		if !codeForm.MatchString(p.Code) {
			c.fault(fmt.Sprintf("mã chương trình %q không hợp lệ", p.Code), "mã chỉ có chữ in hoa không dấu, chữ số và dấu gạch ngang", p.Code)
		}
		if p.Name == "" {
			c.fault(fmt.Sprintf("chương trình %s không có tên", p.Code), "ghi name", p.Code)
		}
		if c.plan.Section(p.Section) == nil {
			c.unknownSection(p)
		}
		c.quota("Chương trình "+p.Code, p.Code, p.Quota)
		c.providers(p)
	}
}

func (c *checker) unknownSection(p *reconcile.Program) {
	var numbers []string
	for _, s := range c.plan.Sections {
		numbers = append(numbers, s.Number)
	}
	remedy := "thêm mục này vào sections, hoặc sửa section của chương trình"
	if near := strict.Nearest(p.Section, numbers); near != "" {
		remedy += fmt.Sprintf(" (có phải là %q?)", near)
	}
	c.fault(fmt.Sprintf("chương trình %s thuộc mục %q, kế hoạch không có mục này", p.Code, p.Section), remedy, p.Code)
}

// quota looks at one number of places by itself.
func (c *checker) quota(subject, code string, q reconcile.Quota) {
	bad := func(message, remedy string) { c.fault(subject+": "+message, remedy, code+quotaLine, code) }
	switch q.Kind {
	case reconcile.NoQuota:
		if q.Places != 0 {
			bad(fmt.Sprintf("ghi %d chỉ tiêu nhưng kind là none", q.Places), "bỏ places, hoặc đổi kind")
		}
		if q.Strict || q.Tolerance != 0 {
			bad("không có chỉ tiêu thì không dùng strict hay tolerance", "bỏ strict và tolerance")
		}
		return
	case reconcile.Ceiling, reconcile.Estimate, reconcile.Open:
	default:
		bad(fmt.Sprintf("không có loại chỉ tiêu %q", q.Kind), "dùng ceiling, estimate, open hoặc none")
	}
	if q.Places <= 0 {
		bad(fmt.Sprintf("số chỉ tiêu %d không phải là số dương", q.Places), "ghi places, hoặc kind: none khi kế hoạch không nêu số")
	}
	if q.Strict && q.Kind == reconcile.Open {
		bad("chỉ tiêu mở (open) không thể là chỉ tiêu cứng (strict)", "bỏ strict, hoặc đổi kind")
	}
	if q.Tolerance < 0 || q.Tolerance > 100 {
		bad(fmt.Sprintf("tolerance %d %% nằm ngoài khoảng 0 đến 100", q.Tolerance), "sửa tolerance")
	}
	if q.Tolerance != 0 && (q.Strict || q.Kind != reconcile.Estimate) {
		bad("chỉ chỉ tiêu estimate không strict mới có tolerance", "bỏ tolerance")
	}
}

// providers proves that the schools' shares make up the program's places. A
// plan shares out all places or none.
func (c *checker) providers(p *reconcile.Program) {
	keys := []string{p.Code + providersLine, p.Code}
	names := make(map[string]bool)
	var shares []int
	for _, school := range p.Providers {
		key := reconcile.Key(school.Name)
		if key == "" || names[key] {
			c.fault(fmt.Sprintf("Chương trình %s: cơ sở đào tạo %q không có tên hoặc có hai lần", p.Code, school.Name), "ghi tên, bỏ dòng trùng", keys...)
		}
		names[key] = true
		if school.Places < 0 {
			c.fault(fmt.Sprintf("Chương trình %s: chỉ tiêu %d của %s là số âm", p.Code, school.Places, school.Name), "sửa places", keys...)
		}
		if school.Places != 0 {
			shares = append(shares, school.Places)
		}
	}
	switch {
	case len(shares) == 0:
	case len(shares) < len(p.Providers):
		c.fault(fmt.Sprintf("Chương trình %s: chỉ một số cơ sở đào tạo có chỉ tiêu", p.Code), "ghi places cho mọi cơ sở, hoặc không cho cơ sở nào", keys...)
	default:
		c.equation("Chỉ tiêu của "+p.Code+" theo cơ sở đào tạo", p.Quota.Places, shares,
			"sửa places của cơ sở đào tạo hoặc của chương trình", keys...)
	}
}

func (c *checker) groups() {
	seen := make(map[string]bool)
	for i := range c.plan.Groups {
		g := &c.plan.Groups[i]
		if seen[g.Code] || c.plan.Program(g.Code) != nil || !codeForm.MatchString(g.Code) {
			c.fault(fmt.Sprintf("mã nhóm %q không hợp lệ hoặc đã dùng cho nhóm, chương trình khác", g.Code), "đổi mã nhóm", g.Code)
		}
		seen[g.Code] = true
		if g.Name == "" || len(g.Programs) == 0 {
			c.fault(fmt.Sprintf("nhóm %s không có tên hoặc không có chương trình", g.Code), "ghi name và programs", g.Code)
		}
		c.quota("Nhóm "+g.Code, g.Code, g.Quota)
		c.members(g)
	}
}

// members proves that a group's numbers add up, or, where the places are
// shared, that no member has a number of its own.
func (c *checker) members(g *reconcile.QuotaGroup) {
	var parts []int
	for _, code := range g.Programs {
		p := c.plan.Program(code)
		switch other := c.grouped[code]; {
		case p == nil:
			c.fault(fmt.Sprintf("nhóm %s có chương trình %q không có trong kế hoạch", g.Code, code), "sửa mã trong programs của nhóm", g.Code)
			continue
		case other != "":
			c.fault(fmt.Sprintf("chương trình %s có hai lần trong nhóm %s và %s", code, other, g.Code), "mỗi chương trình chỉ thuộc một nhóm", g.Code)
			continue
		}
		c.grouped[code] = g.Code
		switch hasNumber := p.Quota.Kind != reconcile.NoQuota; {
		case g.Shared && (hasNumber || p.Group != g.Code):
			c.fault(fmt.Sprintf("chương trình %s dùng chung chỉ tiêu của nhóm %s nên không có số riêng", code, g.Code), "đặt kind: none, bỏ places", code+quotaLine, code)
		case !g.Shared && !hasNumber:
			c.fault(fmt.Sprintf("chương trình %s của nhóm %s chưa có chỉ tiêu", code, g.Code), "ghi places và kind, hoặc đặt shared: true cho nhóm", code+quotaLine, code)
		}
		parts = append(parts, p.Quota.Places)
	}
	if !g.Shared && len(parts) > 0 {
		c.equation("Chỉ tiêu của nhóm "+g.Code, g.Quota.Places, parts,
			"sửa số của nhóm hoặc của từng chương trình theo văn bản kế hoạch", g.Code+quotaLine, g.Code)
	}
}
