package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/pull"
)

// border says what the packages below a folder may import: of this module, and
// of the modules that are kept in one place.
type border struct {
	from string
	may  []string
}

// borders are the import directions of the architecture. A package is bound by
// the longest prefix that fits it.
func borders() []border {
	return []border{
		{"doisoat/reconcile", nil},
		{"doisoat/reconcile/match", []string{"doisoat/reconcile"}},
		{"doisoat/reconcile/title", []string{"doisoat/reconcile"}},
		{"doisoat/reconcile/rule", []string{"doisoat/reconcile", "doisoat/reconcile/match", "doisoat/reconcile/title"}},
		{"doisoat/reconcile/report", []string{"doisoat/reconcile", "doisoat/reconcile/report"}},
		{"doisoat/reconcile/postgres", []string{"doisoat/reconcile", "doisoat/reconcile/postgres"}},
		{"doisoat/config/plan", []string{"doisoat/reconcile", "doisoat/reconcile/title", "doisoat/config"}},
		{"doisoat/config", []string{"doisoat/reconcile", "doisoat/config"}},
		{"doisoat/sync/sheet/formula", nil},
		{"doisoat/sync/sheet", []string{"doisoat/sync/sheet"}},
		{"doisoat/sync/google", []string{"doisoat/sync/google"}},
		{"doisoat/sync/pull", []string{"doisoat/sync/sheet", "doisoat/sync/google"}},
		{"doisoat/sync/understand", []string{"doisoat/reconcile", "doisoat/sync/sheet"}},
		{"doisoat/sync/push", []string{"doisoat/reconcile", "doisoat/reconcile/report", "doisoat/sync/google"}},
		{"doisoat/sync/pipeline", []string{
			"doisoat/reconcile", "doisoat/sync/pull", "doisoat/sync/sheet", "doisoat/sync/understand", "doisoat/sync/push", "doisoat/sync/google",
		}},
		{"doisoat/docs", nil},
		{"doisoat/sync/web", []string{"doisoat/docs", "doisoat/reconcile", "doisoat/reconcile/postgres", "doisoat/reconcile/report", "doisoat/sync/pipeline"}},
		{"doisoat/cmd", []string{"doisoat"}},
	}
}

// kept are modules that only some packages may import.
func kept() map[string][]string {
	return map[string][]string{
		"github.com/jackc/pgx":      {"doisoat/reconcile/postgres"},
		"github.com/pressly/goose":  {"doisoat/reconcile/postgres"},
		"github.com/riverqueue":     {"doisoat/sync/pipeline"},
		"github.com/xuri/excelize":  {"doisoat/sync/sheet", "doisoat/sync/push"},
		"google.golang.org/api":     {"doisoat/sync/google", "doisoat/sync/pull", "doisoat/sync/push"},
		"github.com/spf13/cobra":    {"doisoat/cmd"},
		"go.yaml.in/yaml":           {"doisoat/config"},
		"github.com/prometheus":     {"doisoat/sync/web", "doisoat/sync/pipeline"},
		"github.com/coreos/go-oidc": {"doisoat/sync/web"},
		"golang.org/x/crypto":       {"doisoat/sync/web"},
		"github.com/tink-crypto":    {"doisoat/reconcile/postgres/seal"},
		"github.com/yuin/goldmark":  {"doisoat/sync/web"},
		"github.com/fergusstrange/": {"doisoat/reconcile/postgres/embedded"},
	}
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func TestImportBorders(t *testing.T) {
	for _, p := range listPackages(t) {
		b, ok := borderOf(p.ImportPath)
		if !ok {
			t.Errorf("package %s stands outside of the layout", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			switch {
			case strings.HasPrefix(imported, "doisoat/") && !allowed(imported, b):
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			case !mayKeep(p.ImportPath, imported):
				t.Errorf("%s must not import %s: it is kept in %v", p.ImportPath, imported, keeper(imported))
			}
		}
	}
}

func TestRulesStayPure(t *testing.T) {
	for _, p := range listPackages(t) {
		for _, pure := range []string{"doisoat/reconcile", "doisoat/reconcile/match", "doisoat/reconcile/title", "doisoat/reconcile/rule", "doisoat/reconcile/report"} {
			if p.ImportPath != pure {
				continue
			}
			for _, impure := range []string{"os", "net", "net/http", "database/sql", "log/slog", "context"} {
				if slices.Contains(p.Imports, impure) {
					t.Errorf("%s must not import %s", p.ImportPath, impure)
				}
			}
		}
	}
}

// TestNothingToRaceFor: the packages that the checks spare the race detector have
// nothing that could be shared by two goroutines, or could wait for another.
func TestNothingToRaceFor(t *testing.T) {
	for _, p := range listPackages(t) {
		for _, spared := range []string{
			"doisoat/config", "doisoat/reconcile", "doisoat/reconcile/match", "doisoat/reconcile/rule", "doisoat/reconcile/report", "doisoat/reconcile/title",
			"doisoat/sync/sheet", "doisoat/sync/understand",
		} {
			inside := isBelow(p.ImportPath, spared) && !isBelow(p.ImportPath, "doisoat/reconcile/postgres")
			for _, shared := range []string{"sync", "sync/atomic", "golang.org/x/sync/errgroup"} {
				if inside && slices.Contains(p.Imports, shared) {
					t.Errorf("%s must not import %s, or has to go through the race detector", p.ImportPath, shared)
				}
			}
		}
	}
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "doisoat/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listedPackage
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

func borderOf(path string) (border, bool) {
	var best border
	found := false
	for _, b := range borders() {
		if isBelow(path, b.from) && len(b.from) > len(best.from) {
			best, found = b, true
		}
	}
	return best, found
}

func isBelow(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// allowed reports whether the border lets the package be imported. Naming
// "doisoat/reconcile" for the pipeline opens what is below it as well, except
// the vocabulary's own users.
func allowed(imported string, b border) bool {
	for _, may := range b.may {
		switch {
		case imported == may:
			return true
		case b.from == "doisoat/cmd", b.from == "doisoat/sync/pipeline" && may == "doisoat/reconcile":
			if isBelow(imported, may) {
				return true
			}
		case may == b.from && isBelow(imported, may): // a package's own parts
			return true
		case may == "doisoat/config" && isBelow(imported, "doisoat/config"):
			return true
		}
	}
	return false
}

func keeper(imported string) []string {
	for prefix, keepers := range kept() {
		if strings.HasPrefix(imported, prefix) {
			return keepers
		}
	}
	return nil
}

func mayKeep(path, imported string) bool {
	keepers := keeper(imported)
	if keepers == nil {
		return true
	}
	for _, k := range keepers {
		if isBelow(path, k) {
			return true
		}
	}
	return false
}

// TestOneSuffix: the source that knows a copy which was sent back may not
// import the vocabulary, so the two names are held together here.
func TestOneSuffix(t *testing.T) {
	if pull.AnnotatedSuffix != reconcile.AnnotatedSuffix {
		t.Errorf("copies end in %q and are looked for by %q", reconcile.AnnotatedSuffix, pull.AnnotatedSuffix)
	}
}
