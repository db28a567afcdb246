package sheet

import (
	"context"
	"fmt"
	"strings"
)

// xlsxBook is an Office Open XML workbook (ECMA-376 part 1, 18), transitional
// or strict, with or without macros. Sheets are scanned as they are unpacked;
// nothing is written to disk.
type xlsxBook struct {
	archive *archive
	limits  Limits
	sheets  []Info
	parts   []relationship // of each sheet; an empty target is a broken link
	styles  []cellStyle
	// links are the parts that all sheets share, by kind.
	links    map[string]string
	date1904 bool
	strings  *sharedStrings // nil until the first sheet is read
	formulas *calculator
	names    definedNames
	// recalculates: whoever opens the workbook is to calculate all formulas.
	recalculates bool
}

func isXLSX(ctx context.Context, s *source) (bool, error) {
	xml, err := hasMainType("main+xml")(ctx, s)
	if err != nil || !xml {
		return false, err
	}
	return strings.Contains(s.mainType, "spreadsheetml") || strings.Contains(s.mainType, "ms-excel"), nil
}

func openXLSX(ctx context.Context, s *source) (Book, error) {
	b := &xlsxBook{archive: s.zip, limits: s.limits, links: make(map[string]string)}
	links, err := b.archive.relationships(ctx, s.main)
	if err != nil {
		return nil, err
	}
	for _, link := range links {
		b.links[link.kind] = link.target
	}
	err = b.archive.scanXML(ctx, s.main, smallPart, func(x *xmlScanner) error { return b.scanWorkbook(x, links) })
	if err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, fmt.Errorf("%w: a workbook without sheets", ErrEmpty)
	}
	b.formulas = newCalculator(b.limits, b.sheets, &b.names, b.read)
	return b, nil
}

func (b *xlsxBook) Format() string { return "xlsx" }

func (b *xlsxBook) Sheets() []Info { return append([]Info(nil), b.sheets...) }

// Close lets go of the tables; the file itself is the caller's.
func (b *xlsxBook) Close() error {
	b.strings, b.styles = nil, nil
	return nil
}

func (b *xlsxBook) scanWorkbook(x *xmlScanner, links map[string]relationship) error {
	return x.children(func() error {
		switch string(x.name) {
		case "workbookPr":
			b.date1904 = isTrue(x.attr("date1904"))
		case "calcPr":
			b.recalculates = isTrue(x.attr("fullCalcOnLoad"))
		case "definedNames":
			return x.children(func() error { return b.names.scan(x) })
		case "sheets":
			return x.children(func() error {
				if string(x.name) != "sheet" {
					return x.skip()
				}
				if len(b.sheets) == b.limits.Sheets {
					return fmt.Errorf("%w: more than %d sheets", ErrTooLarge, b.limits.Sheets)
				}
				state := x.attr("state")
				b.sheets = append(b.sheets, Info{
					Name:   x.attr("name"),
					Index:  len(b.sheets),
					Hidden: state == "hidden" || state == "veryHidden",
				})
				b.parts = append(b.parts, links[x.attr("r:id")])
				return x.skip()
			})
		}
		return x.skip()
	})
}

// Read reads a sheet; one that holds no cells (a chart, a dialog) gives an
// empty grid.
func (b *xlsxBook) Read(ctx context.Context, i int) (*Grid, error) {
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
func (b *xlsxBook) read(ctx context.Context, i int) (*Grid, *unsolved, error) {
	grid := &Grid{Info: b.sheets[i], HiddenCols: make(map[int]bool)}
	switch link := b.parts[i]; {
	case link.target == "":
		return nil, nil, fmt.Errorf("%w: the workbook does not say where it is", ErrDamaged)
	case link.kind == "chartsheet", link.kind == "dialogsheet":
		return grid, nil, nil
	}
	if err := b.load(ctx); err != nil {
		return nil, nil, err
	}
	w := newWorksheet(b, grid)
	err := b.archive.scanXML(ctx, b.parts[i].target, b.limits.InflatedBytes, func(x *xmlScanner) error { return w.scan(x) })
	if err != nil {
		return nil, nil, err
	}
	w.finish()
	return grid, &w.formulas.unsolved, nil
}

// load reads what the sheets share, once.
func (b *xlsxBook) load(ctx context.Context) error {
	if b.strings != nil {
		return nil
	}
	styles := styleTable{}
	if name := b.links["styles"]; name != "" && b.archive.has(name) {
		if err := b.archive.scanXML(ctx, name, smallPart, styles.scan); err != nil {
			return err
		}
	}
	texts := newSharedStrings(b.limits)
	if name := b.links["sharedStrings"]; name != "" && b.archive.has(name) {
		if err := b.archive.scanXML(ctx, name, b.limits.InflatedBytes, texts.scan); err != nil {
			return err
		}
	}
	b.styles, b.strings = styles.cells(), texts
	return nil
}
