package reconcile

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// isKnown takes letters out of UTF-8 itself, and must take what UTF-8 has there.
func TestIsKnownReadsUTF8(t *testing.T) {
	agrees := func(t interface{ Errorf(string, ...any) }, s string) {
		want := utf8.ValidString(s) && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") && !strings.Contains(s, "  ")
		for _, r := range s {
			want = want && (r == ' ' || letterOf(r).known)
		}
		if got := isKnown(s); got != want {
			t.Errorf("isKnown(%q) = %v", s, got)
		}
	}
	for r := rune(0); r < 0x3000; r++ {
		agrees(t, string(r))
		agrees(t, "Võ "+string(r)+"ế")
	}
	bytes := rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("a \xC1\xC2\xC3\xC9\xDF\xE0\xE1\xB8\xBB\xBC\xBF\x80")))
	rapid.Check(t, func(t *rapid.T) {
		agrees(t, string(rapid.SliceOfN(bytes, 0, 6).Draw(t, "bytes")))
		agrees(t, rapid.String().Draw(t, "text"))
	})
}
