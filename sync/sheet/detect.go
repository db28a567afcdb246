package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// format is a kind of file that Open tells apart by content.
type format struct {
	name string
	// is says whether the file has this format. An error is about a file that
	// does have it, and cannot be read.
	is func(context.Context, *source) (bool, error)
	// open reads the workbook; nil when the format is refused.
	open func(context.Context, *source) (Book, error)
	// refusal is why it is not opened.
	refusal error
}

// formats lists every known format, in the order in which they are asked: the
// containers by what they contain first, text last since nearly everything
// could be some. A new reader is one file and one line here.
func formats() []format {
	return []format{
		{name: "ooxml", is: isEncryptedPackage, refusal: ErrEncrypted},
		{name: "xlsx", is: isXLSX, open: openXLSX},
		{name: "xlsb", is: hasMainType("sheet.binary"), refusal: ErrUnsupported},
		{name: "docx", is: hasMainType("wordprocessingml"), refusal: ErrNotASheet},
		{name: "pptx", is: hasMainType("presentationml"), refusal: ErrNotASheet},
		{name: "ods", is: hasMimetype("application/vnd.oasis.opendocument.spreadsheet"), open: openODS},
		{name: "odt", is: hasMimetype("application/vnd.oasis.opendocument."), refusal: ErrNotASheet},
		{name: "numbers", is: hasPart("index/document.iwa"), refusal: ErrUnsupported},
		{name: "zip", is: isZip, refusal: ErrNotASheet},
		{name: "xls", is: isXLS, open: openXLS},
		{name: "doc", is: hasStream("WordDocument"), refusal: ErrNotASheet},
		{name: "ppt", is: hasStream("PowerPoint Document"), refusal: ErrNotASheet},
		{name: "ole", is: isOLE, refusal: ErrNotASheet},
		{name: "pdf", is: startsWith("%pdf-"), refusal: ErrNotASheet},
		{name: "rtf", is: startsWith(`{\rtf`), refusal: ErrNotASheet},
		{name: "spreadsheetml", is: mentions("urn:schemas-microsoft-com:office:spreadsheet", "<?xml", "<workbook", "<ss:workbook"), open: openSpreadsheetML},
		{name: "fods", is: mentions("application/vnd.oasis.opendocument.spreadsheet", "<?xml", "<office:document"), open: openFlatODS},
		{name: "gnumeric", is: isGnumeric, refusal: ErrUnsupported},
		{name: "mhtml", is: isMail("multipart/related"), refusal: ErrUnsupported},
		{name: "mail", is: isMail("\n"), refusal: ErrNotASheet},
		{name: "slk", is: isSYLK, refusal: ErrUnsupported},
		{name: "dif", is: isDIF, refusal: ErrUnsupported},
		{name: "dbf", is: isDBF, refusal: ErrUnsupported},
		{name: "rar", is: hasMagic("Rar!\x1A\x07"), refusal: ErrNotASheet},
		{name: "7z", is: hasMagic("7z\xBC\xAF\x27\x1C"), refusal: ErrNotASheet},
		{name: "html", is: isHTML, open: openHTML},
		{name: "xml", is: startsWith("<?xml"), refusal: ErrNotASheet},
		{name: "csv", is: isCSV, open: openCSV},
		{name: "text", is: isText, refusal: ErrNotASheet},
	}
}

// Open opens a workbook whose format it finds by its content. The reader must
// stay usable until the book is closed; the book is for one goroutine at a
// time. A file that is refused gives a *RefusedError with the reason
// (ErrEmpty, ErrEncrypted, ErrDamaged, ErrTooLarge, ErrNotASheet or
// ErrUnsupported); any other error is one of reading the file.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (Book, error) {
	limits = limits.orDefault()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if size <= 0 {
		return nil, refuse("", ErrEmpty)
	}
	if size > limits.FileBytes {
		return nil, refuse("", fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, size, limits.FileBytes))
	}
	src := &source{r: r, size: size, limits: limits}
	if name, err := src.sniff(); err != nil {
		return nil, refuse(name, err)
	}
	for _, f := range formats() {
		is, err := f.is(ctx, src)
		if err != nil {
			return nil, refuse(f.name, err)
		}
		if !is {
			continue
		}
		if f.open == nil {
			return nil, refuse(f.name, f.refusal)
		}
		book, err := f.open(ctx, src)
		if err != nil {
			return nil, refuse(f.name, err)
		}
		return book, nil
	}
	return nil, refuse("", ErrNotASheet)
}

// FormatOf is the format that an error of Open names, "" when it names none.
func FormatOf(err error) string {
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		return refused.Format
	}
	return ""
}
