package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doisoat/docs"
)

// The guides are held to what the program has: each command with its flags,
// each word in bold letters, which are words of the program's screens and
// reports, and each address, which has to be found without internet.

var (
	codePart    = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")
	commandLine = regexp.MustCompile(`(?m)(?:^|[ /` + "`" + `])doisoat ([a-z][^\n` + "`" + `]*)`)
	quotedWord  = regexp.MustCompile(`"[^"]*"`)
	boldPart    = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	addressPart = regexp.MustCompile(`\]\(([^)]+)\)`)
)

func guideTexts(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range docs.Guides() {
		content, err := docs.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(content)
	}
	return all
}

func TestGuidesNameWhatTheProgramTakes(t *testing.T) {
	t.Parallel()
	for name, text := range guideTexts(t) {
		for _, code := range codePart.FindAllString(text, -1) {
			for _, found := range commandLine.FindAllStringSubmatch(code, -1) {
				args := strings.Fields(quotedWord.ReplaceAllString(found[1], "x"))
				cmd, rest, err := (&app{lang: vietnamese}).rootCommand().Find(args)
				if err == nil {
					err = cmd.ParseFlags(rest)
				}
				if err == nil {
					err = cmd.ValidateArgs(cmd.Flags().Args())
				}
				if err != nil {
					t.Errorf("%s: the program does not take %q: %v", name, found[1], err)
				}
			}
		}
	}
}

func TestGuidesNameWhatPeopleSee(t *testing.T) {
	t.Parallel()
	shown := programText(t)
	for name, text := range guideTexts(t) {
		for _, bold := range boldPart.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(shown, bold[1]) {
				t.Errorf("%s: the program nowhere says %q", name, bold[1])
			}
		}
	}
}

// programText is all that the program may say: its sources without the tests.
func programText(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, folder := range []string{"cmd", "config", "reconcile", "sync"} {
		err := fs.WalkDir(os.DirFS("../../"+folder), ".", func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(file, "_test.go") || !slices.Contains([]string{".go", ".html"}, path.Ext(file)) {
				return err
			}
			content, err := os.ReadFile("../../" + folder + "/" + file)
			b.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestGuidesAreWhole: what a guide leads to is carried by the program, no
// picture is heavy, and none is left that no guide shows.
func TestGuidesAreWhole(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for name, text := range guideTexts(t) {
		if !strings.HasPrefix(text, "# ") {
			t.Errorf("%s does not begin with its title", name)
		}
		for _, found := range addressPart.FindAllStringSubmatch(text, -1) {
			named[found[1]] = true
			if info, err := fs.Stat(docs.Files, found[1]); err != nil || info.Size() > 150_000 {
				t.Errorf("%s leads to %s: %v", name, found[1], err)
			}
		}
	}
	pictures, err := fs.Glob(docs.Files, "pictures/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, picture := range pictures {
		if !named[picture] {
			t.Errorf("no guide shows %s", picture)
		}
	}
	guides, err := fs.Glob(docs.Files, "*.md")
	if err != nil || len(guides) != len(docs.Guides()) {
		t.Errorf("the guides are %v, listed are %v: %v", guides, docs.Guides(), err)
	}
}
