package sheet

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// encrypted is a workbook with a password as Excel writes it.
func encrypted(t testing.TB) []byte {
	t.Helper()
	b, err := excelize.Encrypt(zipped(t, bookParts(rowsPart(""))...), &excelize.Options{Password: "mat khau"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mainPartOf(t testing.TB, contentType string) []byte {
	t.Helper()
	return zipped(t,
		filePart{"[Content_Types].xml", strings.ReplaceAll(bookTypes, sheetType+"sheet.main+xml", contentType)},
		filePart{"_rels/.rels", rootLinks}, filePart{"xl/workbook.xml", oneSheet})
}

func mimetypeOf(t testing.TB, mimetype string) []byte {
	t.Helper()
	return zipped(t, filePart{"mimetype", mimetype}, filePart{"content.xml", "<x/>"})
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	return readFile(t, filepath.Join("testdata", "samples", name))
}

func TestRefused(t *testing.T) {
	whole := zipped(t, bookParts(rowsPart(`<row r="1"><c r="A1"><v>1</v></c></row>`))...)
	tests := []struct {
		name    string
		content []byte
		format  string
		reason  error
	}{
		{"sample: truncated zip", sample(t, "BQLDA DD&CN.xlsx"), "zip", ErrDamaged},
		{"sample: text renamed", sample(t, "LM HTX.xlsx"), "docx", ErrNotASheet},
		{"sample: zero bytes", sample(t, "PC QuangNgai.xlsx"), "", ErrEmpty},
		{"encrypted", encrypted(t), "ooxml", ErrEncrypted},
		{"encrypted by the zip itself", zipEncrypted(whole), "xlsx", ErrEncrypted},
		{"half a workbook", whole[:len(whole)/2], "zip", ErrDamaged},
		{"the start of a zip", whole[:4], "zip", ErrDamaged},
		{"the start of an OLE file", []byte(oleMagic), "ole", ErrDamaged},
		{"an OLE file of zeros", append([]byte(oleMagic), make([]byte, 2048)...), "ole", ErrDamaged},
		{"presentation", mainPartOf(t, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "pptx", ErrNotASheet},
		{"binary workbook", mainPartOf(t, "application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "xlsb", ErrUnsupported},
		{"OpenDocument text", mimetypeOf(t, "application/vnd.oasis.opendocument.text"), "odt", ErrNotASheet},
		{"Numbers", zipped(t, filePart{"Index/Document.iwa", "x"}), "numbers", ErrUnsupported},
		{"any zip", zipped(t, filePart{"a.txt", "x"}), "zip", ErrNotASheet},
		{"an empty zip", zipped(t), "zip", ErrNotASheet},
		{"workbook part missing", zipped(t, filePart{"[Content_Types].xml", bookTypes}, filePart{"_rels/.rels", rootLinks}), "xlsx", ErrDamaged},
		{"workbook without sheets", zipped(t, bookParts(filePart{"xl/workbook.xml", "<workbook><sheets/></workbook>"})...), "xlsx", ErrEmpty},
		{"broken content types", zipped(t, bookParts(filePart{"[Content_Types].xml", "<Types"})...), "xlsx", ErrDamaged},
		{"bare BIFF4", []byte{0x09, 0x04, 0x06, 0x00, 0x00, 0x00, 0x10, 0x00}, "xls", ErrUnsupported},
		{"pdf", []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n\x00\x01"), "pdf", ErrNotASheet},
		{"rtf", []byte(`{\rtf1\ansi Danh sách}`), "rtf", ErrNotASheet},
		{"picture", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00"), "", ErrNotASheet},
		{"the start of a SpreadsheetML 2003", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), "spreadsheetml", ErrDamaged},
		{"the start of a SpreadsheetML 2003 in UTF-16", []byte(utf16XML(`<?xml version="1.0" encoding="UTF-16"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, false)), "spreadsheetml", ErrDamaged},
		{"half of a flat OpenDocument", []byte(`<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`), "fods", ErrDamaged},
		{"saved web page", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"), "mhtml", ErrUnsupported},
		{"web page saved by a browser", []byte("From: <Saved by Blink>\r\nSubject: DS\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"), "mhtml", ErrUnsupported},
		{"mail", []byte("Received: from a by b;\r\nFrom: a@example.com\r\nSubject: DS, 2024\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nKính gửi, Sở\r\n"), "mail", ErrNotASheet},
		{"symbolic link", []byte("ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"TT\"\r\nC;Y1;X2;K\"Họ và tên\"\r\nE\r\n"), "slk", ErrUnsupported},
		{"data interchange", []byte("TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,2\r\n\"\"\r\nDATA\r\n0,0\r\n\"\"\r\n-1,0\r\nBOT\r\n1,0\r\n\"TT\"\r\n"), "dif", ErrUnsupported},
		{"dBASE", dbase("HOTEN", "NGAYSINH"), "dbf", ErrUnsupported},
		{"Gnumeric", gzipped(t, `<?xml version="1.0"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd">`), "gnumeric", ErrUnsupported},
		{"Gnumeric that is not packed", []byte(`<?xml version="1.0"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"/>`), "gnumeric", ErrUnsupported},
		{"any gzip", gzipped(t, "TT,Họ và tên"), "", ErrNotASheet},
		{"rar", []byte("Rar!\x1A\x07\x01\x00\x33\x92"), "rar", ErrNotASheet},
		{"7z", []byte("7z\xBC\xAF\x27\x1C\x00\x04"), "7z", ErrNotASheet},
		{"png", []byte("\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR"), "", ErrNotASheet},
		{"a mark and nothing else", []byte(utf8BOM), "csv", ErrEmpty},
		{"a mark of UTF-16 and nothing else", []byte{0xFF, 0xFE}, "csv", ErrEmpty},
		{"html in capitals after a mark", []byte(utf8BOM + "\r\n <TABLE><TR><TD>&nbsp;"), "html", ErrEmpty},
		{"xhtml", []byte(`<?xml version="1.0"?><!DOCTYPE html><html>`), "html", ErrNotASheet},
		{"any xml", []byte(`<?xml version="1.0"?><rss/>`), "xml", ErrNotASheet},
		{"blank text", []byte(" \r\n\t\r\n"), "csv", ErrEmpty},
		{"records of separators alone", []byte(";;;\r\n;;;\r\n\"\";;\r\n"), "csv", ErrEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, err := Open(context.Background(), bytes.NewReader(tt.content), int64(len(tt.content)), DefaultLimits())
			if book != nil || !errors.Is(err, tt.reason) {
				t.Fatalf("got %v, %v, want %v", book, err, tt.reason)
			}
			refused, ok := errors.AsType[*RefusedError](err)
			if !ok || refused.Format != tt.format || FormatOf(err) != tt.format {
				t.Errorf("format of %v, want %q", err, tt.format)
			}
		})
	}
}

// dbase is the header of a table with such fields.
func dbase(fields ...string) []byte {
	b := make([]byte, 32, 256)
	copy(b, "\x03\x7C\x01\x0F")
	b[8] = byte(32 + 32*len(fields) + 1)
	for _, name := range fields {
		field := make([]byte, 32)
		copy(field, name)
		field[11], field[16] = 'C', 30
		b = append(b, field...)
	}
	return append(b, 0x0D, 0x1A)
}

func gzipped(t testing.TB, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, content)
	must(t, err)
	must(t, z.Close())
	return b.Bytes()
}

// zipEncrypted marks every entry of a zip as encrypted, in the list of entries
// and before the data.
func zipEncrypted(b []byte) []byte {
	b = bytes.Clone(b)
	for mark, offset := range map[string]int{"PK\x01\x02": 8, "PK\x03\x04": 6} {
		for at := 0; ; {
			i := bytes.Index(b[at:], []byte(mark))
			if i < 0 {
				break
			}
			b[at+i+offset] |= 1
			at += i + len(mark)
		}
	}
	return b
}

// A cut, anywhere, of a real workbook is refused or read, with the rest of a
// sheet never in silence left out.
func TestTruncatedEverywhere(t *testing.T) {
	whole := readFile(t, "testdata/openpyxl.xlsx")
	for n := 0; n < len(whole); n += 7 {
		book, err := Open(context.Background(), bytes.NewReader(whole[:n]), int64(n), DefaultLimits())
		if err == nil {
			t.Fatalf("%d of %d bytes are opened: %v", n, len(whole), book.Sheets())
		}
		if FormatOf(err) == "" && n > 4 {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

func TestReadingErrorIsNoVerdict(t *testing.T) {
	broken := errors.New("disk")
	r := brokenAt{ReaderAt: bytes.NewReader(nil), err: broken}
	if _, err := Open(context.Background(), r, 100, DefaultLimits()); !errors.Is(err, broken) || FormatOf(err) != "" || errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	whole := zipped(t, bookParts(rowsPart(`<row r="1"><c r="A1"><v>1</v></c></row>`))...)
	r = brokenAt{ReaderAt: bytes.NewReader(whole), err: broken, from: 30, to: 500}
	if _, err := Open(context.Background(), r, int64(len(whole)), DefaultLimits()); !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// brokenAt fails where it is read from one offset on, before another one if
// that is given.
type brokenAt struct {
	io.ReaderAt
	err      error
	from, to int64
}

func (b brokenAt) ReadAt(p []byte, off int64) (int, error) {
	if off >= b.from && (b.to == 0 || off < b.to) {
		return 0, b.err
	}
	return b.ReaderAt.ReadAt(p, off)
}

func TestCancelled(t *testing.T) {
	b := readFile(t, "testdata/openpyxl.xlsx")
	ctx, cancel := context.WithCancel(context.Background())
	book, err := Open(ctx, bytes.NewReader(b), int64(len(b)), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := book.Read(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("Read: %v", err)
	}
	if _, err := Open(ctx, bytes.NewReader(b), int64(len(b)), DefaultLimits()); !errors.Is(err, context.Canceled) || FormatOf(err) != "" {
		t.Errorf("Open: %v", err)
	}
}

// Each format has one line, and each line a way to end.
func TestFormatsAreComplete(t *testing.T) {
	seen := make(map[string]bool)
	for _, f := range formats() {
		if seen[f.name] || f.is == nil || (f.open == nil) == (f.refusal == nil) {
			t.Errorf("format %q: twice, or neither opened nor refused", f.name)
		}
		seen[f.name] = true
	}
}

func TestSamplesAreAllUsed(t *testing.T) {
	entries, err := os.ReadDir("testdata/samples")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b := sample(t, e.Name())
		book, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), DefaultLimits())
		if err != nil && FormatOf(err) == "" && !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: %v", e.Name(), err)
		}
		if err == nil && len(book.Sheets()) == 0 {
			t.Errorf("%s has no sheets", e.Name())
		}
	}
}
