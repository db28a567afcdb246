package understand

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"

	"pgregory.net/rapid"
)

// seeds are texts of every kind that the parsers meet.
var seeds = []string{
	"", "-", "x", "Nguyễn Văn Tư", "Đ/c ThS. Lê Thị Hạnh (1980)", "15/8/1979", "ngày 02 tháng 3 năm 1980", "26797", "5,10900E+10",
	"051073009638", "0905.123.456; 0914555666", "CCLLCT + QLNN", "Cao cấp LLCT hệ tập trung, không tập trung", "Trưởng phòng, P.KT&HT",
	"Phó Bí thư Đảng ủy, Chủ tịch UBND xã Bình An", "UBND h. Bình Sơn", "3.430.439.000", "16143000 đồng", "Tổng cộng: 05 đồng chí",
	"A. KHỐI ĐẢNG", "(Kèm theo Công văn số 1 của Sở Y tế)", "1. Lê Văn Một\n2. Trần Thị Hai", "ngày 10:20", "İÍ\u0301\u0300", "\xff\xfe", "9 . . . 9", "xã X",
}

// FuzzValues feeds any text to every parser of a value: none may panic, and
// what they return must be clean.
func FuzzValues(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, 1.5)
	}
	r := New(loadPlan(f))
	f.Fuzz(func(t *testing.T, text string, n float64) {
		for _, c := range []cell{
			{Cell: &sheet.Cell{Col: 1, Text: text}, text: reconcile.Clean(text)},
			{Cell: &sheet.Cell{Col: 1, Text: text, Kind: sheet.Number, Number: n}, text: reconcile.Clean(text)},
			{Cell: &sheet.Cell{Col: 1, Text: text, Kind: sheet.Date, Number: n, Style: &sheet.Style{Format: text}}, text: reconcile.Clean(text)},
		} {
			for _, order := range []dateOrder{dayFirst, monthFirst, mixedOrder} {
				d := dateReader{pivot: 2024, order: order, swapped: order == mixedOrder}.cell(c)
				for _, date := range d.all() {
					if _, err := reconcile.NewDate(date.Year, date.Month, date.Day); err != nil {
						t.Errorf("no date: %v", err)
					}
				}
			}
			if id, _ := citizenID(c); id != "" && len(id) != 12 {
				t.Errorf("an ID of %d digits", len(id))
			}
			if number, _ := phone(c); number != "" && number[0] != '0' {
				t.Errorf("a phone without its zero")
			}
			if v, ok := money(c, 1000); ok && (v > maxAmount || v < -maxAmount) {
				t.Errorf("an amount out of bounds")
			}
			thousandths(c)
			count(c)
			ordinalOf(c)
		}
		for _, p := range people(text, dateReader{pivot: 2024}) {
			if p.name != reconcile.Clean(p.name) {
				t.Errorf("a name that is not clean: %q", p.name)
			}
		}
		education(text)
		politicalTheory(text)
		ethnicity(text)
		formOf(text)
		splitPosition(text)
		splitCamel(text)
		for _, m := range r.ResolveProgram(text, "") {
			for _, code := range m.Codes {
				if r.plan.Program(code) == nil {
					t.Errorf("no program %q", code)
				}
			}
		}
		if code, _ := r.ResolveAgency(text, reconcile.Date{Year: 2024}); code != "" && r.agencies.register.Agency(code) == nil {
			t.Errorf("no agency %q", code)
		}
	})
}

// FuzzDocument reads a grid made of any text: lines are rows, tabs part cells.
func FuzzDocument(f *testing.F) {
	f.Add("TT\tHọ và tên\tNăm sinh\tLớp\n1\tLê Văn Một\t1980\tQPAN ĐT3\nTổng cộng: 1", "Sheet1")
	f.Add("TT\tNội dung chi\tSố lượng\tMức chi\tThành tiền\nI\tChi\t\t\t10\n1\tNước\t2\t5\t10", "Dự toán")
	f.Add("TT\tCơ quan\tCCLLCT\tQPAN ĐT3\n1\tSở Y tế\t1\t2\n\tCộng\t1\t2", "Phân bổ")
	f.Add("Mã\tPhản hồi\tGiải trình\nDL01-AAAAAAAA\tđã sửa\t", "SAI LỆCH")
	f.Add(strings.Join(seeds, "\t"), "x")
	r := New(loadPlan(f))
	f.Fuzz(func(t *testing.T, text, name string) {
		if !utf8.ValidString(text) {
			return
		}
		g := &sheet.Grid{Info: sheet.Info{Name: name}}
		for i, l := range strings.Split(text, "\n") {
			row := sheet.Row{Number: i + 1}
			for j, c := range strings.Split(l, "\t") {
				if c != "" && j < 64 {
					row.Cells = append(row.Cells, parseCell(j+1, c))
				}
			}
			if len(row.Cells) > 0 {
				g.Rows = append(g.Rows, row)
			}
		}
		checkAccounted(t, r, g)
	})
}

// checkAccounted reads the sheets and proves that every row that is not blank
// is accounted for once, in order, and that only registrations hold people.
func checkAccounted(t interface{ Fatalf(string, ...any) }, r *Reader, sheets ...*sheet.Grid) {
	d, err := r.Document(context.Background(), grids(sheets), Options{File: "f.xlsx", Source: "s"})
	if errors.Is(err, sheet.ErrEmpty) {
		return // refused as a whole, which its sender is told
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	for i := range d.Sheets {
		s := &d.Sheets[i]
		want := []int{}
		for j := range sheets[i].Rows {
			for _, c := range sheets[i].Rows[j].Cells {
				if reconcile.Clean(c.Text) != "" {
					want = append(want, sheets[i].Rows[j].Number)
					break
				}
			}
		}
		if len(want) != s.NonEmptyRows || s.Accounted() != s.NonEmptyRows {
			t.Fatalf("%d rows, %d not blank, %d accounted for", len(want), s.NonEmptyRows, s.Accounted())
		}
		for j := range s.Rows {
			row := &s.Rows[j]
			if row.Number != want[j] || row.Kind == "" {
				t.Fatalf("row %d is %q, want row %d", row.Number, row.Kind, want[j])
			}
			if len(row.Registrations) > 0 && row.Kind != reconcile.RowRegistration {
				t.Fatalf("row %d is %s and holds people", row.Number, row.Kind)
			}
			for _, reg := range row.Registrations {
				if reg.Origin.Row != row.Number {
					t.Fatalf("row %d holds a registration from row %d", row.Number, reg.Origin.Row)
				}
			}
		}
	}
}

// Any grid of any cells, merged anywhere, is accounted for row by row.
func TestEveryRowIsAccountedFor(t *testing.T) {
	r := newReader(t)
	words := append([]string{
		"TT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Giới tính", "Chức vụ", "Đơn vị", "Lớp đăng ký", "Ghi chú", "Trình độ", "LLCT", "Chuyên môn",
		"Hệ đào tạo", "Tập trung", "CCLLCT", "QPAN ĐT3", "Thành tiền", "Mức chi", "Số lượng", "Nội dung chi", "Cơ quan, đơn vị", "Tổng số", "1", "2", "I", "II", "A",
		"Cộng", "NGƯỜI LẬP", "Sở Y tế", "SỞ Y TẾ", "DANH SÁCH ĐĂNG KÝ", "Mã", "Phản hồi", "Giải trình", "Họ đệm", "Tên", "Ngày", "Tháng", "Năm", "…", "không",
	}, seeds...)
	rapid.Check(t, func(rt *rapid.T) {
		var sheets []*sheet.Grid
		for range rapid.IntRange(1, 3).Draw(rt, "sheets") {
			g := &sheet.Grid{Info: sheet.Info{Name: rapid.SampledFrom(words).Draw(rt, "name")}}
			number := 0
			for range rapid.IntRange(0, 14).Draw(rt, "rows") {
				number += rapid.IntRange(1, 2).Draw(rt, "gap")
				row := sheet.Row{Number: number, Hidden: rapid.Bool().Draw(rt, "hidden")}
				col := 0
				for range rapid.IntRange(1, 9).Draw(rt, "cells") {
					col += rapid.IntRange(1, 2).Draw(rt, "space")
					row.Cells = append(row.Cells, parseCell(col, rapid.SampledFrom(words).Draw(rt, "text")))
				}
				g.Rows = append(g.Rows, row)
			}
			for range rapid.IntRange(0, 5).Draw(rt, "merges") {
				row, col := rapid.IntRange(1, 14).Draw(rt, "r"), rapid.IntRange(1, 9).Draw(rt, "c")
				g.Merges = append(g.Merges, sheet.Range{
					FirstRow: row, FirstCol: col,
					LastRow: row + rapid.IntRange(0, 3).Draw(rt, "down"), LastCol: col + rapid.IntRange(0, 4).Draw(rt, "right"),
				})
			}
			sheets = append(sheets, g)
		}
		checkAccounted(rt, r, sheets...)
	})
}
