package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var updateModules = flag.Bool("update-modules", false, "write MODULES.md anew")

// listedModule is a module as `go list` describes it.
type listedModule struct {
	Path, Version, Dir string
	Main               bool
}

// linked are the modules of which something is in the program, in the order of
// their paths.
func linked(t *testing.T) []listedModule {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-json=Module", "doisoat/cmd/doisoat")
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0") // as the image is built
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := make(map[string]listedModule)
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *listedModule }
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main {
			all[p.Module.Path] = *p.Module
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b listedModule) int { return strings.Compare(a.Path, b.Path) })
}

// licences are known by words that stand in no other one of them.
func licences() []struct{ name, words string } {
	return []struct{ name, words string }{
		{"Apache-2.0", "Apache License Version 2.0"},
		{"MPL-2.0", "Mozilla Public License Version 2.0"},
		{"MPL-2.0", "Mozilla Public License, version 2.0"},
		{"BSD-3-Clause", "Neither the name of"},
		{"BSD-3-Clause", "names of its contributors may be used to endorse"},
		{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
		{"MIT", "Permission is hereby granted, free of charge"},
		{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose"},
		{"public domain", "into the public domain"},
	}
}

// licenceOf is the licence in the module's folder, "" when none is known.
func licenceOf(dir string) string {
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*", "License*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern)) // the patterns are well formed
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			plain := strings.Join(strings.Fields(string(text)), " ")
			for _, l := range licences() {
				if strings.Contains(plain, l.words) {
					return l.name
				}
			}
		}
	}
	return ""
}

// TestModules: MODULES.md names every module that is in the program with its
// version and licence, all of which allow what the project's own allows.
// -update-modules writes it.
func TestModules(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Modules in the program\n\nMade by `go test ./cmd/doisoat -run TestModules -args -update-modules`; a test keeps it true. Versions are pinned in go.mod, contents in go.sum.\n\n| module | version | licence |\n| --- | --- | --- |\n")
	for _, m := range linked(t) {
		licence := licenceOf(m.Dir)
		if licence == "" {
			t.Errorf("%s has no licence that is known", m.Path)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Path, m.Version, licence)
	}
	const file = "../../MODULES.md"
	if *updateModules {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != b.String() {
		t.Errorf("MODULES.md is not what it says (%v): run this test with -args -update-modules", err)
	}
}
