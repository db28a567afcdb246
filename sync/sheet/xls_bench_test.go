package sheet

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
)

// benchXLS is the roster of benchBook as Excel 97 would write it.
func benchXLS() []byte {
	var texts []string
	known := make(map[string]int)
	globals := slices.Concat(fontRecord("Times New Roman", 0, true), record(recXF, 0, 0, 0), record(recXF, 0, 14, 0))
	var cells []byte
	for row := range benchRows {
		values := []any{
			row, fmt.Sprintf("Nguyễn Thị Ánh Tuyết %d", row), date("15/08/1979"), "Kinh", 51079000000.0 + float64(row),
			"Phó Trưởng phòng", fmt.Sprintf("Phòng số %d", row%200), "Sở Nội vụ", "Đại học", "Trung cấp", date("01/09/2003"),
			"Cao cấp lý luận chính trị, hệ tập trung", "x", 0.25 * float64(row), fmt.Sprintf("09%08d", row),
		}
		for col, v := range values {
			switch v := v.(type) {
			case int:
				cells = append(cells, record(recRK, row, col, 0, uint32(v)<<2|2)...)
			case date:
				cells = append(cells, record(recRK, row, col, 1, uint32(serialOf(v.time()))<<2|2)...)
			case float64:
				cells = append(cells, record(recNumber, row, col, 0, v)...)
			case string:
				i, ok := known[v]
				if !ok {
					i = len(texts)
					known[v] = i
					texts = append(texts, v)
				}
				cells = append(cells, record(recLabelSST, row, col, 0, uint32(i))...)
			}
		}
	}
	stream := biff8Stream(append(globals, sharedTexts(texts, 8224)...), cells)
	return oleOf(false, filePart{workbookStream, string(stream)})
}

func BenchmarkXLS(b *testing.B) {
	content := benchXLS()
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	b.ResetTimer()
	for range b.N {
		book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		grid, err := book.Read(context.Background(), 0)
		if err != nil || len(grid.Rows) != benchRows || len(grid.Rows[0].Cells) != benchCols {
			b.Fatal(err)
		}
	}
	reportRows(b)
}
