package rule

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"doisoat/reconcile"
)

// Whatever a scenario is for, all that the whole catalogue finds in it can be
// acted on, and each rule finds something somewhere.
func TestFindingsAreComplete(t *testing.T) {
	found, quiet := make(map[string]bool), make(map[string]bool)
	for file := range scenarios(t) {
		s, archive := openScenario(t, file)
		id := strings.ToUpper(filepath.Base(file)[:4])
		quiet[id] = quiet[id] || strings.TrimSpace(fileOf(archive, "quiet")) != ""
		for _, f := range Run(All(), s.in, s.opts) {
			found[f.Rule] = found[f.Rule] || !f.NotChecked
			complete(t, f)
			inItsPlace(t, s.in, f)
			wellWorded(t, f)
			lawful(t, s.in, f)
		}
	}
	for _, r := range All() {
		if !found[r.ID] {
			t.Errorf("%s finds nothing in any scenario", r.ID)
		}
		if !quiet[r.ID] {
			t.Errorf("%s has no counter-example", r.ID)
		}
	}
}

func scenarios(t *testing.T) func(func(string) bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	return slices.Values(files)
}

func openScenario(t *testing.T, file string) (scenario, *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := parseScenario(archive)
	if err != nil {
		t.Fatal(err)
	}
	return s, archive
}

// complete checks what every finding must have.
func complete(t *testing.T, f reconcile.Finding) {
	t.Helper()
	for name, text := range map[string]string{
		"Subject": f.Subject, "Message": f.Message, "LegalBasis": f.LegalBasis, "Remedy": f.Remedy, "Found": f.Found, "Expected": f.Expected,
	} {
		if text == "" {
			t.Errorf("%s without %s: %s", f.Rule, name, f.Message)
		}
	}
	if !slices.Contains([]reconcile.Severity{reconcile.SeverityError, reconcile.SeverityWarning, reconcile.SeverityInfo}, f.Severity) {
		t.Errorf("%s has the severity %q: %s", f.Rule, f.Severity, f.Message)
	}
	if f.Severity != reconcile.SeverityError && len(f.Invalidates) > 0 {
		t.Errorf("%s invalidates without being an error: %s", f.Rule, f.Message)
	}
}

// inItsPlace checks that somebody can act on a finding, and finds its place:
// what is in a document goes to who owns it, or to the office.
func inItsPlace(t *testing.T, in *Input, f reconcile.Finding) {
	t.Helper()
	if f.Agency != "" && in.Register.Agency(f.Agency) == nil {
		t.Errorf("%s is for the agency %q, which nobody knows: %s", f.Rule, f.Agency, f.Message)
	}
	if f.Program != "" && in.Plan.Program(f.Program) == nil {
		t.Errorf("%s is about the program %q, which nobody knows: %s", f.Rule, f.Program, f.Message)
	}
	d := in.index.documents[f.Place.Source]
	switch {
	case f.Place.Source == "" && f.Place != reconcile.Origin{}:
		t.Errorf("%s stands in no document and at %s: %s", f.Rule, f.Place, f.Message)
	case f.Place.Source == "" && f.Person != "":
		t.Errorf("%s is about a person and stands nowhere: %s", f.Rule, f.Message)
	case d != nil && d.Agency != "" && f.Agency != "" && d.Agency != f.Agency:
		t.Errorf("%s is for %s and stands in a document of %s: %s", f.Rule, f.Agency, d.Agency, f.Message)
	}
}

var (
	// Words of the code that have no business in a sentence for people.
	codeWord = regexp.MustCompile(`[a-z]+_[a-z]+|%!|<nil>|\{|\}`)
	// Keys of the configuration, which a remedy for the office may name.
	keyWord    = regexp.MustCompile(`own_standards`)
	wrongSpace = regexp.MustCompile(`  |^ | $| [,;)]| \.( |$)|\( |\.\.`)
)

// wellWorded checks the form of the sentences.
func wellWorded(t *testing.T, f reconcile.Finding) {
	t.Helper()
	for name, text := range map[string]string{"message": f.Message, "remedy": f.Remedy} {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "“"))
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: the %s is no sentence: %s", f.Rule, name, text)
		}
	}
	if strings.Contains(strings.TrimSuffix(f.Remedy, "."), ". ") {
		t.Errorf("%s: the remedy is more than one sentence: %s", f.Rule, f.Remedy)
	}
	for name, text := range map[string]string{"message": f.Message, "remedy": f.Remedy, "expected": f.Expected} {
		if m := codeWord.FindString(keyWord.ReplaceAllString(text, "")); m != "" {
			t.Errorf("%s: the %s holds %q: %s", f.Rule, name, m, text)
		}
		if m := wrongSpace.FindString(text); m != "" {
			t.Errorf("%s: the %s has %q: %s", f.Rule, name, m, text)
		}
		if !utf8.ValidString(text) || text != reconcile.Clean(text) {
			t.Errorf("%s: the %s is not clean: %q", f.Rule, name, text)
		}
	}
}

// lawful checks that a legal basis is one that the plan, its standards, its
// exclusions or the norms give.
func lawful(t *testing.T, in *Input, f reconcile.Finding) {
	t.Helper()
	bases := []string{planTitle(in), in.Plan.MoneyBasis}
	for i := range in.Plan.Bases {
		bases = append(bases, in.Plan.Bases[i].Text)
	}
	for i := range in.Plan.Standards {
		bases = append(bases, in.Plan.Standards[i].Act)
	}
	for i := range in.Plan.Exclusions {
		bases = append(bases, in.Plan.Exclusions[i].Basis)
	}
	for i := range in.Norms {
		bases = append(bases, in.Norms[i].Source)
	}
	if !slices.ContainsFunc(bases, func(basis string) bool { return basis != "" && strings.Contains(f.LegalBasis, basis) }) {
		t.Errorf("%s: the basis %q is not in the data: %s", f.Rule, f.LegalBasis, f.Message)
	}
}
