package postgres

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doisoat/reconcile"
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
	if readings, ok := v.(reconcile.Readings); ok { // most of what is ever encoded
		return withoutNUL(readings.AppendJSON(nil)), nil
	}
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
	var h hasher
	return h.hash(values)
}

// hasher makes the hashes of many rows. The zero value is ready.
type hasher struct{ room []byte }

// hash is the contentHash of the values.
func (h *hasher) hash(values []any) ([]byte, error) {
	b := append(h.room[:0], '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendJSON(b, v); err != nil {
			return nil, err
		}
	}
	h.room = append(b, ']')
	sum := sha256.Sum256(h.room)
	return sum[:16:16], nil
}

// appendJSON appends what json.Marshal makes of the value, so that hashes stay
// what they were; the kinds that nearly all values are of go without it.
func appendJSON(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return reconcile.AppendJSONText(b, v), nil
	case []string:
		if v != nil {
			b = append(b, '[')
			for i, s := range v {
				if i > 0 {
					b = append(b, ',')
				}
				b = reconcile.AppendJSONText(b, s)
			}
			return append(b, ']'), nil
		}
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case json.RawMessage:
		switch {
		case v == nil:
			return append(b, "null"...), nil
		case isCompact(v):
			return append(b, v...), nil
		}
	}
	encoded, err := json.Marshal(v)
	return append(b, encoded...), err
}

// isCompact reports whether json.Marshal leaves the JSON as it is: no space
// between its parts, and nothing in its texts that it would escape.
func isCompact(raw json.RawMessage) bool {
	inText := false
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			inText = !inText
		case '\\':
			i++ // whatever is escaped, a quotation mark included
		case ' ', '\t', '\n', '\r':
			if !inText {
				return false
			}
		case '<', '>', '&':
			return false
		case 0xe2:
			if rest := raw[i:]; bytes.HasPrefix(rest, []byte("\u2028")) || bytes.HasPrefix(rest, []byte("\u2029")) {
				return false
			}
		}
	}
	return len(raw) > 0
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
