package seal

import (
	"bytes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

// A seal stands in the text between these two signs, which hardly any other
// text has, nor a byte that most texts have; one that has them by chance does
// not open, and is left as it is.
const (
	opening = "〘"
	closing = "〙"
)

// Sealer seals and opens with one data key. The nil Sealer seals nothing and
// opens nothing: a database without encryption. It is safe for concurrent use.
type Sealer struct {
	texts *subtle.AESSIV
	blobs cipher.AEAD
}

func newSealer(data []byte) (*Sealer, error) {
	key, err := derived(data, "doisoat texts", subtle.AESSIVKeySize)
	if err != nil {
		return nil, err
	}
	s := &Sealer{}
	if s.texts, err = subtle.NewAESSIV(key); err != nil {
		return nil, err
	}
	s.blobs, err = gcm(data, "doisoat files")
	return s, err
}

var encoding = base64.RawURLEncoding

// Whole seals the text as one, whatever it says; "" stays "".
func (s *Sealer) Whole(text string) string {
	if s == nil || text == "" {
		return text
	}
	return string(s.appendSeal(nil, []byte(text)))
}

func (s *Sealer) appendSeal(b, text []byte) []byte {
	sealed, err := s.texts.EncryptDeterministically(text, nil)
	if err != nil {
		panic(err) // only for texts beyond the size of the memory
	}
	b = append(b, opening...)
	b = encoding.AppendEncode(b, sealed)
	return append(b, closing...)
}

// Text seals the numbers in the text that may be a person's, see nextNumber.
func (s *Sealer) Text(text string) string {
	if s == nil {
		return text
	}
	if first, _ := nextNumber(text); first < 0 {
		return text
	}
	return string(s.appendText(make([]byte, 0, len(text)+64), []byte(text)))
}

func (s *Sealer) appendText(b, text []byte) []byte {
	for {
		first, end := nextNumber(text)
		if first < 0 {
			return append(b, text...)
		}
		b = append(b, text[:first]...)
		b = s.appendSeal(b, text[first:end])
		text = text[end:]
	}
}

// JSON is Text for the texts in valid JSON; its numbers are money and counts,
// and stay.
func (s *Sealer) JSON(text []byte) []byte {
	if s == nil {
		return text
	}
	if first, _ := nextNumber(text); first < 0 {
		return text
	}
	b := make([]byte, 0, len(text)+64)
	for {
		start := bytes.IndexByte(text, '"')
		if start < 0 {
			return append(b, text...)
		}
		b, text = append(b, text[:start+1]...), text[start+1:]
		for { // from one escape, such as \u00a0, to the next
			stop := bytes.IndexAny(text, `"\`)
			if stop < 0 {
				return append(b, text...) // not valid
			}
			b = s.appendText(b, text[:stop])
			length := 1
			if text[stop] == '\\' {
				length = escapeLength(text[stop:])
			}
			b = append(b, text[stop:stop+length]...)
			quote := text[stop] == '"'
			text = text[stop+length:]
			if quote {
				break
			}
		}
	}
}

// escapeLength is that of the escape at the text's beginning.
func escapeLength(text []byte) int {
	length := 2
	if len(text) > 1 && text[1] == 'u' {
		length = 6
	}
	return min(length, len(text))
}

// Open opens all seals in the text. What looks like a seal and is none of this
// key's is left as it is.
func (s *Sealer) Open(text string) string {
	if s == nil || !strings.Contains(text, opening) {
		return text
	}
	return string(s.OpenBytes([]byte(text)))
}

// OpenBytes is Open.
func (s *Sealer) OpenBytes(text []byte) []byte {
	return s.open(text, func(b, plain []byte) []byte { return append(b, plain...) })
}

// OpenJSON is Open for JSON whose texts hold seals.
func (s *Sealer) OpenJSON(text []byte) []byte { return s.open(text, appendEscaped) }

func (s *Sealer) open(text []byte, add func(b, plain []byte) []byte) []byte {
	if s == nil || !isSealed(text) {
		return text
	}
	b := make([]byte, 0, len(text))
	for {
		start := bytes.Index(text, []byte(opening))
		if start < 0 {
			return append(b, text...)
		}
		b, text = append(b, text[:start]...), text[start:]
		plain, length := s.openFirst(text)
		if plain == nil {
			b, text = append(b, opening...), text[len(opening):]
			continue
		}
		b, text = add(b, plain), text[length:]
	}
}

// openFirst opens the seal at the text's beginning: nil when it is none.
func (s *Sealer) openFirst(text []byte) (plain []byte, length int) {
	inner := text[len(opening):]
	end := bytes.Index(inner, []byte(closing))
	if end < 0 {
		return nil, 0
	}
	sealed, err := encoding.AppendDecode(nil, inner[:end])
	if err != nil {
		return nil, 0
	}
	if plain, err = s.texts.DecryptDeterministically(sealed, nil); err != nil || len(plain) == 0 {
		return nil, 0
	}
	return plain, len(opening) + end + len(closing)
}

// isSealed reports whether there may be a seal in the text.
func isSealed(text []byte) bool {
	// Most texts have not even the first byte of the sign.
	at := bytes.IndexByte(text, opening[0])
	return at >= 0 && bytes.Contains(text[at:], []byte(opening))
}

// appendEscaped appends the text as it stands between quotation marks in JSON.
func appendEscaped(b, plain []byte) []byte {
	for _, c := range plain {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, `\u00`...)
			b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}

// File seals a file's bytes; equal files have different seals.
func (s *Sealer) File(content []byte) []byte {
	if s == nil {
		return content
	}
	return s.blobs.Seal(nil, nil, content, nil)
}

// ErrDamaged: the bytes are not what File made with this key.
var ErrDamaged = errors.New("tệp lưu trong cơ sở dữ liệu không mở được bằng khóa này")

// OpenFile is the opposite of File.
func (s *Sealer) OpenFile(sealed []byte) ([]byte, error) {
	if s == nil {
		return sealed, nil
	}
	content, err := s.blobs.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, ErrDamaged
	}
	return content, nil
}
