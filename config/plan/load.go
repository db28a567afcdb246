package plan

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

//go:embed data/*.yml
var data embed.FS

// registerSuffix tells a register's file from a plan's among the built-in ones.
const registerSuffix = ".register"

// Fault is one thing that is wrong in a plan, a register or an input.
type Fault = strict.Fault

// Faults is every fault of the files, as an error.
type Faults = strict.Faults

// Builtin lists the names of the built-in plans.
func Builtin() []string { return builtin("") }

// builtin lists the built-in files whose names end with the suffix, which an
// empty suffix takes for those without one.
func builtin(suffix string) []string {
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	var names []string
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".yml")
		if filepath.Ext(name) == suffix {
			names = append(names, strings.TrimSuffix(name, suffix))
		}
	}
	slices.Sort(names)
	return names
}

// Load reads a plan, the register and the standards that it names: a built-in plan by its
// name, any other by the path of its file. The error is a Faults (every fault
// of these files that keeps them from being read), or wraps fs.ErrNotExist when
// there is no such plan. Whether the plan's numbers agree is proven by Check,
// which whoever uses a plan for a run must ask first.
func Load(nameOrPath string) (*reconcile.Plan, *reconcile.Register, error) {
	file, content, err := open(nameOrPath, "", aPlan())
	if err != nil {
		return nil, nil, err
	}
	p, names, faults := parsePlan(file, content)
	var r *reconcile.Register
	if names.register != "" { // missing, it is a fault already
		r, err = loadRegister(names.register, file)
		faults = append(faults, faultsOfPart(err, p, lineRegister)...)
	}
	if names.standards != "" {
		general, bases, err := loadStandards(names.standards, file)
		faults = append(faults, faultsOfPart(err, p, lineStandards)...)
		p.Standards, p.Bases = append(p.Standards, general...), bases
	}
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	return p, r, nil
}

// faultsOfPart are the faults of a file that the plan names under the key, or
// the fault that there is no such file.
func faultsOfPart(err error, p *reconcile.Plan, key string) Faults {
	var faults Faults
	switch {
	case err == nil:
		return nil
	case errors.As(err, &faults):
		return faults
	}
	return Faults{{File: p.File, Line: p.Lines[key], Path: key, Message: err.Error()}}
}

func loadRegister(nameOrPath, planFile string) (*reconcile.Register, error) {
	folder := ""
	if isPath(planFile) {
		folder = filepath.Dir(planFile)
	}
	file, content, err := open(nameOrPath, folder, aRegister())
	if err != nil {
		return nil, err
	}
	r, faults := parseRegister(file, content)
	return r, faults.Err()
}

// kind is what open looks for: the words for people and the built-in names.
type kind struct {
	words, suffix string
	names         []string
}

func aPlan() kind { return kind{"kế hoạch", "", Builtin()} }

func aRegister() kind {
	return kind{"danh mục cơ quan", registerSuffix, builtin(registerSuffix)}
}

// unknownName says that nothing of the name is built in.
type unknownName struct{ message string }

func (e *unknownName) Error() string { return e.message }
func (e *unknownName) Unwrap() error { return fs.ErrNotExist }

// open returns the text of a built-in file or of the file at a path, which is
// relative to the folder when it is not absolute.
func open(nameOrPath, folder string, what kind) (file string, content []byte, err error) {
	if isPath(nameOrPath) {
		path := nameOrPath
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		content, err = strict.ReadFile(path, "tệp "+what.words)
		return path, content, err
	}
	names := what.names
	if slices.Contains(names, nameOrPath) {
		file = nameOrPath + what.suffix + ".yml"
		content, err = data.ReadFile("data/" + file)
		return file, content, err
	}
	remedy := "ghi một trong các tên dựng sẵn (" + strings.Join(names, ", ") + ") hoặc đường dẫn tới tệp .yml"
	if near := strict.Nearest(nameOrPath, names); near != "" {
		remedy = fmt.Sprintf("có phải là %q? Nếu không, ", near) + remedy
	}
	return "", nil, &unknownName{fmt.Sprintf("không có %s dựng sẵn tên %q. Cách sửa: %s", what.words, nameOrPath, remedy)}
}

// isPath tells a file from the name of something built in.
func isPath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(s, ".yml") || strings.HasSuffix(s, ".yaml")
}
