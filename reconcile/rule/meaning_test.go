package rule

import (
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
)

// TestMeaningIsWhatHappens: where an answer or a decision says who is one
// person, the rule's words begin with that, and nowhere else.
func TestMeaningIsWhatHappens(t *testing.T) {
	var special []string
	for _, r := range All() {
		if r.Meaning.Accepted != "" {
			special = append(special, r.ID)
		}
		answer := reconcile.Response{Answer: string(reconcile.AnswerCorrect)}
		accepted := reconcile.Decision{Verdict: string(reconcile.Accepted)}
		refused := reconcile.Decision{Verdict: string(reconcile.Refused)}
		for _, said := range []struct {
			words  string
			stance reconcile.Stance
		}{
			{r.Meaning.Correct, answer.StanceOf(r.ID)},
			{r.Meaning.Accepted, accepted.StanceOf(r.ID)},
			{r.Meaning.Refused, refused.StanceOf(r.ID)},
		} {
			apart, one := strings.HasPrefix(said.words, "không phải cùng một người"), strings.HasPrefix(said.words, "là cùng một người")
			if apart != (said.stance == reconcile.ToldApart) || one != (said.stance == reconcile.ToldOne) {
				t.Errorf("%s: %q is taken as %v", r.ID, said.words, said.stance)
			}
		}
	}
	if want := []string{"NG05", "NG06", "TL01", "TL02", "TL05"}; !slices.Equal(special, want) {
		t.Errorf("decisions mean more than usual on %v, want %v", special, want)
	}
}
