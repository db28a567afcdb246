package reporttest

import (
	"fmt"
	"time"

	"doisoat/reconcile"
)

func (g *generator) estimates() {
	d := g.data
	row := 7
	line := func(programs []string, text string, learners int, amount, spent reconcile.VND) {
		row++
		d.Estimates = append(d.Estimates, reconcile.EstimateLine{
			Kind: reconcile.ProgramLine, Programs: programs, Text: text, Learners: learners,
			Amount: amount, HasAmount: true, Spent: spent, HasSpent: spent > 0,
			Origin: reconcile.Origin{Source: "folder:allocations/Phụ lục 8.xlsx", Sheet: "Dự kiến kinh phí", Row: row},
		})
	}
	for _, p := range d.Plan.Programs {
		if p.Group == "" && p.Quota.Places > 0 {
			amount := reconcile.VND(p.Quota.Places) * reconcile.VND(2_000_000+100_000*g.rand.IntN(60))
			line([]string{p.Code}, p.Name, p.Quota.Places, amount, amount/5/1000*1000)
		}
	}
	line(d.Plan.Group("QLNN").Programs, "Quản lý nhà nước và nghiệp vụ", 4100, 14_350_000_000, 1_200_000_000)
	for i, item := range []string{"Thù lao giảng viên, báo cáo viên", "Tài liệu học tập", "Nước uống", "In chứng nhận", "Thuê hội trường, trang thiết bị"} {
		rate := reconcile.VND(50_000 * (i + 1) * (i + 1))
		d.Estimates = append(d.Estimates, reconcile.EstimateLine{
			Kind: reconcile.ItemLine, Programs: []string{"QPAN-3"}, Text: item, QuantityMil: 2_500 * int64(i+400), HasQuantity: true,
			Rate: rate, HasRate: true, Amount: rate * 1000, HasAmount: true,
			Origin: reconcile.Origin{Source: "folder:allocations/Du toan QPAN.xls", Sheet: "QPAN 3", Row: 9 + i},
		})
	}
}

func (g *generator) persons() {
	d := g.data
	all := d.Registrations
	for i := 40; i+200 < len(all); i += 90 {
		a, b := all[i], all[i+170]
		b.FullName, b.BirthDate = a.FullName, a.BirthDate
		pair := reconcile.Pair{
			A: a, B: b, Probability: 0.99, Sure: true, Why: "Trùng họ tên và ngày, tháng, năm sinh; khác cơ quan cử đi học.",
		}
		if i%180 == 40 {
			d.Persons = append(d.Persons, reconcile.Person{Members: []*reconcile.Registration{a, b}, Pairs: []reconcile.Pair{pair}})
			continue
		}
		pair.Sure, pair.Probability = false, 0.78
		pair.Why = "Tên khác nhau một dấu (Thủy, Thuỷ), cùng ngày sinh; hai cơ quan khác nhau."
		d.Unsure = append(d.Unsure, pair)
	}
	reconcile.AssignKeys(all)
}

func (g *generator) discrepancies() {
	d := g.data
	for i, r := range d.Registrations {
		if i%11 != 3 {
			continue
		}
		f := reconcile.Finding{
			Subject: r.Key, Agency: r.Agency, Program: r.Program, Person: r.FullName, Place: r.Place(reconcile.FieldBirthDate),
			LegalBasis: d.Plan.LegalBasisOf(r.Program),
		}
		switch i % 4 {
		case 0:
			f.Rule, f.Severity, f.Found, f.Expected = "DL02", reconcile.SeverityError, "30/02/1980", "ngày, tháng, năm sinh có thật"
			f.Message, f.Remedy = "Ngày sinh không có trong lịch.", "Sửa lại ngày sinh theo căn cước công dân."
			f.Invalidates = []string{r.Key}
		case 1:
			f.Rule, f.Severity, f.Found, f.Expected = "DL03", reconcile.SeverityWarning, "5,1079E+10", "12 chữ số"
			f.Message, f.Remedy = "Số căn cước bị Excel làm tròn nên không còn đủ chữ số.", "Định dạng cột là văn bản rồi nhập lại đủ 12 chữ số."
		case 2:
			f.Rule, f.Severity, f.Found, f.Expected = "TL02", reconcile.SeverityError, r.FullName, "mỗi người do một cơ quan cử"
			f.Message = fmt.Sprintf("Người này cũng được %s đăng ký chương trình %s.", d.Register.Agencies[i%len(d.Register.Agencies)].Name, d.Plan.ProgramName("QPAN-3"))
			f.Remedy, f.Invalidates = "Thống nhất cơ quan cử đi học, rút đăng ký ở cơ quan còn lại.", []string{r.Key}
		default:
			f.Rule, f.Severity, f.Expected = "DL04", reconcile.SeverityInfo, "chức vụ, vị trí công tác"
			f.Message, f.Remedy = "Chưa ghi chức vụ.", "Bổ sung chức vụ hiện tại."
		}
		d.Discrepancies = append(d.Discrepancies, g.discrepancy(f, i))
	}
	for i := range d.Register.Agencies {
		if a := &d.Register.Agencies[i]; silent(i) {
			d.Discrepancies = append(d.Discrepancies, g.discrepancy(reconcile.Finding{
				Rule: "NG01", Severity: reconcile.SeverityWarning, Subject: a.Code, Agency: a.Code,
				Message: "Đã được phân bổ chỉ tiêu nhưng chưa gửi danh sách.", Remedy: "Gửi danh sách đăng ký, hoặc báo không có nhu cầu.",
				Expected: "danh sách đăng ký trước ngày 31/3/2024", LegalBasis: "Kế hoạch năm 2024, phần tổ chức thực hiện",
			}, i))
		}
	}
}

// discrepancy gives a finding a life that depends on i.
func (g *generator) discrepancy(f reconcile.Finding, i int) reconcile.Discrepancy {
	d := reconcile.Discrepancy{
		Code: f.Code(g.data.Plan.ID), Finding: f, Status: reconcile.StatusOpen,
		FirstSeen: started.AddDate(0, 0, -(i % 20)), LastSeen: started, New: i%20 == 0,
	}
	switch i % 13 {
	case 4:
		d.Response = &reconcile.Response{Code: d.Code, Answer: string(reconcile.AnswerCorrect), Text: "Đã đối chiếu với căn cước công dân bản gốc.", Seen: started}
	case 6:
		d.Reopened = 1
	case 8:
		d.Status = reconcile.StatusWaived
		d.Decision = &reconcile.Decision{Code: d.Code, Verdict: string(reconcile.Accepted), Text: "Đồng ý theo Công văn số 36", Seen: started}
	case 10:
		d.Status, d.Solved = reconcile.StatusGone, true
	case 12:
		d.Status = reconcile.StatusGone
	}
	return d
}

func (g *generator) runs() {
	d := g.data
	for i := range 6 {
		at := started.AddDate(0, 0, -i)
		run := reconcile.Run{
			ID: int64(17 - i), Plan: d.Plan.ID, Started: at, Finished: at.Add(42 * time.Second), Status: reconcile.RunDone, Trigger: "schedule",
			Counts: reconcile.RunCounts{
				SourcesRead: 70 - i, SourcesUnchanged: 3, SourcesFailed: i % 2, RowsNonEmpty: 9123 - 90*i,
				RowsRegistrations: len(d.Registrations) - 40*i, FindingsOpen: 212 + 11*i, FindingsNew: 4, FindingsGone: 17, FindingsWaived: 4,
			},
		}
		if i == 3 {
			run.Status, run.Error = reconcile.RunFailed, "Mất kết nối với cơ sở dữ liệu khi đang ghi; lần chạy sau đã làm lại từ đầu."
		}
		d.Runs = append(d.Runs, run)
	}
	d.Run, d.Previous = d.Runs[0], &d.Runs[1]
	for _, doc := range d.Documents {
		s := reconcile.SourceRun{
			Run: d.Run.ID, Source: doc.Source, File: doc.File, Agency: doc.Agency, Status: reconcile.SourceRead,
			Registrations: len(doc.Registrations()), Started: started, Finished: started.Add(300 * time.Millisecond),
		}
		for i := range doc.Sheets {
			s.Rows += doc.Sheets[i].NonEmptyRows
			s.NotUnderstood += doc.Sheets[i].NotUnderstood()
		}
		if doc.Failure != nil {
			s.Status, s.Error = reconcile.SourceFailed, doc.Failure.Message
		}
		d.Sources = append(d.Sources, s)
	}
}
