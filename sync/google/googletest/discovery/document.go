package discovery

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// API is what the discovery document of one API says.
type API struct {
	Name        string               `json:"name"`
	ServicePath string               `json:"servicePath"`
	Parameters  map[string]*Schema   `json:"parameters"`
	Schemas     map[string]*Schema   `json:"schemas"`
	Resources   map[string]*resource `json:"resources"`

	methods []*method
}

type resource struct {
	Methods   map[string]*method   `json:"methods"`
	Resources map[string]*resource `json:"resources"`
}

type method struct {
	ID            string             `json:"id"`
	HTTPMethod    string             `json:"httpMethod"`
	Path          string             `json:"path"`
	FlatPath      string             `json:"flatPath"`
	Parameters    map[string]*Schema `json:"parameters"`
	Request       *Schema            `json:"request"`
	Response      *Schema            `json:"response"`
	MediaDownload bool               `json:"supportsMediaDownload"`

	pattern *regexp.Regexp
}

// Schema is the form of a value, a parameter's too.
type Schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Format     string             `json:"format"`
	Location   string             `json:"location"`
	Required   bool               `json:"required"`
	Repeated   bool               `json:"repeated"`
	Enum       []string           `json:"enum"`
	Minimum    string             `json:"minimum"`
	Maximum    string             `json:"maximum"`
	Properties map[string]*Schema `json:"properties"`
	Items      *Schema            `json:"items"`
	Additional *Schema            `json:"additionalProperties"`
}

// Parse reads a discovery document.
func Parse(data []byte) (*API, error) {
	api := &API{}
	if err := json.Unmarshal(data, api); err != nil {
		return nil, fmt.Errorf("discovery document: %w", err)
	}
	for _, r := range api.Resources {
		if err := api.gather(r); err != nil {
			return nil, fmt.Errorf("discovery document %s: %w", api.Name, err)
		}
	}
	return api, nil
}

var placeholder = regexp.MustCompile(`\\\{\\?\+?(\w+)\\\}`)

// gather compiles the paths of a resource's methods.
func (a *API) gather(r *resource) error {
	for _, m := range r.Methods {
		path := m.Path
		if m.FlatPath != "" {
			path = m.FlatPath
		}
		expression := placeholder.ReplaceAllStringFunc(regexp.QuoteMeta("/"+a.ServicePath+path), func(name string) string {
			name = placeholder.FindStringSubmatch(name)[1]
			if name == "range" {
				return `(?P<range>[^/]+)`
			}
			return `(?P<` + name + `>[^/:]+)`
		})
		var err error
		if m.pattern, err = regexp.Compile("^" + expression + "$"); err != nil {
			return fmt.Errorf("method %s: %w", m.ID, err)
		}
		a.methods = append(a.methods, m)
	}
	for _, below := range r.Resources {
		if err := a.gather(below); err != nil {
			return err
		}
	}
	return nil
}

// Documents are the APIs that requests may be for.
type Documents []*API

// files are the documents of the APIs that are used, in the module.
var files = []string{"sheets/v4/sheets-api.json", "drive/v3/drive-api.json"}

// Find reads the documents from the folder of the client library's module, which
// the go command knows.
func Find() (Documents, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "google.golang.org/api").Output()
	if err != nil {
		return nil, fmt.Errorf("find the client library's module: %w", err)
	}
	var all Documents
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		api, err := Parse(data)
		if err != nil {
			return nil, err
		}
		all = append(all, api)
	}
	return all, nil
}

var found = sync.OnceValues(Find)

// ForTest is Find, once for all tests of a package.
func ForTest(t testing.TB) Documents {
	t.Helper()
	all, err := found()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// methodFor is the method that answers a request, nil when there is none.
func (d Documents) methodFor(verb, path string) (*API, *method) {
	for _, api := range d {
		i := slices.IndexFunc(api.methods, func(m *method) bool { return m.HTTPMethod == verb && m.pattern.MatchString(path) })
		if i >= 0 {
			return api, api.methods[i]
		}
	}
	return nil, nil
}
