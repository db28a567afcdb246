package postgres

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// storable is the text as PostgreSQL can hold it: valid UTF-8 without the NUL
// character, which no cell shows but damaged files contain.
func storable(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

func storables(list []string) []string {
	clean := make([]string, len(list))
	for i, s := range list {
		clean[i] = storable(s)
	}
	return clean
}

// encode is the value as JSON that PostgreSQL accepts as jsonb.
func encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return withoutNUL(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// withoutNUL replaces each escaped NUL, which jsonb refuses, by the
// replacement character.
func withoutNUL(b []byte) []byte {
	const escaped = `\u0000`
	if !bytes.Contains(b, []byte(escaped)) {
		return b
	}
	for i := 0; i < len(b)-1; i++ {
		if b[i] != '\\' {
			continue
		}
		if bytes.HasPrefix(b[i:], []byte(escaped)) {
			copy(b[i:], `\ufffd`)
		}
		i++ // whatever is escaped, a backslash included
	}
	return b
}

// contentHash tells whether two rows say the same. Values are those that are
// written: texts, numbers, lists, raw JSON, times.
func contentHash(values ...any) ([]byte, error) {
	b := append(make([]byte, 0, 1024), '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendJSON(b, v); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(append(b, ']'))
	return sum[:16], nil
}

// appendJSON appends what json.Marshal makes of the value, so that hashes stay
// what they were; the kinds that nearly all values are of go without it.
func appendJSON(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		if isPlain(v) {
			return append(append(append(b, '"'), v...), '"'), nil
		}
	case []string:
		if v != nil && !slices.ContainsFunc(v, func(s string) bool { return !isPlain(s) }) {
			b = append(b, '[')
			for i, s := range v {
				if i > 0 {
					b = append(b, ',')
				}
				b = append(append(append(b, '"'), s...), '"')
			}
			return append(b, ']'), nil
		}
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case json.RawMessage:
		if string(v) == "[]" || string(v) == "{}" {
			return append(b, v...), nil
		}
	}
	encoded, err := json.Marshal(v)
	return append(b, encoded...), err
}

// isPlain reports whether the text is itself between quotation marks in JSON.
func isPlain(s string) bool {
	for _, r := range s {
		switch {
		case r < ' ', r == '"', r == '\\', r == '<', r == '>', r == '&', r == 0x7f, r == '\u2028', r == '\u2029', r == utf8.RuneError:
			return false
		}
	}
	return true
}

// instant is the time as precise as the database keeps it, nil when it is
// zero.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	utc := t.UTC().Truncate(time.Microsecond)
	return &utc
}

// timeOf is the opposite of instant.
func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// moment is a time for a column that may be null, which zero is.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
