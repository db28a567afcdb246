package rule

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"doisoat/reconcile"
)

var update = flag.Bool("update", false, "write the findings into testdata")

// Each rule has scenarios testdata/<id>*.txtar; each scenario has at least one
// counter-example.
func TestRules(t *testing.T) {
	for _, r := range All() {
		files, err := filepath.Glob(filepath.Join("testdata", strings.ToLower(r.ID)+"*.txtar"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s has no scenario (%v)", r.ID, err)
		}
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runScenario(t, file, r.ID) })
		}
	}
}

func runScenario(t *testing.T, file, id string) {
	s, archive := openScenario(t, file)
	if err := s.opts.Check(All()); err != nil {
		t.Fatal(err)
	}
	var own []reconcile.Finding
	for _, f := range Run(All(), s.in, s.opts) {
		if f.Rule == id {
			own = append(own, f)
		}
	}
	got := print(own)
	staysQuiet(t, archive, own)
	if *update {
		setFile(archive, "findings", got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(fileOf(archive, "findings"), got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// staysQuiet checks the counter-examples.
func staysQuiet(t *testing.T, archive *txtar.Archive, findings []reconcile.Finding) {
	t.Helper()
	examples := strings.Split(strings.TrimSpace(fileOf(archive, "quiet")), "\n")
	var input strings.Builder
	for _, f := range archive.Files {
		if f.Name != "quiet" && f.Name != "findings" {
			input.WriteString(f.Name + "\n" + string(f.Data))
		}
	}
	for _, example := range examples {
		if example == "" || !strings.Contains(input.String(), example) {
			t.Errorf("counter-example %q is not in the input", example)
		}
		for _, f := range findings {
			if f.Person == example || strings.Contains(f.Subject+"\n"+f.Message+"\n"+f.Found, example) {
				t.Errorf("%s fires for %q: %s", f.Rule, example, f.Message)
			}
		}
	}
}

func print(findings []reconcile.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s\n", f.Severity, f.Subject)
		who := slices.DeleteFunc([]string{f.Agency, f.Program, f.Person}, func(s string) bool { return s == "" })
		places := []string{f.Place.String()}
		for _, o := range f.Related {
			places = append(places, o.String())
		}
		line := func(name, text string) {
			if text != "" {
				fmt.Fprintf(&b, "\t%s: %s\n", name, text)
			}
		}
		line("who", strings.Join(who, ", "))
		line("at", strings.Join(places, ", "))
		if f.NotChecked {
			line("not checked", "yes")
		}
		line("message", f.Message)
		line("found", f.Found)
		line("expected", f.Expected)
		line("basis", f.LegalBasis)
		line("remedy", f.Remedy)
		line("invalidates", strings.Join(f.Invalidates, "; "))
	}
	return b.String()
}

func fileOf(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setFile(a *txtar.Archive, name, text string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(text)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
}
