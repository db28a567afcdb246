package push_test

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
)

// What Google would show of a spreadsheet can be looked at without an account:
//
//	go test ./sync/push -run Picture -picture DIR
//	soffice --headless --convert-to pdf --outdir DIR DIR/*.xlsx
//	pdftoppm -r 60 -png DIR/sai-lech.pdf DIR/sai-lech
var picture = flag.String("picture", "", "folder into which TestPicture writes the spreadsheets as .xlsx files")

// TestPicture exports an agency's tab and the office's report, as the requests
// left them, to .xlsx files.
func TestPicture(t *testing.T) {
	dir := *picture
	if dir == "" {
		dir = t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	data := reporttest.Data(1, 3000)
	f := newFixture(t)
	doc := slices.MaxFunc(data.Documents, func(a, b *reconcile.Document) int {
		return cmp.Compare(findingsIn(data, a), findingsIn(data, b))
	})
	f.write(report.DiscrepancySheet(data, doc.Agency, doc))
	f.export(filepath.Join(dir, "sai-lech.xlsx"), reconcile.DiscrepancyTab)

	b := newBookFixture(t, 300)
	b.refusals = true
	b.report()
	b.export(filepath.Join(dir, "tong-hop.xlsx"), report.OverviewTab, report.QuotasTab, report.MatrixTab, report.MoneyTab, reconcile.DecisionsTab, report.UseTab)
}

func findingsIn(data *report.Data, doc *reconcile.Document) int {
	n := 0
	for i := range data.Discrepancies {
		if data.Discrepancies[i].Place.Source == doc.Source {
			n++
		}
	}
	return n
}

// export writes tabs of the spreadsheet to an .xlsx file.
func (f *fixture) export(path string, tabs ...string) {
	f.Helper()
	out := excelize.NewFile()
	defer out.Close()
	e := &exporter{fixture: f, out: out, styles: make(map[string]int)}
	for _, title := range tabs {
		for _, s := range f.server.Spreadsheet(bookID).Sheets {
			if s.Properties.Title == title {
				e.tab(s)
			}
		}
	}
	e.must(out.DeleteSheet("Sheet1"))
	e.must(out.SaveAs(path))
	if len(out.GetSheetList()) != len(tabs) {
		f.Errorf("%s has the tabs %q", filepath.Base(path), out.GetSheetList())
	}
}

type exporter struct {
	*fixture
	out    *excelize.File
	styles map[string]int
}

func (e *exporter) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

func (e *exporter) tab(s *sheets.Sheet) {
	e.Helper()
	name := s.Properties.Title
	_, err := e.out.NewSheet(name)
	e.must(err)
	for i, r := range s.Data[0].RowData {
		for j, c := range r.Values {
			e.cell(name, cellAt(i, j), c)
		}
	}
	for i, p := range s.Data[0].RowMetadata {
		height := float64(p.PixelSize) * 3 / 4
		if p.PixelSize == 21 && i < len(s.Data[0].RowData) {
			height = fitted(s, i)
		}
		e.must(e.out.SetRowHeight(name, i+1, min(height, 400)))
	}
	for j, p := range s.Data[0].ColumnMetadata {
		column, err := excelize.ColumnNumberToName(j + 1)
		e.must(err)
		e.must(e.out.SetColWidth(name, column, column, float64(p.PixelSize-5)/7))
	}
	for _, m := range s.Merges {
		e.must(e.out.MergeCell(name, cellAt(int(m.StartRowIndex), int(m.StartColumnIndex)), cellAt(int(m.EndRowIndex)-1, int(m.EndColumnIndex)-1)))
	}
	for _, c := range s.Charts {
		e.chart(s, c)
	}
	e.page(s)
}

// fitted is the height in points to which Google fits a row that has none of
// its own.
func fitted(s *sheets.Sheet, row int) float64 {
	height, columns := 15.75, s.Data[0].ColumnMetadata
	for j, c := range s.Data[0].RowData[row].Values {
		f := c.UserEnteredFormat
		merged := slices.ContainsFunc(s.Merges, func(m *sheets.GridRange) bool { return int(m.StartRowIndex) == row && int(m.StartColumnIndex) == j })
		if f == nil || f.TextFormat == nil || j >= len(columns) || merged {
			continue
		}
		lines := 0.0
		for line := range strings.Lines(text(c)) {
			n := 1.0
			if f.WrapStrategy == "WRAP" {
				n = max(1, math.Ceil(float64(len([]rune(line)))*float64(f.TextFormat.FontSize)*0.7/float64(columns[j].PixelSize-6)))
			}
			lines += n
		}
		height = max(height, lines*float64(f.TextFormat.FontSize)*1.3+4)
	}
	return height
}

// chart draws a chart from the table that it shows.
func (e *exporter) chart(on *sheets.Sheet, c *sheets.EmbeddedChart) {
	e.Helper()
	spec, at := c.Spec.BasicChart, c.Position.OverlayPosition
	area := func(d *sheets.ChartData, from int64) string {
		r := d.SourceRange.Sources[0]
		for _, s := range e.server.Spreadsheet(bookID).Sheets {
			if s.Properties.SheetId == r.SheetId {
				top, last := cellAt(int(r.StartRowIndex+from), int(r.StartColumnIndex)), cellAt(int(r.EndRowIndex)-1, int(r.StartColumnIndex))
				return fmt.Sprintf("'%s'!%s:%s", s.Properties.Title, absolute(top), absolute(last))
			}
		}
		return ""
	}
	kind := map[string]excelize.ChartType{"BAR": excelize.Bar, "COLUMN": excelize.Col}[spec.ChartType]
	if spec.StackedType == "STACKED" {
		kind = excelize.BarStacked
	}
	chart := &excelize.Chart{
		Type: kind, Dimension: excelize.ChartDimension{Width: uint(at.WidthPixels), Height: uint(at.HeightPixels)},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Spec.Title}}}, Legend: excelize.ChartLegend{Position: "bottom"},
		XAxis: excelize.ChartAxis{ReverseOrder: spec.ChartType == "BAR"},
	}
	for _, s := range spec.Series {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Categories: area(spec.Domains[0].Domain, 1), Values: area(s.Series, 1),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(s.ColorStyle)}},
		})
	}
	e.must(e.out.AddChart(on.Properties.Title, cellAt(int(at.AnchorCell.RowIndex), int(at.AnchorCell.ColumnIndex)), chart))
}

func absolute(cell string) string {
	column := strings.TrimRight(cell, "0123456789")
	return "$" + column + "$" + cell[len(column):]
}

// page sets what stays in sight and prints the tab as wide as the paper.
func (e *exporter) page(s *sheets.Sheet) {
	e.Helper()
	name, off := s.Properties.Title, false
	e.must(e.out.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	if g := s.Properties.GridProperties; g.FrozenRowCount > 0 {
		e.must(e.out.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: int(g.FrozenRowCount), XSplit: int(g.FrozenColumnCount), TopLeftCell: cellAt(int(g.FrozenRowCount), int(g.FrozenColumnCount)), ActivePane: "bottomLeft"}))
	}
	wide, tall, landscape, fit := 1, 0, "landscape", true
	e.must(e.out.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	e.must(e.out.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

func cellAt(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		panic(err)
	}
	return name
}

func (e *exporter) cell(tab, at string, c *sheets.CellData) {
	e.Helper()
	if v := c.EffectiveValue; v != nil {
		switch {
		case v.StringValue != nil:
			e.must(e.out.SetCellStr(tab, at, *v.StringValue))
		case v.NumberValue != nil:
			e.must(e.out.SetCellFloat(tab, at, *v.NumberValue, -1, 64))
		}
	}
	f := c.UserEnteredFormat
	if f == nil {
		return
	}
	key := fmt.Sprint(f.BackgroundColorStyle != nil, f.Borders != nil, f.HorizontalAlignment, f.VerticalAlignment, f.WrapStrategy, f.TextRotation != nil, f.NumberFormat) + hex(f.BackgroundColorStyle)
	if f.TextFormat != nil {
		key += fmt.Sprint(f.TextFormat.Bold, f.TextFormat.Italic, f.TextFormat.Underline, f.TextFormat.FontSize) + hex(f.TextFormat.ForegroundColorStyle)
	}
	id, ok := e.styles[key]
	if !ok {
		var err error
		id, err = e.out.NewStyle(styleOf(f))
		e.must(err)
		e.styles[key] = id
	}
	e.must(e.out.SetCellStyle(tab, at, at, id))
}

// styleOf is a cell's format in Google as an .xlsx has it.
func styleOf(f *sheets.CellFormat) *excelize.Style {
	vertical := strings.ToLower(f.VerticalAlignment)
	if vertical == "middle" {
		vertical = "center"
	}
	s := &excelize.Style{Alignment: &excelize.Alignment{
		Horizontal: strings.ToLower(f.HorizontalAlignment), Vertical: vertical, WrapText: f.WrapStrategy == "WRAP",
	}}
	if t := f.TextFormat; t != nil {
		s.Font = &excelize.Font{Family: t.FontFamily, Size: float64(t.FontSize), Bold: t.Bold, Italic: t.Italic, Color: hex(t.ForegroundColorStyle)}
		if t.Underline {
			s.Font.Underline = "single"
		}
	}
	if f.TextRotation != nil {
		s.Alignment.TextRotation = int(f.TextRotation.Angle)
	}
	if f.BackgroundColorStyle != nil {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(f.BackgroundColorStyle)}}
	}
	if f.Borders != nil {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: hex(f.Borders.Left.ColorStyle)})
		}
	}
	if n := f.NumberFormat; n != nil && n.Pattern != "" {
		s.CustomNumFmt = &n.Pattern
	}
	return s
}

func hex(c *sheets.ColorStyle) string {
	if c == nil || c.RgbColor == nil {
		return ""
	}
	part := func(x float64) int { return int(x*255 + 0.5) }
	return fmt.Sprintf("%02X%02X%02X", part(c.RgbColor.Red), part(c.RgbColor.Green), part(c.RgbColor.Blue))
}
