package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// arenaChunk is how much text shares one allocation.
const arenaChunk = 64 << 10

// arena keeps many short texts in few allocations: a sheet has hundreds of
// thousands of them, and one allocation each would cost more than reading.
type arena struct {
	chunk strings.Builder
	left  int64 // bytes that may still be kept
}

// add keeps a text. What is no UTF-8 becomes U+FFFD, and so does NUL, which no
// database takes.
func (a *arena) add(text []byte) (string, error) {
	if len(text) == 0 {
		return "", nil
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	if bytes.IndexByte(text, 0) >= 0 {
		text = bytes.ReplaceAll(text, []byte{0}, []byte("\uFFFD"))
	}
	return a.addPlain(text)
}

// addPlain is add for a text that is known to be UTF-8 without NUL.
func (a *arena) addPlain(text []byte) (string, error) {
	if a.left -= int64(len(text)); a.left < 0 {
		return "", fmt.Errorf("%w: too much text", ErrTooLarge)
	}
	if a.chunk.Cap()-a.chunk.Len() < len(text) {
		// The texts so far keep the old chunk; only the builder lets go of it.
		a.chunk.Reset()
		a.chunk.Grow(max(arenaChunk, len(text)))
	}
	start := a.chunk.Len()
	a.chunk.Write(text)
	return a.chunk.String()[start:], nil
}
