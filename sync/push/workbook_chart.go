package push

import (
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// seriesColours are told apart also on a black and white printer.
var seriesColours = [...]string{navy, "9DC3E6", "BF9000", "7F7F7F"}

// pixel is the side of one in the units of drawings.
const pixel = 9525

// drawnChart is a chart that has something to draw, and its part.
type drawnChart struct {
	*report.Chart
	number int // 1-based, in the workbook
	xml    string
}

// drawCharts makes the charts of all tabs.
func (b *bookWriter) drawCharts() error {
	b.charts = make([][]drawnChart, len(b.report.Tabs))
	number := 0
	for i := range b.report.Tabs {
		t := &b.report.Tabs[i]
		for j := range t.Charts {
			c := &t.Charts[j]
			xml, err := b.chart(t, c)
			if err != nil {
				return fmt.Errorf("tab %q: chart of %q: %w", t.Name, c.Block, err)
			}
			if xml != "" {
				number++
				b.charts[i] = append(b.charts[i], drawnChart{c, number, xml})
			}
		}
	}
	return nil
}

// The parts of charts, and of the drawings that hold those of one tab.
const (
	chartPart    = "xl/charts/chart%d.xml"
	drawingPart  = "xl/drawings/drawing%d.xml"
	typeChart    = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
	typeDrawings = "application/vnd.openxmlformats-officedocument.drawing+xml"
)

// drawing writes the tab's charts as native ones, with what places them.
func (t *tabWriter) drawing() error {
	var anchors strings.Builder
	var relations []relation
	for _, c := range t.charts[t.number-1] {
		name := fmt.Sprintf(chartPart, c.number)
		if err := t.parts.write(newEntry(name), []byte(xmlHeader+c.xml)); err != nil {
			return err
		}
		relations = append(relations, relation{kind: relationNamespace + "/chart", target: "/" + name})
		fmt.Fprintf(&anchors, `<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`+
			`<xdr:ext cx="%d" cy="%d"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="%[5]d" name="Biểu đồ %[6]d"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`+
			`<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="`+chartNamespace+`">`+
			`<c:chart xmlns:c="`+chartNamespace+`" r:id="rId%[6]d"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`,
			c.Col, c.Row, c.Width*pixel, c.Height*pixel, len(relations)+1, len(relations))
	}
	name := fmt.Sprintf(drawingPart, t.number)
	for _, part := range []struct{ name, content string }{
		{name, `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="` + drawingNamespace +
			`" xmlns:r="` + relationNamespace + `">` + anchors.String() + `</xdr:wsDr>`},
		{relationsName(name), relationsXML(relations...)},
		{relationsName(fmt.Sprintf(sheetPart, t.number)), relationsXML(relation{kind: relationNamespace + "/drawing", target: "/" + name})},
	} {
		if err := t.parts.write(newEntry(part.name), []byte(xmlHeader+part.content)); err != nil {
			return err
		}
	}
	return nil
}

// The namespaces of charts.
const (
	chartNamespace   = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	drawingNamespace = "http://schemas.openxmlformats.org/drawingml/2006/main"
)

// chart is the chart's part, "" when there is nothing to draw. Programs draw it
// from the cells when they open the file.
func (b *bookWriter) chart(own *report.Tab, c *report.Chart) (string, error) {
	source := own
	if c.Tab != "" {
		source = b.report.Tab(c.Tab)
	}
	if source == nil {
		return "", fmt.Errorf("no tab %q", c.Tab)
	}
	header, ok := source.RowOf(c.Block)
	if !ok {
		return "", fmt.Errorf("no such table in tab %q", source.Name)
	}
	block := source.Block(c.Block)
	rows := len(block.Rows) - 1
	if rows < 1 {
		return "", nil
	}
	format := valueFormat(block, c.Values)
	var series strings.Builder
	cells := func(col, first, last int) string {
		name := columnName(col + 1)
		area := fmt.Sprintf("%s!$%s$%d", quoteSheet(source.Name), name, first)
		if last > first {
			area += fmt.Sprintf(":$%s$%d", name, last)
		}
		return escapeXML(area)
	}
	for i, col := range c.Values {
		fmt.Fprintf(&series, `<c:ser><c:idx val="%[1]d"/><c:order val="%[1]d"/><c:tx><c:strRef><c:f>%[2]s</c:f></c:strRef></c:tx>`+
			`<c:spPr><a:solidFill><a:srgbClr val="%[3]s"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>%[4]s`+
			`<c:cat><c:strRef><c:f>%[5]s</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>%[6]s</c:f></c:numRef></c:val></c:ser>`,
			i, cells(col, header, header), seriesColours[i%len(seriesColours)], valueLabels(c.Kind, format.label),
			cells(c.Labels, header+1, header+rows), cells(col, header+1, header+rows))
	}
	return chartXML(c, series.String(), format.axis), nil
}

// chartXML puts the series into their frame.
func chartXML(c *report.Chart, series, format string) string {
	var b strings.Builder
	b.WriteString(`<c:chartSpace xmlns:c="` + chartNamespace + `" xmlns:a="` + drawingNamespace + `"><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>`)
	if c.Title != "" {
		b.WriteString(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>` + fontXML("a:defRPr", 11, true) + `</a:pPr><a:r>` +
			fontXML("a:rPr", 11, true) + `<a:t>` + escapeXML(c.Title) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>`)
	} else {
		b.WriteString(`<c:autoTitleDeleted val="1"/>`)
	}
	direction, grouping, overlap, order, labels, values := "bar", "clustered", "", "maxMin", "l", "t"
	switch c.Kind {
	case report.StackedBars:
		grouping, overlap = "stacked", `<c:overlap val="100"/>`
	case report.Columns:
		direction, order, labels, values = "col", "minMax", "b", "l"
	}
	most := ""
	if c.Most > 0 {
		most = `<c:max val="` + strconv.FormatFloat(c.Most, 'f', -1, 64) + `"/>`
	}
	b.WriteString(`<c:plotArea><c:layout/><c:barChart><c:barDir val="` + direction + `"/><c:grouping val="` + grouping + `"/><c:varyColors val="0"/>` +
		series + `<c:gapWidth val="45"/>` + overlap + `<c:axId val="1"/><c:axId val="2"/></c:barChart>`)
	b.WriteString(`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="` + order + `"/></c:scaling><c:delete val="0"/><c:axPos val="` + labels + `"/>` +
		`<c:numFmt formatCode="General" sourceLinked="0"/>` + axisLook + `<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/>` +
		`<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`)
	b.WriteString(`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>` + most + `<c:min val="0"/></c:scaling><c:delete val="0"/>` +
		`<c:axPos val="` + values + `"/><c:majorGridlines>` + paleLine + `</c:majorGridlines><c:numFmt formatCode="` + escapeXML(format) + `" sourceLinked="0"/>` +
		axisLook + `<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx></c:plotArea>`)
	if len(c.Values) > 1 {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + textLook(9) + `</c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return b.String()
}

// paleLine is the line of an axis and of what lies behind the bars.
const paleLine = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>`

var axisLook = `<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + paleLine + textLook(9)

// valueLabels writes each value beside its bar, or inside where bars stand on
// each other.
func valueLabels(kind report.ChartKind, format string) string {
	place := "outEnd"
	if kind == report.StackedBars {
		place = "ctr"
	}
	return `<c:dLbls><c:numFmt formatCode="` + escapeXML(format) + `" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>` + textLook(8) +
		`<c:dLblPos val="` + place + `"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>` +
		`<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`
}

func textLook(size int) string {
	return `<c:txPr><a:bodyPr/><a:p><a:pPr>` + fontXML("a:defRPr", size, false) + `</a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>`
}

func fontXML(element string, size int, bold bool) string {
	weight := 0
	if bold {
		weight = 1
	}
	return fmt.Sprintf(`<%[1]s sz="%[2]d00" b="%[3]d"><a:solidFill><a:srgbClr val="%[4]s"/></a:solidFill><a:latin typeface="%[5]s"/><a:ea typeface="%[5]s"/><a:cs typeface="%[5]s"/></%[1]s>`,
		element, size, weight, ink, fontFace)
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
