//go:build !race

package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doisoat/cmd/doisoat/provincetest"
	"doisoat/config"
	"doisoat/config/plan"
	"doisoat/reconcile"
)

var fullProvince = flag.Bool("full", false, "make the planted province as large as the plan, some 8,600 registrations")

// provinceConfig reads the inbox by the subfolders' agency codes.
const provinceConfig = `plan: quang-ngai-2024
database: embedded
reports: ./reports
deadline: 2024-03-31
sources:
  - {type: folder, path: ./inbox}
allocations:
  - {type: folder, path: ./allocations}
  - {type: yaml, path: ./inputs.yaml}
`

const provinceHead = `# A planted province

Seed %d: %d registrations in %d files.

What a rule found is right where something was planted for it, and wrong
elsewhere; one plant may give rise to several findings. Asked are people in two
rows of whom TL05 only asks whether they are one. To ask is all that is planted
for two rows with one citizen ID whose dates are more than one digit apart, and
for two of whom no more than name and year is known. What could not be checked
counts as nothing. The files are read twice: before the second time, some lists
lose their people (NG05).

`

// TestProvince reconciles a whole province in which discrepancies of every rule
// are planted, and holds what is found against them:
//
//	go test ./cmd/doisoat -run TestProvince -v -args -full
//
// prints precision and recall of each rule for the province as large as the
// plan. The tables of both sizes are kept in testdata; -update rewrites them.
func TestProvince(t *testing.T) {
	t.Parallel()
	options, table := provincetest.Options{Seed: 1, Scale: 0.06}, "testdata/province-small.md"
	if *fullProvince {
		options, table = provincetest.Options{Seed: 2024, Scale: 1, OverBudget: true}, "testdata/province.md"
	}
	var err error
	if options.Plan, options.Register, err = plan.Load(defaultPlan); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	province, err := provincetest.Make(options)
	if err != nil {
		t.Fatal(err)
	}
	made := time.Now()
	dir := t.TempDir()
	writeProvince(t, dir, province)
	database := testDatabase(t)
	runOffice(t, filepath.Join(dir, config.DefaultFile), database, provincetest.Day)
	writeFiles(t, dir, province.Later)
	found := runOffice(t, filepath.Join(dir, config.DefaultFile), database, provincetest.Day.Add(time.Hour))
	t.Logf("%d files made in %v, reconciled in %v", len(province.Files), made.Sub(began), time.Since(made))

	findings := make([]reconcile.Finding, len(found))
	for i := range found {
		findings[i] = found[i].Finding
	}
	outcome := province.Judge(findings, func(source string) string { _, path, _ := strings.Cut(source, ":"); return path })
	for _, p := range outcome.Missed {
		t.Logf("missed %s: %s, %+v", p.Rule, p.What, p.Place)
	}
	for _, a := range outcome.Asked {
		t.Logf("asked %s: %s, %+v: %s", a.Rule, a.What, a.Place, a.Words)
	}
	for i := range outcome.Wrong {
		f := &outcome.Wrong[i]
		t.Logf("wrong %s for %q, %s at %s: %s (%s)", f.Rule, f.Agency, f.Place.Source, f.Place, f.Message, f.Found)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, provinceHead, options.Seed, province.Registrations, len(province.Files))
	if err := outcome.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	golden(t, table, b.String())
	for rule, s := range outcome.Scores {
		if least := leastScore(rule); s.Recall() < least || s.Precision() < least {
			t.Errorf("%s: precision %.3f, recall %.3f, less than %.2f", rule, s.Precision(), s.Recall(), least)
		}
	}
}

// leastScore is what precision and recall of a rule may not fall below. Who is
// who can only be told with some probability; all else is certain.
func leastScore(rule string) float64 {
	switch rule {
	case "TL02":
		return 0.95
	case "TL05":
		return 0.75
	}
	return 1
}

func writeProvince(t *testing.T, dir string, p *provincetest.Province) {
	t.Helper()
	writeFiles(t, dir, append(p.Files, provincetest.File{Path: config.DefaultFile, Content: []byte(provinceConfig)}))
}

func writeFiles(t *testing.T, dir string, files []provincetest.File) {
	t.Helper()
	for _, f := range files {
		target := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, f.Content, 0o600); err != nil {
			t.Fatal(err)
		}
		if f.Changed.IsZero() {
			continue
		}
		if err := os.Chtimes(target, f.Changed, f.Changed); err != nil {
			t.Fatal(err)
		}
	}
}
