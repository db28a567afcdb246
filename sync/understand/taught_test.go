package understand

import (
	"context"
	"testing"

	"doisoat/reconcile"

	"github.com/google/go-cmp/cmp"
)

const unknownHeaders = `!merge D1:E1
1| TT | Người của ta | Lúc chào đời | Thông tin | | Lớp
2| | | | Ghi thêm | Chức vụ
3| 1 | Hồ Thị Xa | 15/08/1980 | đợt 2 | Trưởng phòng | QPAN ĐT3
4| 2 | Đinh Văn Treo | 16/08/1981 | đợt 2 | Trưởng phòng | QPAN ĐT3
`

// What was taught is read; the same list without it names the unknown columns
// with their first values, and no date or number of a person among them.
func TestTeach(t *testing.T) {
	o := Options{File: "ds.xlsx", Source: "ds.xlsx"}
	read := func(r *Reader) []reconcile.Column {
		g := parseGrid(t, "DS", "1| TT | Họ và tên | Lúc chào đời | Bí danh trên hệ thống | Người bảo lãnh | Lớp\n"+
			"2| 1 | Hồ Thị Xa | 15/08/1980 | 150879 | anh Hai | QPAN ĐT3\n"+
			"3| 2 | Đinh Văn Treo | 16/08/1981 | Mã A-12 | anh Hai | QPAN ĐT3\n"+
			"4| 3 | Lê Văn Ba | 17/08/1982 | 051080001234 | chị Tư | QPAN ĐT3\n", &o)
		d, err := r.Document(context.Background(), grids{g}, o)
		if err != nil {
			t.Fatal(err)
		}
		return d.Sheets[0].Columns[3:5]
	}
	plain := newReader(t)
	want := []reconcile.Column{
		{Letter: "D", Header: "Bí danh trên hệ thống", Field: reconcile.FieldUnclear, Examples: []string{"••••••", "Mã A-12", "••••••••••••"}},
		{Letter: "E", Header: "Người bảo lãnh", Field: reconcile.FieldUnclear, Examples: []string{"anh Hai", "chị Tư"}},
	}
	if diff := cmp.Diff(want, read(plain)); diff != "" {
		t.Error(diff)
	}
	taught := plain.Teach(map[reconcile.Field][]string{
		reconcile.FieldIgnored: {"bí danh trên HỆ THỐNG"}, reconcile.FieldNote: {"Người bảo lãnh"},
	})
	want = []reconcile.Column{
		{Letter: "D", Header: "Bí danh trên hệ thống", Field: reconcile.FieldIgnored},
		{Letter: "E", Header: "Người bảo lãnh", Field: reconcile.FieldNote},
	}
	if diff := cmp.Diff(want, read(taught)); diff != "" {
		t.Error(diff)
	}
	if read(plain)[0].Field != reconcile.FieldUnclear {
		t.Error("teaching one reader has taught another")
	}
}

// A header of which nothing was known finds its table once it is taught.
func TestTeachWholeHeader(t *testing.T) {
	o := Options{File: "ds.xlsx", Source: "ds.xlsx"}
	r := newReader(t).Teach(map[reconcile.Field][]string{
		reconcile.FieldFullName: {"Người của ta"}, reconcile.FieldBirthDate: {"Lúc chào đời"}, reconcile.FieldNote: {"Thông tin / Ghi thêm"},
	})
	d, err := r.Document(context.Background(), grids{parseGrid(t, "DS", unknownHeaders, &o)}, o)
	if err != nil {
		t.Fatal(err)
	}
	list := d.Registrations()
	if len(list) != 2 || list[0].FullName != "Hồ Thị Xa" || list[0].BirthDate.String() != "1980-08-15" || list[0].Note != "đợt 2" || list[0].Program != "QPAN-3" {
		t.Errorf("%s", describe(d))
	}
}

func TestMasked(t *testing.T) {
	for text, want := range map[string]string{
		"15/08/1980": "••/••/••••", "8/79": "•/••", "1979": "••••", "0905 123 456": "•••• ••• •••", "5.10900E+10": "•.•••••E+••",
		"đợt 2": "đợt 2", "K45": "K45", "hạng II": "hạng II", "Quyết định số 263 ngày 2": "Quyết định số ••• ngày •", "": "",
	} {
		if got := masked(text); got != want {
			t.Errorf("masked(%q) = %q, want %q", text, got, want)
		}
	}
}
