package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"unicode/utf8"
)

// Any compound file gives streams as long as it says, or is damaged.
func FuzzOLEStream(f *testing.F) {
	f.Add(oleOf(true, filePart{"A", string(make([]byte, 5000))}, filePart{"Book", "small"}))
	f.Add(oleOf(false, filePart{"Book", string(biff8Stream(nil, nil))}))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, err := openOLE(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			checkVerdict(t, err)
			return
		}
		top, err := c.top()
		if err != nil {
			checkVerdict(t, err)
			return
		}
		for _, e := range top[:min(len(top), 8)] {
			s, err := c.stream(e.name)
			if err != nil {
				checkVerdict(t, err)
				continue
			}
			if n, err := io.Copy(io.Discard, io.NewSectionReader(s, 0, s.size)); err != nil || n != s.size {
				t.Fatalf("%d of %d bytes: %v", n, s.size, err)
			}
		}
	})
}

func checkVerdict(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrUnsupported) {
		t.Fatal(err)
	}
}

// Any table of texts gives texts within the limits, or is damaged.
func FuzzSharedTexts(f *testing.F) {
	f.Add(sharedTexts([]string{"Họ và tên", "Nguyễn Văn A", "", "😀", "Ba To"}, 16))
	f.Add(slices.Concat(record(recSST, uint32(1), uint32(1), 4, byte(0), "ab"), record(recContinue, byte(1), 0x1EC7, 0xD83D)))
	f.Fuzz(func(t *testing.T, content []byte) {
		book := &xlsBook{limits: fuzzLimits().orDefault(), biff8: true}
		table := newSharedStrings(book.limits)
		err := book.readShared(recordsAt(context.Background(), bytes.NewReader(content), int64(len(content)), 0), table)
		if err != nil {
			checkVerdict(t, err)
		}
		for _, text := range table.texts {
			if !utf8.ValidString(text) || len(text) > 2*book.limits.CellBytes {
				t.Fatalf("text %q", text)
			}
		}
	})
}

// Any texts come back, wherever the records break them.
func FuzzSharedTextsReturn(f *testing.F) {
	f.Add("Họ và tên", "Nguyễn Thị Ánh Tuyết 😀", "Ba To", 20)
	f.Fuzz(func(t *testing.T, a, b, c string, most int) {
		texts := []string{a, b, c, a + b, b + c}
		for _, s := range texts {
			if !utf8.ValidString(s) || bytes.ContainsAny([]byte(s), "\x00\r") || len(s) > 5000 {
				return
			}
		}
		content := sharedTexts(texts, 16+int(uint(most)%300))
		book := &xlsBook{limits: DefaultLimits(), biff8: true}
		table := newSharedStrings(book.limits)
		err := book.readShared(recordsAt(context.Background(), bytes.NewReader(content), int64(len(content)), 0), table)
		if err != nil || !slices.Equal(texts, table.texts) {
			t.Fatalf("%q, %v, want %q", table.texts, err, texts)
		}
	})
}

// Any records make a grid that keeps the limits, or a verdict on the file.
func FuzzXLS(f *testing.F) {
	tab := tables()[0]
	f.Add(writeXLS(f, tab), false)
	f.Add(writeLabelXLS(f, tab), false)
	f.Add(oleOf(false, filePart{"Book", string(biffStream(versionBIFF5, []byte("\x01A"), styled(false), record(recRString, 0, 0, 0, 3, "abc", byte(1), byte(1), byte(2))))}), false)
	globals, cells := xlsRecords(tab, func(row, col int, text string) []byte { return record(recLabel, row, col, 0, wide(text)) })
	formula := slices.Concat(record(recFormula, 9, 0, 0, 0, 0, 0, 0xFFFF, 0), record(recString, wide("x")), record(recMulRK, 9, 1, 0, uint32(6), 0, uint32(7), 2))
	f.Add(biff8Stream(globals, append(cells, formula...)), true)
	f.Fuzz(func(t *testing.T, content []byte, bare bool) {
		if bare { // the records alone, which a mutation of the whole file seldom reaches
			content = oleOf(false, filePart{workbookStream, string(content)})
		}
		limits := fuzzLimits()
		book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), limits)
		if err != nil {
			if _, ok := errors.AsType[*RefusedError](err); !ok {
				t.Fatalf("not a verdict on the file: %v", err)
			}
			return
		}
		for i := range book.Sheets() {
			grid, err := book.Read(context.Background(), i)
			if err == nil {
				checkGrid(t, grid, limits)
			} else if !errors.Is(err, ErrEncrypted) {
				checkVerdict(t, err)
			}
		}
	})
}
