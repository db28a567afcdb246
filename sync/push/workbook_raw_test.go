package push

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// TestLongTablesAreTheSame: a table that is written raw reads as one that the
// library wrote: values, kinds, looks, links and heights of all cells.
func TestLongTablesAreTheSame(t *testing.T) {
	head := []report.Cell{{Value: "Họ và tên"}, {Value: "Số tiền"}, {Value: "Ghi chú"}}
	rows := [][]report.Cell{head}
	for _, text := range []string{"Nguyễn Văn An", "=1+1", " hai  đầu ", "_x0041_ & <b>", "dòng một\ndòng hai", "", "\x0b\ufffe"} {
		rows = append(rows, []report.Cell{
			{Value: text, Link: &report.Link{Sheet: "Danh sách", Cell: "A1"}},
			{Value: reconcile.VND(36_511_988_780), Style: report.Money},
			{Value: 7, Band: true},
		})
	}
	book := report.Workbook{Title: "Thử", Tabs: []report.Tab{{
		Name: "Danh sách", Filter: true, FreezeRow: 2,
		Blocks: []report.Block{
			{Rows: [][]report.Cell{{{Value: "DANH SÁCH", Style: report.Title, Span: 3}}}},
			{Kind: report.Table, Columns: []report.Column{{Title: "Họ và tên"}, {Title: "Số tiền"}, {Title: "Ghi chú"}}, Rows: rows},
		},
	}}}
	written := func(long int) *excelize.File {
		xlsx, err := workbook(book, long)
		if err != nil {
			t.Fatal(err)
		}
		file, err := excelize.OpenReader(bytes.NewReader(xlsx))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = file.Close() })
		return file
	}
	const sheet = "Danh sách"
	usual, raw := written(longTable), written(1)
	for row := 1; row <= len(rows)+1; row++ {
		for col := 1; col <= 3; col++ {
			name := cellName(col, row)
			want, got := cellOf(t, usual, sheet, name), cellOf(t, raw, sheet, name)
			if got != want {
				t.Errorf("%s is %+v, want %+v", name, got, want)
			}
		}
		want, err := usual.GetRowHeight(sheet, row)
		got, rawErr := raw.GetRowHeight(sheet, row)
		if err != nil || rawErr != nil || got != want {
			t.Errorf("row %d is %g high, want %g (%v, %v)", row, got, want, err, rawErr)
		}
	}
}

type readCell struct {
	shown, plain, link string
	text               bool
	style              int
}

func cellOf(t *testing.T, file *excelize.File, sheet, name string) readCell {
	t.Helper()
	var c readCell
	var errs [4]error
	c.shown, errs[0] = file.GetCellValue(sheet, name)
	c.plain, errs[1] = file.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
	c.style, errs[2] = file.GetCellStyle(sheet, name)
	_, c.link, errs[3] = file.GetCellHyperLink(sheet, name)
	kind, err := file.GetCellType(sheet, name)
	for _, err := range append(errs[:], err) {
		if err != nil {
			t.Fatal(err)
		}
	}
	c.text = kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
	return c
}
