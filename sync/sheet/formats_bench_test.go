package sheet

import (
	"bytes"
	"context"
	"fmt"
	"testing"
)

// benchTable is the roster of benchBook as a table.
func benchTable() table {
	cells := make(map[string]any, benchRows*benchCols)
	for row := 1; row <= benchRows; row++ {
		for i, v := range []any{
			row, fmt.Sprintf("Nguyễn Thị Ánh Tuyết %d", row), date(appendDate(nil, int64(25000+row%15000))), "Kinh", 51079000000 + row,
			"Phó Trưởng phòng", fmt.Sprintf("Phòng số %d", row%200), "Sở Nội vụ", "Đại học", "Trung cấp", date(appendDate(nil, int64(37000+row%5000))),
			"Cao cấp lý luận chính trị, hệ tập trung", "x", 0.25 * float64(row), fmt.Sprintf("09%08d", row),
		} {
			cells[CellName(i+1, row)] = v
		}
	}
	return table{cells: cells}
}

// BenchmarkFormats reads the roster in the formats that this package's tests
// write themselves.
func BenchmarkFormats(b *testing.B) {
	tab := benchTable()
	for _, f := range []conformant{
		{format: "ods", write: writeODS},
		{format: "spreadsheetml", write: writeSpreadsheetML},
		{format: "csv", write: writeCSV},
		{format: "html", write: writePlainHTML},
	} {
		b.Run(f.format, func(b *testing.B) {
			content := f.write(b, tab)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), DefaultLimits())
				if err != nil {
					b.Fatal(err)
				}
				grid, err := book.Read(context.Background(), 0)
				if err != nil || len(grid.Rows) != benchRows || len(grid.Rows[0].Cells) != benchCols {
					b.Fatal(err, len(grid.Rows))
				}
			}
			reportRows(b)
		})
	}
}

// writePlainHTML writes blanks as they are, as most exports do.
func writePlainHTML(t testing.TB, tab table) []byte {
	return bytes.ReplaceAll(writeHTML(t, tab), []byte("<span style='mso-spacerun:yes'>\u00a0</span>"), []byte(" "))
}
