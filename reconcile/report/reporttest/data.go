package reporttest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// started is when the invented run began.
var started = time.Date(2024, 3, 21, 18, 0, 5, 0, time.UTC) // 01:00:05 on the 22nd in Vietnam

// Data invents a run with about that many registrations.
func Data(seed uint64, registrations int) *report.Data {
	g := &generator{
		rand: rand.New(rand.NewPCG(seed, 2024)),
		data: &report.Data{
			Plan: Plan(), Register: Register(),
			Rules: map[string]string{
				"DL01": "Thiếu hoặc sai họ tên", "DL02": "Ngày sinh thiếu hoặc không hợp lệ", "DL03": "Số căn cước không hợp lệ",
				"DL04": "Thiếu cơ quan hoặc chức vụ", "DL10": "Cột hoặc trang tính chưa hiểu", "NG01": "Chưa gửi danh sách",
				"CT01": "Vượt chỉ tiêu chương trình", "CT03": "Vượt chỉ tiêu phân bổ", "TL01": "Trùng trong cùng danh sách",
				"TL02": "Hai cơ quan cùng đăng ký", "KP03": "Số lượng × mức chi khác thành tiền",
			},
		},
	}
	g.documents(registrations)
	g.allocations()
	g.estimates()
	g.persons()
	g.discrepancies()
	g.runs()
	return g.data
}

type generator struct {
	rand *rand.Rand
	data *report.Data
}

func pick[T any](g *generator, from []T) T { return from[g.rand.IntN(len(from))] }

// silent agencies send nothing.
func silent(i int) bool { return i%9 == 5 }

func (g *generator) documents(total int) {
	d := g.data
	each := total/len(d.Register.Agencies) + 1
	for i := range d.Register.Agencies {
		a := &d.Register.Agencies[i]
		if silent(i) {
			continue
		}
		doc := &reconcile.Document{
			Source: "folder:inbox/" + a.Code + "/dang ky.xlsx", File: fmt.Sprintf("DS đăng ký %s.xlsx", a.Code),
			Format: reconcile.XLSX, Agency: a.Code, Version: fmt.Sprint(i), Received: started.Add(-24 * time.Hour),
		}
		if i == 21 {
			doc.Failure = &reconcile.Failure{Code: reconcile.Encrypted, Message: "Tệp có mật khẩu, hãy gửi lại bản không đặt mật khẩu."}
			d.Documents = append(d.Documents, doc)
			continue
		}
		for s, n := range []int{each / 2, each - each/2} {
			doc.Sheets = append(doc.Sheets, g.sheet(doc, a, s, n))
		}
		d.Documents = append(d.Documents, doc)
		d.Registrations = append(d.Registrations, doc.Registrations()...)
	}
	reconcile.AssignKeys(d.Registrations)
}

func (g *generator) sheet(doc *reconcile.Document, a *reconcile.Agency, index, n int) reconcile.Sheet {
	s := reconcile.Sheet{Name: []string{"LLCT", "Bồi dưỡng"}[index], Index: index, Role: reconcile.RoleRegistration}
	for row := 1; row <= 6; row++ {
		s.Rows = append(s.Rows, reconcile.Row{Number: row, Kind: reconcile.RowTitle})
	}
	for i := range n {
		number := 7 + i
		r := g.registration(a)
		r.Origin = reconcile.Origin{Source: doc.Source, Sheet: s.Name, Row: number}
		r.Readings = reconcile.ReadingsOf(map[reconcile.Field]reconcile.Reading{
			reconcile.FieldFullName:  {Cell: fmt.Sprintf("B%d", number), Text: r.FullName},
			reconcile.FieldBirthDate: {Cell: fmt.Sprintf("C%d", number), Text: r.BirthDate.Vietnamese()},
		})
		s.Rows = append(s.Rows, reconcile.Row{Number: number, Kind: reconcile.RowRegistration, Registrations: []*reconcile.Registration{r}})
	}
	if index == 1 && g.rand.IntN(7) == 0 {
		s.Rows = append(s.Rows, reconcile.Row{Number: 8 + n, Kind: reconcile.RowNotUnderstood, Text: "???"})
	}
	s.NonEmptyRows = len(s.Rows)
	return s
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Phan", "Đinh"}
	middles  = []string{"Văn", "Thị", "Đức", "Minh", "Thị Thu", "Quốc", "Ngọc", "Thanh", "Hữu", "Thị Hồng"}
	givens   = []string{"An", "Bình", "Châu", "Dũng", "Hà", "Hạnh", "Hòa", "Hùng", "Lan", "Linh", "Nam", "Nga", "Phúc", "Quang", "Sơn", "Thủy", "Trang", "Tuấn", "Vy", "Ý"}
	titles   = []string{"Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng", "Chủ tịch UBND xã", "Bí thư Đảng ủy", "Phó Giám đốc", "Kế toán trưởng", "Giáo viên"}
)

func (g *generator) registration(a *reconcile.Agency) *reconcile.Registration {
	r := &reconcile.Registration{
		FullName:  pick(g, families) + " " + pick(g, middles) + " " + pick(g, givens),
		BirthDate: reconcile.Date{Year: 1970 + g.rand.IntN(30), Month: 1 + g.rand.IntN(12), Day: 1 + g.rand.IntN(28)},
		Position:  pick(g, titles),
		Agency:    a.Code, AgencyText: a.Name,
	}
	r.Sex, r.Education, r.PoliticalTheory = reconcile.Male, reconcile.University, reconcile.ElementaryTheory
	if strings.Contains(r.FullName, " Thị ") {
		r.Sex, r.Education, r.PoliticalTheory = reconcile.Female, reconcile.Master, reconcile.IntermediateTheory
	}
	r.PartyDate = reconcile.Date{Year: r.BirthDate.Year + 24, Month: r.BirthDate.Month}
	if g.rand.IntN(60) == 0 {
		r.ProgramText = "Bồi dưỡng kỹ năng mềm"
		return r
	}
	r.Program = g.program()
	r.Form = g.data.Plan.Program(r.Program).Form
	return r
}

// program is drawn by the plan's places, so that small ones stay small.
func (g *generator) program() string {
	plan := g.data.Plan
	at := g.rand.IntN(plan.StatedPlaces)
	for i := range plan.Programs {
		if at -= plan.Programs[i].Quota.Places; at < 0 {
			return plan.Programs[i].Code
		}
	}
	return pick(g, plan.Group("QLNN").Programs)
}

func (g *generator) allocations() {
	d := g.data
	for i := range d.Plan.Programs {
		p := &d.Plan.Programs[i]
		left := p.Quota.Places
		for j := range d.Register.Agencies {
			n := min(left, g.rand.IntN(2*p.Quota.Places/len(d.Register.Agencies)+2))
			left -= n
			if n > 0 {
				d.Allocations = append(d.Allocations, reconcile.Allocation{
					Agency: d.Register.Agencies[j].Code, Programs: []string{p.Code}, Places: n,
				})
			}
		}
	}
	shared := d.Plan.Group("QLNN")
	for j := range d.Register.Agencies {
		d.Allocations = append(d.Allocations, reconcile.Allocation{
			Agency: d.Register.Agencies[j].Code, Programs: slices.Clone(shared.Programs), Places: 40 + g.rand.IntN(12),
		})
	}
	d.Allocations = append(d.Allocations, reconcile.Allocation{Programs: []string{"QD263"}, Places: 900, Subtotal: true})
}
