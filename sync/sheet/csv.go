package sheet

import (
	"context"
	"fmt"
	"strings"
)

// csvBook is a text file whose lines are records (RFC 4180, as loosely as
// people and programs follow it). Every value is a text as it stands there:
// that 0905123456 is no number, the file does not say.
type csvBook struct {
	limits Limits
	text   string
	comma  byte
}

// isCSV says whether a text is a table. What the text is is looked at as a
// whole, since its start alone tells neither the encoding nor the separator.
func isCSV(ctx context.Context, s *source) (bool, error) {
	if s.text == "" {
		return false, nil
	}
	raw, err := s.readText(ctx, "")
	if err != nil {
		return false, err
	}
	text := strings.TrimRight(string(raw), "\x1a\x00") // the end mark of DOS
	if i := strings.IndexFunc(text, isControl); i >= 0 {
		return false, nil
	}
	if comma, rest, ok := declaredComma(text); ok {
		s.csv = &csvBook{limits: s.limits, text: rest, comma: comma}
		return true, nil
	}
	if strings.Trim(text, emptyRecords) == "" {
		return false, ErrEmpty
	}
	comma, ok := findComma(text)
	if ok {
		s.csv = &csvBook{limits: s.limits, text: text, comma: comma}
	}
	return ok, nil
}

// emptyRecords are the characters that a table without any value consists of,
// as an empty sheet saved as text leaves it behind.
const emptyRecords = ";,|\"' \t\r\n\v\f\u00a0\ufeff"

// isControl says whether a character makes a file binary.
func isControl(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) }

func openCSV(_ context.Context, s *source) (Book, error) { return s.csv, nil }

func (b *csvBook) Format() string { return "csv" }

// Sheets is the one table, which has no name.
func (b *csvBook) Sheets() []Info { return []Info{{}} }

func (b *csvBook) Close() error { return nil }

// Read reads the table. The number of a row is that of its record, in which a
// line break may be quoted; blank lines are records without values.
func (b *csvBook) Read(ctx context.Context, i int) (*Grid, error) {
	if i != 0 {
		return nil, fmt.Errorf("sheet %d of 1", i)
	}
	c := newCollector(Info{}, b.limits)
	records := csvReader{text: b.text, comma: b.comma}
	for number := 1; ; number++ {
		if number%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		fields, ok := records.next()
		if !ok {
			return c.grid, nil
		}
		for i, f := range fields {
			if f.blank() {
				continue
			}
			text := f.value()
			if len(text) > b.limits.CellBytes {
				return nil, fmt.Errorf("cell %s: %w: a text of more than %d bytes", CellName(i+1, number), ErrTooLarge, b.limits.CellBytes)
			}
			if err := c.add(Cell{Col: i + 1, Text: text}); err != nil {
				return nil, err
			}
		}
		if err := c.endRow(number, false); err != nil {
			return nil, err
		}
	}
}

// csvField is a field as it stands in the text, without the quotes around it.
type csvField struct {
	raw     string
	quoted  bool
	doubled bool // it has quotes that are written twice
}

// blank says whether the field is no value. White space in quotes is one.
func (f csvField) blank() bool {
	return f.raw == "" || !f.quoted && blank([]byte(f.raw))
}

func (f csvField) value() string {
	text := f.raw
	if f.doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = string(lineFeeds([]byte(text)))
	}
	return text
}

// csvReader takes a text apart into records. encoding/csv would pass over
// blank lines, and so number records otherwise than people do, and would take
// everything behind a quote that is never closed for one field.
type csvReader struct {
	text   string
	comma  byte
	pos    int
	fields []csvField
	// unclosed: no quote closes a field from here on.
	unclosed bool
}

// next reads a record, whose fields hold until the next call.
func (r *csvReader) next() ([]csvField, bool) {
	if r.pos >= len(r.text) {
		return nil, false
	}
	r.fields = r.fields[:0]
	for {
		field, ok := r.quoted()
		if !ok {
			field = r.plain()
		}
		r.fields = append(r.fields, field)
		if r.pos < len(r.text) && r.text[r.pos] == r.comma {
			r.pos++
			continue
		}
		r.lineEnd()
		return r.fields, true
	}
}

// lineEnd passes over a line end: CR LF, LF, or CR.
func (r *csvReader) lineEnd() {
	if strings.HasPrefix(r.text[r.pos:], "\r\n") {
		r.pos++
	}
	r.pos = min(r.pos+1, len(r.text))
}

func (r *csvReader) plain() csvField {
	start := r.pos
	for r.pos < len(r.text) && !r.ends(r.pos) {
		r.pos++
	}
	return csvField{raw: r.text[start:r.pos]}
}

// ends says whether a field ends before that place.
func (r *csvReader) ends(i int) bool {
	return i >= len(r.text) || r.text[i] == r.comma || r.text[i] == '\n' || r.text[i] == '\r'
}

// quoted reads a field in quotes; false when there is none here. A quote in it
// that is neither written twice nor at the end of the field is part of the
// text. But one that looks like the start of a field, on a later line, shows
// that the first one never was closed: it then is a mere character.
func (r *csvReader) quoted() (csvField, bool) {
	if r.unclosed || r.pos >= len(r.text) || r.text[r.pos] != '"' {
		return csvField{}, false
	}
	start, doubled, lines := r.pos+1, false, false
	for i := start; i < len(r.text); i++ {
		switch r.text[i] {
		case '\n', '\r':
			lines = true
		case '"':
			if i+1 < len(r.text) && r.text[i+1] == '"' {
				doubled = true
				i++
				continue
			}
			end := i + 1
			for end < len(r.text) && r.text[end] == ' ' {
				end++
			}
			if r.ends(end) {
				r.pos = end
				return csvField{raw: r.text[start:i], quoted: true, doubled: doubled}, true
			}
			if before := r.text[i-1]; lines && i > start && (before == r.comma || before == '\n' || before == '\r') {
				return csvField{}, false
			}
		}
	}
	r.unclosed = true
	return csvField{}, false
}
