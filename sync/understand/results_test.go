package understand

import (
	"fmt"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// describeResult writes a result in one line that people can check.
func describeResult(r *reconcile.Result) string {
	var parts []string
	add := func(ok bool, format string, args ...any) {
		if ok {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	l := &r.Learner
	add(true, "%d %s", l.Origin.Row, orDash(l.FullName))
	add(!l.BirthDate.IsZero(), "born %s", l.BirthDate)
	add(l.Agency != "", "from %s", l.Agency)
	add(true, "in %s (%s)", orDash(l.Program), r.Class)
	add(true, "%s", orDash(string(r.Outcome)))
	add(!r.Final, "not final")
	add(r.Grade != "", "grade %s", r.Grade)
	add(r.HasScore, "score %d/1000", r.ScoreMil)
	add(r.Decision != "", "decision %s", r.Decision)
	add(!r.From.IsZero() || !r.To.IsZero(), "held %s to %s", orDash(r.From.String()), orDash(r.To.String()))
	add(r.HasOwed, "owes %d months", r.MonthsOwed)
	add(r.HasServed, "served %d months", r.MonthsServed)
	add(r.HasCost, "cost %d", r.Cost)
	for _, f := range []reconcile.Field{
		reconcile.FieldScore, reconcile.FieldOwed, reconcile.FieldServed, reconcile.FieldCost, reconcile.FieldOpened, reconcile.FieldClosed,
	} {
		if reading := l.Readings.Get(f); reading.Fault != reconcile.NoFault {
			add(true, "%s %s in %s", f, reading.Fault, reading.Cell)
		}
	}
	return strings.Join(parts, "; ")
}

func TestOutcomes(t *testing.T) {
	tests := map[string]reconcile.Outcome{
		"Hoàn thành":                     reconcile.Completed,
		"Đã tốt nghiệp":                  reconcile.Completed,
		"Đạt":                            reconcile.Completed,
		"Không hoàn thành":               reconcile.NotCompleted,
		"KHÔNG ĐẠT":                      reconcile.NotCompleted,
		"Chưa hoàn thành":                reconcile.Studying,
		"Bỏ học từ tháng 5/2024":         reconcile.DroppedOut,
		"Buộc thôi học":                  reconcile.DroppedOut,
		"Cho thôi học vì lý do sức khỏe": reconcile.Withdrawn,
		"Bảo lưu kết quả":                reconcile.Studying,
		"Không tham gia":                 reconcile.Absent,
		"Nghỉ học 02 buổi":               reconcile.NoOutcome,
		"Vắng 1 buổi có phép":            reconcile.NoOutcome,
		"Không đạt môn Triết học":        reconcile.NoOutcome,
		"Phó Trưởng phòng":               reconcile.NoOutcome,
		"Hoàn thành rồi bỏ học":          reconcile.NoOutcome,
		"":                               reconcile.NoOutcome,
	}
	for text, want := range tests {
		if got := outcomeOf(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]reconcile.Outcome{"Giỏi": reconcile.Completed, "TB khá": reconcile.Completed, "Yếu": reconcile.NotCompleted, "8,5": ""} {
		if got := gradeOutcome(text); got != want {
			t.Errorf("grade %q is %q, want %q", text, got, want)
		}
	}
}

func TestMonths(t *testing.T) {
	num := func(f float64) cell { return cell{Cell: &sheet.Cell{Kind: sheet.Number, Number: f}} }
	txt := func(s string) cell { return cell{Cell: &sheet.Cell{Kind: sheet.Text, Text: s}, text: s} }
	for _, tt := range []struct {
		in   cell
		want int
		ok   bool
	}{
		{num(48), 48, true},
		{num(17.5), 18, true},
		{num(17.49), 17, true},
		{num(0), 0, true},
		{num(-1), 0, false},
		{num(1e9), 0, false},
		{txt("24 tháng"), 24, true},
		{txt("2 năm"), 24, true},
		{txt("1,5 năm"), 18, true},
		{txt("60"), 60, true},
		{txt("gấp 2 lần"), 0, false},
		{txt(""), 0, false},
	} {
		if got, ok := months(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("%+v: %d %v, want %d %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestClassDates(t *testing.T) {
	for text, want := range map[string]string{
		"LỚP TRUNG CẤP LLCT KHÓA 2022 - 2024":            "2022 2024",
		"từ ngày 01/3/2024 đến ngày 31/5/2024":           "2024-03-01 2024-05-31",
		"(Khai giảng ngày 15/4/2024)":                    "2024-04-15 ",
		"khai giảng 15.4.2024, bế giảng ngày 20-12-2024": "2024-04-15 2024-12-20",
		"KẾT QUẢ HỌC TẬP LỚP QPAN ĐỐI TƯỢNG 3 NĂM 2023":  " 2023",
		"KẾT QUẢ HỌC TẬP LỚP CẤP XÃ":                     " ",
		"theo Nghị quyết số 04/2019/NQ-HĐND":             " ",
	} {
		from, to := classDates(text)
		if got := from.String() + " " + to.String(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
