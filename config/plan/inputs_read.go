package plan

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// LoadInputs reads a YAML file of inputs for the plan. The error is a Faults
// with every fault of the file, or wraps fs.ErrNotExist. Each value's Origin
// has the source "yaml:" and the path, the part of the file as sheet, and the
// line as row.
func LoadInputs(path string, p *reconcile.Plan, r *reconcile.Register) (Inputs, error) {
	data, err := strict.ReadFile(path, "tệp dữ liệu")
	if err != nil {
		return Inputs{}, err
	}
	in := &inputReader{path: path, plan: p, register: r}
	in.doc = strict.Decode(path, data, &in.file)
	if id := text(in.file.Plan); in.doc.Has("plan") && id != p.ID {
		in.doc.Fault("plan", fmt.Sprintf("dữ liệu của kế hoạch %q, đang đối soát kế hoạch %q", id, p.ID), "chọn đúng tệp dữ liệu, hoặc sửa plan")
	}
	inputs := Inputs{
		Allocations: in.allocations(), Budget: in.budget(), Norms: in.norms(in.file.Norms),
		Classes: readClasses(in.doc, in.file.Classes, p),
	}
	if err := in.doc.Err(); err != nil {
		return Inputs{}, err
	}
	return inputs, nil
}

type inputReader struct {
	path     string
	doc      *strict.Document
	file     inputsFile
	plan     *reconcile.Plan
	register *reconcile.Register
}

func (in *inputReader) origin(part string, i int) reconcile.Origin {
	return reconcile.Origin{Source: "yaml:" + in.path, Sheet: part, Row: in.doc.Line(fmt.Sprintf("%s[%d]", part, i))}
}

func (in *inputReader) allocations() []reconcile.Allocation {
	var all []reconcile.Allocation
	seen := make(map[string]int)
	code := AgencyCode(in.register)
	for i, f := range in.file.Allocations {
		at := fmt.Sprintf("allocations[%d]", i)
		agency, known := code(f.Agency)
		if !known {
			agency = text(f.Agency)
		}
		a := reconcile.Allocation{
			Agency: agency, Programs: in.programs(f.Programs, at), Places: f.Places,
			Origin: in.origin("allocations", i),
		}
		a.Text = in.register.AgencyName(a.Agency)
		in.agency(a.Agency, at)
		in.notNegative(at+".places", int64(f.Places))
		in.once(seen, a.Agency+" "+strings.Join(a.Programs, "+"), at, a.Origin.Row)
		all = append(all, a)
	}
	return all
}

func (in *inputReader) budget() []reconcile.EstimateLine {
	var all []reconcile.EstimateLine
	seen := make(map[string]int)
	for i, f := range in.file.Budget {
		at := fmt.Sprintf("budget[%d]", i)
		line := reconcile.EstimateLine{
			Kind: reconcile.BudgetedLine, Programs: in.programs(f.Programs, at), Text: text(f.Text),
			Classes: f.Classes, Learners: f.Learners,
			Amount: reconcile.VND(f.Amount), HasAmount: true,
			Spent: reconcile.VND(f.Spent), HasSpent: in.doc.Has(at + ".spent"),
			Origin: in.origin("budget", i),
		}
		if line.Text == "" && len(line.Programs) > 0 {
			line.Text = in.plan.ProgramName(line.Programs[0])
		}
		in.positive(at+".amount", int64(f.Amount))
		in.notNegative(at+".classes", int64(f.Classes))
		in.notNegative(at+".learners", int64(f.Learners))
		in.notNegative(at+".spent", int64(f.Spent))
		in.once(seen, strings.Join(line.Programs, "+"), at, line.Origin.Row)
		all = append(all, line)
	}
	return all
}

// programs checks codes and puts them in the order of the plan, so that two
// lines about the same programs are seen to be the same.
func (in *inputReader) programs(codes []string, at string) []string {
	var known []string
	for i := range in.plan.Programs {
		known = append(known, in.plan.Programs[i].Code)
	}
	given := texts(codes)
	for i, code := range given {
		switch path := fmt.Sprintf("%s.programs[%d]", at, i); {
		case !slices.Contains(known, code):
			in.doc.Fault(path, fmt.Sprintf("kế hoạch không có chương trình %q", code), suggest(code, known))
		case slices.Index(given, code) < i:
			in.doc.Fault(path, fmt.Sprintf("chương trình %q có hai lần", code), "bỏ một lần")
		}
	}
	if len(given) == 0 && in.doc.Has(at+".programs") {
		in.doc.Fault(at+".programs", "không có chương trình nào", "ghi ít nhất một mã chương trình")
	}
	slices.SortStableFunc(given, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) })
	return given
}

func (in *inputReader) agency(code, at string) {
	if !in.doc.Has(at+".agency") || in.register.Agency(code) != nil {
		return
	}
	var known []string
	for i := range in.register.Agencies {
		known = append(known, in.register.Agencies[i].Code)
	}
	in.doc.Fault(at+".agency", fmt.Sprintf("danh mục không có cơ quan %q", code), suggest(code, known))
}

func (in *inputReader) positive(path string, n int64) {
	if in.doc.Read(path) && n <= 0 {
		in.doc.Fault(path, fmt.Sprintf("%d không phải là số dương", n), "ghi số lớn hơn 0")
	}
}

func (in *inputReader) notNegative(path string, n int64) {
	if n < 0 {
		in.doc.Fault(path, fmt.Sprintf("%d là số âm", n), "ghi số từ 0 trở lên")
	}
}

func (in *inputReader) once(seen map[string]int, key, path string, line int) {
	if first, again := seen[key]; again {
		in.doc.Fault(path, fmt.Sprintf("trùng với dòng %d", first), "gộp hai mục làm một, hoặc bỏ mục trùng")
		return
	}
	seen[key] = line
}

func suggest(code string, known []string) string {
	if near := strict.Nearest(code, known); near != "" {
		return fmt.Sprintf("có phải là %q? Xem các mã bằng lệnh doisoat plan show", near)
	}
	return "xem các mã bằng lệnh doisoat plan show"
}
