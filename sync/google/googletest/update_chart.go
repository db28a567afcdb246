package googletest

import (
	"fmt"
	"slices"

	"google.golang.org/api/sheets/v4"
)

func (b *book) addChart(r *sheets.AddChartRequest) (*sheets.Response, error) {
	c := r.Chart
	if c == nil || c.Spec == nil || c.Spec.BasicChart == nil {
		return nil, fmt.Errorf("this server knows basic charts alone")
	}
	if c.Position == nil || c.Position.OverlayPosition == nil || c.Position.OverlayPosition.AnchorCell == nil {
		return nil, fmt.Errorf("a chart needs a place")
	}
	at := c.Position.OverlayPosition.AnchorCell
	t := b.tab(at.SheetId)
	switch {
	case t == nil:
		return nil, fmt.Errorf("no grid with id: %d", at.SheetId)
	case at.RowIndex >= t.grid.RowCount || at.ColumnIndex >= t.grid.ColumnCount:
		return nil, fmt.Errorf("the chart's anchor is not in the grid")
	case len(c.Spec.BasicChart.Series) == 0:
		return nil, fmt.Errorf("a chart needs a series")
	}
	if err := b.checkChart(c.Spec.BasicChart); err != nil {
		return nil, err
	}
	b.lastID++
	made := *c
	made.ChartId = b.lastID
	t.charts = append(t.charts, &made)
	return &sheets.Response{AddChart: &sheets.AddChartResponse{Chart: &made}}, nil
}

// checkChart wants ranges of one column or row that are there, and axes that go
// with the kind of chart.
func (b *book) checkChart(spec *sheets.BasicChartSpec) error {
	ranges := make([]*sheets.GridRange, 0, len(spec.Series)+1)
	add := func(d *sheets.ChartData) {
		if d != nil && d.SourceRange != nil {
			ranges = append(ranges, d.SourceRange.Sources...)
		}
	}
	for _, d := range spec.Domains {
		add(d.Domain)
	}
	value := "LEFT_AXIS"
	if spec.ChartType == "BAR" {
		value = "BOTTOM_AXIS"
	}
	for _, s := range spec.Series {
		add(s.Series)
		if s.TargetAxis != value {
			return fmt.Errorf("a series of a %s chart cannot be drawn against %s", spec.ChartType, s.TargetAxis)
		}
	}
	for _, r := range ranges {
		_, a, err := b.place(r)
		if err != nil {
			return err
		}
		if a.endRow-a.row > 1 && a.endCol-a.col > 1 {
			return fmt.Errorf("a chart's range must be one row or one column")
		}
	}
	return nil
}

func (b *book) deleteEmbeddedObject(r *sheets.DeleteEmbeddedObjectRequest) error {
	for _, t := range b.tabs {
		for i, c := range t.charts {
			if c.ChartId == r.ObjectId {
				t.charts = slices.Delete(t.charts, i, i+1)
				return nil
			}
		}
	}
	return fmt.Errorf("no embedded object with id: %d", r.ObjectId)
}

// autoResizeDimensions forgets the sizes that were set, since the server draws
// nothing.
func (b *book) autoResizeDimensions(r *sheets.AutoResizeDimensionsRequest) error {
	t, start, end, err := b.span(r.Dimensions, false)
	if err != nil {
		return err
	}
	props := t.rowProps
	if r.Dimensions.Dimension == columnsDimension {
		props = t.colProps
	}
	for i := start; i < end; i++ {
		delete(props, i)
	}
	return nil
}
