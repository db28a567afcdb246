package sheet

import (
	"context"
	"fmt"
	"io"
	"strings"

	"doisoat/sync/sheet/formula"
)

// odsBook is an OpenDocument spreadsheet (ISO/IEC 26300, OASIS ODF 1.3 part 3),
// as a package or as one flat XML file.
type odsBook struct {
	limits Limits
	sheets []Info
	styles *odsStyles
	stream sheetStream

	formulas *calculator
	names    definedNames
}

// odsTableDepth is where a sheet stands: document, body, spreadsheet, table.
const odsTableDepth = 4

func openODS(ctx context.Context, s *source) (Book, error) {
	if err := s.zip.refuseEncrypted(ctx); err != nil {
		return nil, err
	}
	b := newODSBook(s.limits, func(ctx context.Context) (*document, error) {
		// The context of the sheet that is read counts, not that of the first.
		part, err := s.zip.open(context.WithoutCancel(ctx), "content.xml")
		if err != nil {
			return nil, err
		}
		return newDocument(ctx, part, part)
	})
	if s.zip.has("styles.xml") {
		if err := s.zip.scanXML(ctx, "styles.xml", smallPart, b.styles.scanNamed); err != nil {
			return nil, err
		}
	}
	return b, b.load(ctx)
}

// openFlatODS opens a spreadsheet that is a single XML file (.fods).
func openFlatODS(ctx context.Context, s *source) (Book, error) {
	b := newODSBook(s.limits, func(ctx context.Context) (*document, error) {
		return newDocument(ctx, io.NewSectionReader(s.r, 0, s.size), io.NopCloser(nil))
	})
	return b, b.load(ctx)
}

func newODSBook(limits Limits, open func(context.Context) (*document, error)) *odsBook {
	return &odsBook{
		limits: limits,
		styles: newODSStyles(),
		names:  definedNames{syntax: formula.OpenFormula},
		stream: sheetStream{open: open, element: "table", depth: odsTableDepth},
	}
}

// refuseEncrypted refuses a package of which the manifest says that parts are
// encrypted (ODF 1.3 part 2, 4.8.4).
func (a *archive) refuseEncrypted(ctx context.Context) error {
	const manifest = "META-INF/manifest.xml"
	if !a.has(manifest) {
		return nil
	}
	return a.scanXML(ctx, manifest, smallPart, func(x *xmlScanner) error {
		for outside := x.depth - 1; ; {
			switch token, err := x.next(); {
			case err != nil:
				return err
			case token == xmlEnd && x.depth == outside:
				return nil
			case token == xmlStart && string(x.name) == "encryption-data":
				return ErrEncrypted
			}
		}
	})
}

// load reads the styles and the list of sheets.
func (b *odsBook) load(ctx context.Context) error {
	doc, err := b.stream.open(ctx)
	if err != nil {
		return err
	}
	defer doc.closer.Close()
	if err := doc.root(b.scan); err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return fmt.Errorf("%w: a workbook without sheets", ErrEmpty)
	}
	b.formulas = newCalculator(b.limits, b.sheets, &b.names, b.read)
	return nil
}

func (b *odsBook) scan(x *xmlScanner) error {
	return x.children(func() error {
		switch string(x.name) {
		case "styles", "automatic-styles", "font-face-decls":
			return b.styles.scan(x)
		case "body":
			return x.children(func() error {
				return x.children(func() error {
					if string(x.name) == "named-expressions" {
						return x.children(func() error { return b.scanName(x) })
					}
					return b.scanTable(x)
				})
			})
		}
		return x.skip()
	})
}

// scanTable notes a sheet; on what it is called and whether it is shown bears
// the start tag alone.
func (b *odsBook) scanTable(x *xmlScanner) error {
	if string(x.name) != "table" {
		return x.skip()
	}
	if len(b.sheets) == b.limits.Sheets {
		return fmt.Errorf("%w: more than %d sheets", ErrTooLarge, b.limits.Sheets)
	}
	b.sheets = append(b.sheets, Info{
		Name:   x.attr("x:name"),
		Index:  len(b.sheets),
		Hidden: b.styles.hiddenTables[x.attr("x:style-name")],
	})
	return x.skip()
}

// scanName notes a name that formulas use (ODF 1.3 part 3, 9.4.11 to 9.4.13).
func (b *odsBook) scanName(x *xmlScanner) error {
	text := x.attr("x:expression")
	if area := x.attr("x:cell-range-address"); area != "" {
		// Here the sheet stands before each corner, there only once.
		from, to, _ := strings.Cut(area, ":")
		if i := strings.LastIndexByte(to, '.'); i > 0 {
			to = to[i:]
		}
		text = "[" + strings.TrimSuffix(from+":"+to, ":") + "]"
	}
	b.names.add(x.attr("x:name"), -1, text)
	return x.skip()
}

func (b *odsBook) Format() string { return "ods" }

func (b *odsBook) Sheets() []Info { return append([]Info(nil), b.sheets...) }

func (b *odsBook) Close() error { return b.stream.Close() }

func (b *odsBook) Read(ctx context.Context, i int) (*Grid, error) {
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
func (b *odsBook) read(ctx context.Context, i int) (*Grid, *unsolved, error) {
	table := odsTable{collector: newCollector(b.sheets[i], b.limits), styles: b.styles}
	x, err := b.stream.seek(ctx, i)
	if err == nil {
		err = b.stream.done(table.scan(x))
	}
	return table.grid, &table.formulas, err
}
