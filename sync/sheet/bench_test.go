package sheet

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

const benchRows, benchCols = 50_000, 15

// benchBook is a roster of 50,000 rows and 15 columns with texts that repeat
// and texts that do not, numbers and dates, as excelize streams it.
var benchBook = sync.OnceValues(func() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return nil, err
	}
	for row := 1; row <= benchRows; row++ {
		values := []any{
			row, fmt.Sprintf("Nguyễn Thị Ánh Tuyết %d", row), 25000 + row%15000, "Kinh", 51079000000 + row,
			"Phó Trưởng phòng", fmt.Sprintf("Phòng số %d", row%200), "Sở Nội vụ", "Đại học", "Trung cấp", 37000 + row%5000,
			"Cao cấp lý luận chính trị, hệ tập trung", "x", 0.25 * float64(row), fmt.Sprintf("09%08d", row),
		}
		if err := f.SetSheetRow("Sheet1", CellName(1, row), &values); err != nil {
			return nil, err
		}
	}
	for _, col := range []string{"C", "K"} {
		if err := f.SetCellStyle("Sheet1", col+"1", col+fmt.Sprint(benchRows), date); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
})

func benchContent(b *testing.B) []byte {
	b.Helper()
	content, err := benchBook()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	return content
}

func reportRows(b *testing.B) {
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkXLSX(b *testing.B) {
	content := benchContent(b)
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
}

// BenchmarkExcelize is the speed of the oracle on the same bytes, to which
// that of this package is compared: its fastest way, rows of raw text.
func BenchmarkExcelize(b *testing.B) {
	content := benchContent(b)
	for range b.N {
		f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchRows {
			b.Fatal(n)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b)
}
