package understand

import (
	"bytes"
	"context"
	"testing"

	"doisoat/sync/sheet"
)

// TestAboveTheTable: an exporter writes letterhead and title as paragraphs
// above its table, not as rows of it.
func TestAboveTheTable(t *testing.T) {
	page := []byte(`<html><meta charset="utf-8"><center>TỈNH ỦY QUẢNG NGÃI<br>BAN DÂN VẬN</center>
<h2>DANH SÁCH CÁN BỘ ĐĂNG KÝ HỌC LỚP CAO CẤP LÝ LUẬN CHÍNH TRỊ HỆ TẬP TRUNG NĂM 2024</h2>
<table><tr><th>TT<th>Họ và tên<th>Ngày sinh<th>Chức vụ</tr>
<tr><td>1<td>Trần Thị Bích Hạnh<td>12/03/1986<td>Phó Trưởng phòng</tr>
<tr><td>2<td>Phạm Văn Tín<td>02/09/1982<td>Chuyên viên</tr></table>`)
	book, err := sheet.Open(context.Background(), bytes.NewReader(page), int64(len(page)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	d, err := newReader(t).Document(context.Background(), book, Options{File: "export.xls"})
	if err != nil {
		t.Fatal(err)
	}
	people := d.Registrations()
	if len(people) != 2 {
		t.Fatalf("%d registrations, want 2", len(people))
	}
	for _, r := range people {
		if r.Agency != "D03" || r.Program != "CCLLCT-TT" {
			t.Errorf("%s: agency %q, program %q", r.FullName, r.Agency, r.Program)
		}
	}
	if got := d.Sheets[0].NonEmptyRows; got != 3 {
		t.Errorf("%d rows, want 3: text above a table is no row of it", got)
	}
}
