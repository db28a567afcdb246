package push

import (
	"fmt"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// googleChart draws a chart of a report with the Sheets API's own charts.
func googleChart(w *report.Workbook, c *report.Chart, on string, ids map[string]int64) (*sheets.Request, error) {
	holder := on
	if c.Tab != "" {
		holder = c.Tab
	}
	source := w.Tab(holder)
	if source == nil {
		return nil, fmt.Errorf("chart %q: no tab %q", c.Title, holder)
	}
	header, ok := source.RowOf(c.Block)
	if !ok {
		return nil, fmt.Errorf("chart %q: no table %q in tab %q", c.Title, c.Block, holder)
	}
	block := source.Block(c.Block)
	if len(block.Rows) < 2 {
		return nil, nil // nothing to draw
	}
	column := func(col int) *sheets.ChartData {
		return &sheets.ChartData{SourceRange: &sheets.ChartSourceRange{Sources: []*sheets.GridRange{{
			SheetId: ids[holder], StartRowIndex: int64(header) - 1, EndRowIndex: int64(header - 1 + len(block.Rows)),
			StartColumnIndex: int64(col), EndColumnIndex: int64(col) + 1,
		}}}}
	}
	spec := basicChart(c)
	spec.Domains = []*sheets.BasicChartDomain{{Domain: column(c.Labels)}}
	axis := "LEFT_AXIS"
	if spec.ChartType == "BAR" {
		axis = "BOTTOM_AXIS"
	}
	for i, col := range c.Values {
		spec.Series = append(spec.Series, &sheets.BasicChartSeries{
			Series: column(col), TargetAxis: axis, ColorStyle: colour(seriesColours[i%len(seriesColours)]),
			DataLabel: &sheets.DataLabel{Type: "DATA", TextFormat: &sheets.TextFormat{FontSize: 8}},
		})
	}
	return &sheets.Request{AddChart: &sheets.AddChartRequest{Chart: &sheets.EmbeddedChart{
		Spec: &sheets.ChartSpec{Title: c.Title, FontName: fontFace, BasicChart: spec},
		Position: &sheets.EmbeddedObjectPosition{OverlayPosition: &sheets.OverlayPosition{
			AnchorCell:  &sheets.GridCoordinate{SheetId: ids[on], RowIndex: int64(c.Row), ColumnIndex: int64(c.Col)},
			WidthPixels: int64(c.Width), HeightPixels: int64(c.Height),
		}},
	}}}, nil
}

func basicChart(c *report.Chart) *sheets.BasicChartSpec {
	spec := &sheets.BasicChartSpec{ChartType: "BAR", HeaderCount: 1, LegendPosition: "BOTTOM_LEGEND"}
	value := &sheets.BasicChartAxis{Position: "BOTTOM_AXIS", ViewWindowOptions: &sheets.ChartAxisViewWindowOptions{ViewWindowMode: "PRETTY"}}
	switch c.Kind {
	case report.StackedBars:
		spec.StackedType = "STACKED"
	case report.Columns:
		spec.ChartType, value.Position = "COLUMN", "LEFT_AXIS"
	}
	if c.Most > 0 {
		value.ViewWindowOptions = &sheets.ChartAxisViewWindowOptions{
			ViewWindowMode: "EXPLICIT", ViewWindowMax: c.Most, ForceSendFields: []string{"ViewWindowMin"},
		}
	}
	spec.Axis = []*sheets.BasicChartAxis{value}
	if len(c.Values) == 1 {
		spec.LegendPosition = "NO_LEGEND"
	}
	return spec
}
