package understand

import (
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"

	"pgregory.net/rapid"
)

// What spares an expression its work must agree with it on every clean text.
func TestShortcutsAgree(t *testing.T) {
	texts := rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`["”“″〃–(/-]{0,2}\s?(nt|NT|n/t|Như trên|nhu tren|nam|x)?\s?[-–").]{0,2}`),
		rapid.StringMatching(`(Ca|Đỗ|K)? ?(không|CHƯA|\x{212A}hông|khong|Khánh|có)? (nhu cầu)?`),
		rapid.StringMatching(`(Nguyễn|trần|LÊ|Đỗ) (Văn|THỊ|Hữu) [A-Da-dxÀ]{1,2}[ .…]{0,2}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := reconcile.Clean(texts.Draw(t, "text"))
		if got, want := isDitto(text), len(text) <= 16 && ditto.MatchString(text); got != want {
			t.Errorf("isDitto(%q) = %v, the expression says %v", text, got, want)
		}
		if got, want := saysExample(text), exampleName.MatchString(strings.Trim(text, " .,…")); got != want {
			t.Errorf("saysExample(%q) = %v, the expression says %v", text, got, want)
		}
		if got := mayDeny(text); got != slices.ContainsFunc(strings.Fields(text), isDenial) {
			t.Errorf("mayDeny(%q) = %v", text, got)
		}
		for _, word := range strings.Fields(text) {
			if got, want := isMixed(word), strings.ToUpper(word) != word && strings.ToLower(word) != word; got != want {
				t.Errorf("isMixed(%q) = %v", word, got)
			}
		}
	})
}

// isTotal takes no bare name for a total: no wording of one may begin like a name.
func TestNoTotalBeginsLikeAName(t *testing.T) {
	for _, list := range []*phrases[bool]{totalStarts, stateWords} {
		for first := range list.byFirst {
			for name := range bareSurnames {
				if words(name)[0] == first {
					t.Errorf("%q is a family name and begins a total", name)
				}
			}
		}
	}
}

// isNilReturn passes over bare names without the words that begin a denial.
func TestNilReturnsBeginWithADenial(t *testing.T) {
	for first := range nilWords.byFirst {
		if !slices.ContainsFunc(denials, func(no string) bool { return words(no)[0] == first }) {
			t.Errorf("%q begins a wording of nil returns, which are not looked for by it", first)
		}
	}
	if !mayDeny("A KHÔNG có nhu cầu") || mayDeny("Nguyễn Thị Chưng") {
		t.Error("a denial is told by whole words, in capitals or not")
	}
}

// A text without letters says nothing of which of its dates is which.
func TestDatesWithoutLettersAreInNoOrder(t *testing.T) {
	texts := rapid.StringMatching(`([0-9]{1,2}[./-]){0,2}[0-9]{2,4}[ ;,(/]{0,2}([cC][tT]|db|kn|chưa|K)?[ :.)]{0,2}([0-9]{1,2}/){0,2}([0-9]{4})?`)
	rapid.Check(t, func(t *rapid.T) {
		text := reconcile.Clean(texts.Draw(t, "text"))
		if !holdsLetter(text) && strings.Trim(partyOrder(text), "N") != "" {
			t.Errorf("%q has the order %q", text, partyOrder(text))
		}
	})
}
