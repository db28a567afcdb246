//go:build !race

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/config"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/sync/pipeline"
)

var update = flag.Bool("update", false, "rewrite the findings and changes below testdata/scenarios, and the tables of provinces")

// The many runs of these tests are left out with the race detector: the stages
// have race tests of their own.

// TestScenarios runs the stories of testdata/scenarios, each a folder:
//
//	story.txt        what happens, and what an official should be told
//	2024-03-15/      the office as of that day, which is when it is run: its
//	                 configuration, inbox and inputs
//	2024-03-20/      what has come, or come anew, until the next run
//	findings.txt     what is found after the last run, written by -update
//	wrong-<name>/    a plausible set-up that is wrong: why.txt says what of it
//
// The files of a wrong set-up win over the story's, and a day's folder in it
// stands in for the story's own. It must not give the same answer: changes.txt,
// written by -update, has the findings that go and come.
//
// A file NAME.xlsx.txt becomes the workbook NAME.xlsx, see writeBook; others
// are copied. The stages are those of `doisoat run`, on a real database.
func TestScenarios(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("testdata/scenarios/*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			mustExist(t, folder, "story.txt")
			right := runScenario(t, folder, "")
			golden(t, filepath.Join(folder, "findings.txt"), right)
			wrongs, err := filepath.Glob(filepath.Join(folder, "wrong-*"))
			if err != nil || len(wrongs) == 0 {
				t.Fatal("no wrong set-up", err)
			}
			for _, wrong := range wrongs {
				t.Run(filepath.Base(wrong), func(t *testing.T) {
					t.Parallel()
					mustExist(t, wrong, "why.txt")
					changes := changedLines(right, runScenario(t, folder, wrong))
					if changes == "" {
						t.Fatal("a wrong set-up gives the same answer")
					}
					golden(t, filepath.Join(wrong, "changes.txt"), changes)
				})
			}
		})
	}
}

func mustExist(t *testing.T, folder, name string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s, -want +got:\n%s", file, diff)
	}
}

var dayName = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// runScenario runs the office on each of the story's days and returns what is
// found at the end. wrong is the folder of a wrong set-up, or "".
func runScenario(t *testing.T, folder, wrong string) string {
	t.Helper()
	days, err := filepath.Glob(filepath.Join(folder, "????-??-??"))
	if err != nil || len(days) == 0 {
		t.Fatal("no day", err)
	}
	dir, database := t.TempDir(), testDatabase(t)
	var found []reconcile.Discrepancy
	for _, source := range days {
		day, err := time.Parse(time.DateOnly, filepath.Base(source))
		if err != nil {
			t.Fatal(err)
		}
		if wrong != "" {
			if own := filepath.Join(wrong, filepath.Base(source)); isFolder(own) {
				source = own
			}
		}
		come := day.Add(-15 * time.Hour) // the day before, in Vietnam
		copyScenario(t, source, dir, come)
		if wrong != "" {
			copyScenario(t, wrong, dir, come)
		}
		found = runOffice(t, filepath.Join(dir, config.DefaultFile), database, day.Add(time.Hour))
	}
	return describeFindings(found)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// copyScenario copies a folder's files, but for those that tell of a set-up and
// for the days of a wrong one.
func copyScenario(t *testing.T, from, to string, changed time.Time) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir() && dayName.MatchString(name):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		case name == "why.txt" || name == "changes.txt":
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if book, ok := strings.CutSuffix(target, ".xlsx.txt"); ok {
			target = book + ".xlsx"
			if content, err = writeBook(string(content)); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		if err := os.WriteFile(target, content, 0o600); err != nil {
			return err
		}
		return os.Chtimes(target, changed, changed)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testDatabase is the address of a database with the tables of store and jobs.
func testDatabase(t *testing.T) string {
	t.Helper()
	return pgtest.Prepared(t, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return pipeline.Migrate(ctx, store, slog.New(slog.DiscardHandler))
	})
}

// runOffice does what `doisoat run` does, at the given time and on the given
// database, and returns all that has ever been found.
func runOffice(t *testing.T, configuration, database string, now time.Time) []reconcile.Discrepancy {
	t.Helper()
	var out bytes.Buffer
	a := &app{environment: environment{out: &out, errOut: t.Output(), now: func() time.Time { return now }}, lang: vietnamese}
	s, err := a.configure(settingsFlags{config: configuration})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(s.cfg.Reports, 0o755); err != nil {
		t.Fatal(err)
	}
	s.cfg.Database = config.Database{URL: database}
	if err := s.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.close()
	err = a.runOnce(t.Context(), s, "manual", false)
	if _, partial := err.(*partialError); err != nil && !partial {
		t.Fatalf("%v\n%s", err, out.String())
	}
	found, err := s.store.Discrepancies(t.Context(), s.plan.ID, postgres.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// describeFindings writes what was found for people to review: a finding is a
// paragraph, and what could not be checked is one line.
func describeFindings(found []reconcile.Discrepancy) string {
	var b strings.Builder
	unchecked := make(map[string]bool)
	for i := range found {
		d := &found[i]
		if d.NotChecked {
			if d.Status != reconcile.StatusGone {
				unchecked[d.Rule] = true
			}
			continue
		}
		fmt.Fprintf(&b, "%s %s %s, for %s", d.Rule, d.Severity, d.Status, orOffice(d.Agency))
		if place := d.Place.String(); place != "" {
			fmt.Fprintf(&b, ", %s at %s", filepath.Base(d.Place.Source), place)
		}
		fmt.Fprintf(&b, ": %s\n\tfound: %s\n\texpected: %s\n", d.Message, d.Found, d.Expected)
	}
	rules := make([]string, 0, len(unchecked))
	for id := range unchecked {
		rules = append(rules, id)
	}
	slices.Sort(rules)
	fmt.Fprintf(&b, "in part or wholly not checked: %s\n", strings.Join(rules, " "))
	return b.String()
}

func orOffice(agency string) string {
	if agency == "" {
		return "the office"
	}
	return agency
}

// changedLines are the paragraphs that are only in one of the texts.
func changedLines(right, wrong string) string {
	had, has := paragraphs(right), paragraphs(wrong)
	var b strings.Builder
	for _, p := range had {
		if !slices.Contains(has, p) {
			b.WriteString("- " + p)
		}
	}
	for _, p := range has {
		if !slices.Contains(had, p) {
			b.WriteString("+ " + p)
		}
	}
	return b.String()
}

// paragraphs are the lines with those below them that are indented.
func paragraphs(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if n := len(all); n > 0 && strings.HasPrefix(line, "\t") {
			all[n-1] += line
			continue
		}
		all = append(all, line)
	}
	return all
}
