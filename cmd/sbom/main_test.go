package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
)

func TestBill(t *testing.T) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26.8", Main: debug.Module{Path: "doisoat", Version: "(devel)"},
		Deps: []*debug.Module{
			{Path: "golang.org/x/text", Version: "v0.43.0", Sum: "h1:abc="},
			{Path: "example.org/old", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/new", Version: "v1.1.0+incompatible", Sum: "h1:def="}},
		},
		Settings: []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "-trimpath", Value: "true"}},
	}
	b := billOf(info, "1.2.3", "00ff")
	if c := b.Metadata.Component; c.Version != "1.2.3" || c.Hashes[0].Content != "00ff" || len(b.Metadata.Properties) != 1 {
		t.Errorf("program %+v, %+v", c, b.Metadata.Properties)
	}
	var names []string
	for _, c := range b.Components {
		names = append(names, c.PURL)
	}
	want := []string{"pkg:golang/example.org/new@v1.1.0+incompatible", "pkg:golang/golang.org/x/text@v0.43.0", "pkg:golang/std@1.26.8"}
	if !slices.Equal(names, want) || !slices.Equal(b.Dependencies[0].Uses, want) {
		t.Errorf("components %q", names)
	}
}

// TestBillOfThisProgram reads a real program: the test itself.
func TestBillOfThisProgram(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := run(self, "1.2.3", out); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the same program gives two bills")
	}
	var b bill
	if err := json.Unmarshal(first.Bytes(), &b); err != nil || b.Format != "CycloneDX" || len(b.Components) == 0 {
		t.Errorf("%+v, %v", b, err)
	}
	if err := run(filepath.Join(t.TempDir(), "none"), "1.2.3", &first); err == nil {
		t.Error("no program, no error")
	}
}
