package sheet

import (
	"context"
	"fmt"
	"io"

	"doisoat/sync/sheet/formula"
)

// spreadsheetmlBook is a workbook in the XML of Excel 2002 and 2003 ("XML
// Spreadsheet Reference"), which many systems export under the name of .xls.
type spreadsheetmlBook struct {
	limits   Limits
	sheets   []Info
	styles   map[string]cellStyle
	date1904 bool
	stream   sheetStream
	formulas *calculator
	names    definedNames
}

func openSpreadsheetML(ctx context.Context, s *source) (Book, error) {
	b := &spreadsheetmlBook{limits: s.limits, styles: make(map[string]cellStyle), names: definedNames{syntax: formula.R1C1}}
	b.stream = sheetStream{element: "Worksheet", depth: 2, open: func(ctx context.Context) (*document, error) {
		return newDocument(ctx, io.NewSectionReader(s.r, 0, s.size), io.NopCloser(nil))
	}}
	doc, err := b.stream.open(ctx)
	if err != nil {
		return nil, err
	}
	styles := spreadsheetmlStyles{styles: make(map[string]spreadsheetmlStyle)}
	if err := doc.root(func(x *xmlScanner) error { return b.scan(x, &styles) }); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, fmt.Errorf("%w: a workbook without sheets", ErrEmpty)
	}
	b.styles = styles.cells()
	b.formulas = newCalculator(b.limits, b.sheets, &b.names, b.read)
	return b, nil
}

func (b *spreadsheetmlBook) scan(x *xmlScanner, styles *spreadsheetmlStyles) error {
	return x.children(func() error {
		switch string(x.name) {
		case "ExcelWorkbook":
			return x.children(func() error {
				b.date1904 = b.date1904 || string(x.name) == "Date1904"
				return x.skip()
			})
		case "Styles":
			return x.children(func() error { return styles.scan(x) })
		case "Names":
			return x.children(func() error {
				b.names.add(x.attr("x:Name"), -1, x.attr("x:RefersTo"))
				return x.skip()
			})
		case "Worksheet":
			return b.scanWorksheet(x)
		}
		return x.skip()
	})
}

// scanWorksheet notes a sheet. Whether it is shown stands behind its rows.
func (b *spreadsheetmlBook) scanWorksheet(x *xmlScanner) error {
	if len(b.sheets) == b.limits.Sheets {
		return fmt.Errorf("%w: more than %d sheets", ErrTooLarge, b.limits.Sheets)
	}
	info := Info{Name: x.attr("x:Name"), Index: len(b.sheets)}
	err := x.children(func() error {
		if string(x.name) != "WorksheetOptions" {
			return x.skip()
		}
		return x.children(func() error {
			if string(x.name) != "Visible" {
				return x.skip()
			}
			state, err := x.appendText(nil, xmlBuffer)
			info.Hidden = string(state) == "SheetHidden" || string(state) == "SheetVeryHidden"
			return err
		})
	})
	b.sheets = append(b.sheets, info)
	return err
}

func (b *spreadsheetmlBook) Format() string { return "spreadsheetml" }

func (b *spreadsheetmlBook) Sheets() []Info { return append([]Info(nil), b.sheets...) }

func (b *spreadsheetmlBook) Close() error { return b.stream.Close() }

func (b *spreadsheetmlBook) Read(ctx context.Context, i int) (*Grid, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, fmt.Errorf("sheet %d of %d", i, len(b.sheets))
	}
	grid, err := b.formulas.sheet(ctx, i)
	if err != nil {
		return nil, fmt.Errorf("sheet %q: %w", b.sheets[i].Name, err)
	}
	return grid, nil
}

// read reads a sheet, and which of its formulas have to be calculated.
func (b *spreadsheetmlBook) read(ctx context.Context, i int) (*Grid, *unsolved, error) {
	table := spreadsheetmlTable{collector: newCollector(b.sheets[i], b.limits), book: b}
	x, err := b.stream.seek(ctx, i)
	if err == nil {
		err = b.stream.done(table.scan(x))
	}
	return table.grid, &table.formulas, err
}
