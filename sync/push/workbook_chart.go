package push

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// seriesColours are told apart also on a black and white printer.
var seriesColours = [...]string{navy, "9DC3E6", "BF9000", "7F7F7F"}

// charts draws the tab's charts as native ones.
func (t *tabWriter) charts() error {
	for i := range t.tab.Charts {
		c := &t.tab.Charts[i]
		if err := t.chart(c); err != nil {
			return fmt.Errorf("chart of %q: %w", c.Block, err)
		}
	}
	return nil
}

func (t *tabWriter) chart(c *report.Chart) error {
	source := t.tab
	if c.Tab != "" {
		source = t.report.Tab(c.Tab)
	}
	if source == nil {
		return fmt.Errorf("no tab %q", c.Tab)
	}
	header, ok := source.RowOf(c.Block)
	if !ok {
		return fmt.Errorf("no such table in tab %q", source.Name)
	}
	block := source.Block(c.Block)
	rows := len(block.Rows) - 1
	if rows < 1 {
		return nil // nothing to draw
	}
	column := func(col int) string {
		name := columnName(col + 1)
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(source.Name), name, header+1, name, header+rows)
	}
	chart := baseChart(c, valueFormat(block, c.Values))
	for i, col := range c.Values {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name:              fmt.Sprintf("%s!$%s$%d", quoteSheet(source.Name), columnName(col+1), header),
			Categories:        column(c.Labels),
			Values:            column(col),
			Fill:              excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{seriesColours[i%len(seriesColours)]}},
			DataLabel:         excelize.ChartDataLabel{Font: chartFont(8)},
			DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd,
		})
	}
	if len(c.Values) == 1 {
		chart.Legend.Position = "none"
	}
	return t.file.AddChart(t.tab.Name, cellName(c.Col+1, c.Row+1), chart)
}

func baseChart(c *report.Chart, format numberFormat) *excelize.Chart {
	kinds := map[report.ChartKind]excelize.ChartType{
		report.Bars: excelize.Bar, report.StackedBars: excelize.BarStacked, report.Columns: excelize.Col,
	}
	gap, zero := uint(45), 0.0
	font := chartFont(9)
	var most *float64
	if c.Most > 0 {
		most = &c.Most
	}
	chart := &excelize.Chart{
		Type:      kinds[c.Kind],
		Dimension: excelize.ChartDimension{Width: uint(c.Width), Height: uint(c.Height)},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format.label}},
		XAxis:     excelize.ChartAxis{Font: font, ReverseOrder: c.Kind != report.Columns},
		YAxis: excelize.ChartAxis{
			Font: font, MajorGridLines: true, Minimum: &zero, Maximum: most, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format.axis},
		},
		GapWidth: &gap,
		Border:   excelize.LineOptions{Type: excelize.LineNone},
		Format:   excelize.GraphicOptions{Positioning: "oneCell"},
	}
	if c.Title != "" {
		title := excelize.Font{Family: fontFace, Size: 11, Bold: true, Color: ink}
		chart.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &title}}}
	}
	return chart
}

// numberFormat is how a chart writes its values, beside the bars and along the
// axis.
type numberFormat struct{ label, axis string }

// valueFormat writes money in thousand millions.
func valueFormat(block *report.Block, values []int) numberFormat {
	for _, row := range block.Rows[1:] {
		for _, col := range values {
			if col >= len(row) {
				continue
			}
			switch row[col].Value.(type) {
			case reconcile.VND:
				return numberFormat{`[$-42A]#,##0.0,,," tỷ"`, `[$-42A]#,##0,,," tỷ"`}
			case report.Percent:
				return numberFormat{`0%`, `0%`}
			}
		}
	}
	return numberFormat{wholeFormat, wholeFormat}
}

func chartFont(size float64) excelize.Font {
	return excelize.Font{Family: fontFace, Size: size, Color: ink}
}
