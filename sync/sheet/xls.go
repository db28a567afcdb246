package sheet

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"doisoat/sync/sheet/formula"
)

// The streams of a compound file that hold a workbook: of Excel 97 and later,
// and of Excel 5 and 95 ([MS-XLS] 2.1.2).
const (
	workbookStream = "Workbook"
	bookStream     = "Book"
)

// xlsBook is a workbook of Excel 5 to 2003: BIFF5 or BIFF8 records in a stream,
// first what the sheets share, then each sheet. A sheet is scanned as it is
// read from the file; its dimensions are not trusted.
type xlsBook struct {
	stream io.ReaderAt
	size   int64
	limits Limits

	biff8    bool
	codePage int // of the 8-bit texts of BIFF5
	date1904 bool
	sheets   []Info
	parts    []uint32 // where in the stream each sheet begins
	styles   []cellStyle
	table    styleTable
	pages    []int // code page of each font
	shared   int64 // where the shared texts are; -1 without any
	strings  *sharedStrings

	formulas *calculator
	context  *formula.BIFF
	links    xlsLinks
	// calculated: the file says which version of Excel has calculated it.
	calculated bool
}

func openXLS(ctx context.Context, s *source) (Book, error) {
	b := &xlsBook{
		stream: s.r, size: s.size, limits: s.limits,
		codePage: codePageWestern, shared: -1,
		table: styleTable{formats: make(map[int]string)},
	}
	if s.streams != nil {
		ole, err := openOLE(s.r, s.size)
		if err != nil {
			return nil, err
		}
		stream, err := ole.stream(workbookStream)
		if errors.Is(err, errNoStream) {
			stream, err = ole.stream(bookStream)
		}
		if err != nil {
			return nil, err
		}
		b.stream, b.size = stream, stream.size
	}
	if err := b.readGlobals(ctx); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, fmt.Errorf("%w: a workbook without sheets", ErrEmpty)
	}
	b.context = b.formulaContext()
	b.formulas = newCalculator(b.limits, b.sheets, &definedNames{}, b.read)
	return b, nil
}

func (b *xlsBook) Format() string { return "xls" }

func (b *xlsBook) Sheets() []Info { return append([]Info(nil), b.sheets...) }

// Close lets go of the tables; the file itself is the caller's.
func (b *xlsBook) Close() error {
	b.strings, b.styles = nil, nil
	return nil
}

// readGlobals reads what the sheets share, all but the texts.
func (b *xlsBook) readGlobals(ctx context.Context) error {
	r := recordsAt(ctx, b.stream, b.size, 0)
	version, part, err := r.bof()
	if err != nil {
		return err
	}
	switch version & 0xFF00 {
	case versionBIFF8:
		b.biff8 = true
	case versionBIFF5, 0: // 0 is written by scripts that export BIFF5 cells
	default:
		return errOldExcel
	}
	if part != partGlobals && part != partSheet {
		return fmt.Errorf("%w: a stream that begins with part %#x", ErrUnsupported, part)
	}
	if err := r.each(func() error { return b.global(r) }); err != nil {
		return err
	}
	if part == partSheet { // the stream is a single sheet
		b.sheets, b.parts = []Info{{Name: "Sheet1"}}, []uint32{0}
	}
	b.styles = b.table.cells()
	return nil
}

// global notes a record of those that all sheets share.
func (b *xlsBook) global(r *biffRecords) error {
	switch r.id {
	case recFilePass:
		return ErrEncrypted
	case recCodePage:
		if err := r.atLeast(2); err != nil {
			return err
		}
		b.codePage = int(r.u16(0))
	case recDate1904:
		if err := r.atLeast(2); err != nil {
			return err
		}
		b.date1904 = r.u16(0) == 1
	case recBoundSheet:
		return b.boundSheet(r)
	case recFont:
		return b.font(r)
	case recFormat:
		return b.format(r)
	case recXF:
		return b.xf(r)
	case recSST:
		b.shared = r.at
	case recRecalcID:
		b.calculated = true
	case recSupBook:
		b.links.supBook(r.data)
	case recExternSheet:
		b.links.externSheet(r.data)
	}
	return nil
}

// boundSheet notes a sheet ([MS-XLS] 2.4.28). A module of Visual Basic, which
// was a sheet of its own in Excel 5, is passed over.
func (b *xlsBook) boundSheet(r *biffRecords) error {
	const module = 6
	head, err := r.take(6)
	if err != nil || head[5] == module {
		b.links.parts = append(b.links.parts, -1)
		return err
	}
	b.links.parts = append(b.links.parts, len(b.sheets))
	if len(b.sheets) == b.limits.Sheets {
		return fmt.Errorf("%w: more than %d sheets", ErrTooLarge, b.limits.Sheets)
	}
	name, err := b.shortText(r, 1, b.codePage)
	if err != nil {
		return fmt.Errorf("name of sheet %d: %w", len(b.sheets)+1, err)
	}
	b.sheets = append(b.sheets, Info{Name: name, Index: len(b.sheets), Hidden: head[4]&3 != 0})
	b.parts = append(b.parts, binary.LittleEndian.Uint32(head))
	return nil
}

// font notes a font: its name when it is a legacy one, and the code page of
// texts in it ([MS-XLS] 2.4.122).
func (b *xlsBook) font(r *biffRecords) error {
	head, err := r.take(14)
	if err != nil {
		return err
	}
	if len(b.table.fonts) >= maxStyles {
		return fmt.Errorf("%w: more than %d fonts", ErrTooLarge, maxStyles)
	}
	page := charsetPage(head[12])
	if page == 0 {
		page = b.codePage
	}
	name, err := b.shortText(r, 1, page)
	if err != nil {
		return fmt.Errorf("name of font %d: %w", len(b.table.fonts), err)
	}
	name = legacyFont(name)
	if name != "" {
		// Its glyphs stand for the codes of Western text, whatever the page.
		page = codePageWestern
	}
	if len(b.table.fonts) == 4 { // there is no font of that number
		b.table.fonts, b.pages = append(b.table.fonts, ""), append(b.pages, b.codePage)
	}
	b.table.fonts, b.pages = append(b.table.fonts, name), append(b.pages, page)
	return nil
}

// format notes the code of a number format ([MS-XLS] 2.4.126).
func (b *xlsBook) format(r *biffRecords) error {
	head, err := r.take(2)
	if err != nil {
		return err
	}
	lengthBytes := 1
	if b.biff8 {
		lengthBytes = 2
	}
	number := int(binary.LittleEndian.Uint16(head))
	code, err := b.shortText(r, lengthBytes, b.codePage)
	if err != nil {
		return fmt.Errorf("number format %d: %w", number, err)
	}
	b.table.formats[number] = code
	return nil
}

// xf notes a style ([MS-XLS] 2.4.353): its font and its number format.
func (b *xlsBook) xf(r *biffRecords) error {
	head, err := r.take(4)
	if err != nil {
		return err
	}
	if len(b.table.xfs) == maxStyles {
		return fmt.Errorf("%w: more than %d cell styles", ErrTooLarge, maxStyles)
	}
	b.table.xfs = append(b.table.xfs, styleXf{
		font:   int(binary.LittleEndian.Uint16(head)),
		format: int(binary.LittleEndian.Uint16(head[2:])),
	})
	return nil
}

// shortText reads a name or the like, whose length stands before it in so many
// bytes.
func (b *xlsBook) shortText(r *biffRecords, lengthBytes, page int) (string, error) {
	if err := b.readText(r, lengthBytes, 0, page); err != nil {
		return "", err
	}
	short := arena{left: int64(b.limits.CellBytes)}
	return short.add(r.text)
}

// readText reads a text in the manner of the version into r.text. After it
// stands a list of the fonts of its parts if a number of them does, in so many
// bytes (0 without one).
func (b *xlsBook) readText(r *biffRecords, lengthBytes, listBytes, page int) error {
	if b.biff8 {
		if err := r.unicode(lengthBytes, b.limits.CellBytes); err != nil {
			return err
		}
	} else if err := r.byteText(lengthBytes, b.limits.CellBytes); err != nil {
		return err
	}
	if listBytes > 0 {
		n, err := r.integer(listBytes)
		if err != nil {
			return err
		}
		if err := r.readRuns(n, 2*listBytes); err != nil {
			return err
		}
	}
	if b.biff8 {
		return nil
	}
	return b.decode(r, page)
}

// decode turns the 8-bit text that has been read into UTF-8, each part by the
// code page of its font.
func (b *xlsBook) decode(r *biffRecords, page int) (err error) {
	raw := r.text
	var decoded []byte
	for i := -1; i < len(r.runs); i++ {
		from, to := 0, len(raw)
		if i >= 0 {
			from, page = min(r.runs[i].from, len(raw)), b.pageOf(r.runs[i].font)
		}
		if i+1 < len(r.runs) {
			to = min(r.runs[i+1].from, len(raw))
		}
		if from < to {
			if decoded, err = appendPage(decoded, raw[from:to], page); err != nil {
				return err
			}
		}
	}
	if len(decoded) > b.limits.CellBytes {
		return fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, b.limits.CellBytes)
	}
	r.text = lineFeeds(decoded)
	return nil
}

// pageOf is the code page of texts in that font.
func (b *xlsBook) pageOf(font int) int {
	if font < len(b.pages) {
		return b.pages[font]
	}
	return b.codePage
}

// ownFont is the legacy font of a text whose parts have fonts of their own;
// false where the cell's font counts, as it does before the first part.
func (b *xlsBook) ownFont(r *biffRecords) (string, bool) {
	legacy := ""
	for _, run := range r.runs {
		if run.from < r.units && run.font < len(b.table.fonts) && b.table.fonts[run.font] != "" {
			legacy = b.table.fonts[run.font]
		}
	}
	return legacy, legacy != "" || len(r.runs) > 0 && r.runs[0].from == 0
}

// Read reads a sheet; one that holds no cells (a chart) gives an empty grid.
func (b *xlsBook) Read(ctx context.Context, i int) (*Grid, error) {
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
func (b *xlsBook) read(ctx context.Context, i int) (*Grid, *unsolved, error) {
	if err := b.load(ctx); err != nil {
		return nil, nil, err
	}
	at := int64(b.parts[i])
	if at >= b.size {
		return nil, nil, fmt.Errorf("%w: it begins beyond the end", ErrDamaged)
	}
	r := recordsAt(ctx, b.stream, b.size, at)
	_, part, err := r.bof()
	if err != nil {
		return nil, nil, err
	}
	s := newXLSSheet(b, r, b.sheets[i])
	switch part {
	case partChart:
		return s.out.grid, nil, nil
	case partSheet, partMacro:
		grid, err := s.scan()
		return grid, &s.formulas, err
	}
	return nil, nil, fmt.Errorf("%w: part %#x in the place of a sheet", ErrDamaged, part)
}

// load reads the shared texts, once.
func (b *xlsBook) load(ctx context.Context) error {
	if b.strings != nil {
		return nil
	}
	texts := newSharedStrings(b.limits)
	if b.shared >= 0 {
		if err := b.readShared(recordsAt(ctx, b.stream, b.size, b.shared), texts); err != nil {
			return err
		}
	}
	b.strings = texts
	return nil
}

// readShared reads the table of texts ([MS-XLS] 2.4.265) to its end, since not
// all programs count them right; damage counts as far as they have counted.
func (b *xlsBook) readShared(r *biffRecords, table *sharedStrings) error {
	if err := r.next(); err != nil {
		return err
	}
	head, err := r.take(8)
	if err != nil {
		return err
	}
	counted := int64(binary.LittleEndian.Uint32(head[4:]))
	for {
		for len(r.rest) == 0 {
			if more, err := r.more(); err != nil || !more {
				return err
			}
		}
		if len(table.texts) >= b.limits.Cells {
			return fmt.Errorf("%w: more than %d shared texts", ErrTooLarge, b.limits.Cells)
		}
		err := r.unicode(2, b.limits.CellBytes)
		if err != nil && errors.Is(err, ErrDamaged) && int64(len(table.texts)) >= counted {
			return nil
		}
		if err != nil {
			return fmt.Errorf("shared text %d: %w", len(table.texts), err)
		}
		if font, own := b.ownFont(r); own {
			table.fonts[len(table.texts)] = font
		}
		text, err := table.arena.add(r.text)
		if err != nil {
			return err
		}
		table.texts = append(table.texts, text)
	}
}
