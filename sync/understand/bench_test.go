package understand

import (
	"context"
	"fmt"
	"testing"

	"doisoat/sync/sheet"
)

// longRoster is a list of n people in 15 columns.
func longRoster(n int) *sheet.Grid {
	g := &sheet.Grid{Info: sheet.Info{Name: "Danh sách"}}
	add := func(number int, texts ...string) {
		row := sheet.Row{Number: number}
		for j, text := range texts {
			if text != "" {
				row.Cells = append(row.Cells, parseCell(j+1, text))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	add(1, "ỦY BAN NHÂN DÂN HUYỆN BA TƠ")
	add(2, "DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024")
	add(4, "TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Điện thoại", "Chức vụ, đơn vị công tác", "Ngày vào Đảng",
		"Chính thức", "Trình độ", "LLCT", "Lớp đăng ký", "Hệ đào tạo", "Ghi chú")
	classes := []string{"Cao cấp lý luận chính trị", "Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 3", "Trung cấp LLCT", "Bồi dưỡng ngạch chuyên viên chính"}
	for i := range n {
		add(5+i, fmt.Sprint(i+1), fmt.Sprintf("Nguyễn Thị %s Hòa", string(rune('A'+i%26))), fmt.Sprintf("%d/%d/19%d", i%28+1, i%12+1, 70+i%30),
			"Nữ", "Kinh", fmt.Sprintf("0511%08d", i), fmt.Sprintf("09%08d", i), "Phó Trưởng phòng Nông nghiệp và PTNT", fmt.Sprintf("%d/%d/2005", i%28+1, i%12+1),
			fmt.Sprintf("%d/%d/2006", i%28+1, i%12+1), "ĐH Kinh tế", "TC", classes[i%len(classes)], "Không tập trung", "")
	}
	add(6+n, fmt.Sprintf("Tổng cộng danh sách này có %d người./.", n))
	return g
}

func BenchmarkRoster(b *testing.B) {
	r := newReader(b)
	for _, n := range []int{2_000, 20_000} {
		g := longRoster(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Document(context.Background(), grids{g}, Options{File: "f.xlsx", Source: "s"}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// A long list is read whole, and its total agrees.
func TestLongRoster(t *testing.T) {
	d, err := newReader(t).Document(context.Background(), grids{longRoster(3000)}, Options{File: "f.xlsx", Source: "s"})
	if err != nil {
		t.Fatal(err)
	}
	s := &d.Sheets[0]
	last := s.Rows[len(s.Rows)-1].Stated
	if n := len(s.Registrations()); n != 3000 || s.NotUnderstood() != 0 || last == nil || last.Count != 3000 || last.Counted != 3000 {
		t.Errorf("%d registrations, %d rows not understood, total %+v", n, s.NotUnderstood(), last)
	}
	for _, r := range s.Registrations() {
		if r.Program == "" || r.Agency != "H09" || !r.BirthDate.IsFull() || r.CitizenID == "" || r.Phone == "" {
			t.Fatalf("row %d is incomplete: %s", r.Origin.Row, describePerson(r))
		}
	}
}
