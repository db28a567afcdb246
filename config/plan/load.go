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
func Builtin() []string { return builtin(false) }

func builtin(registers bool) []string {
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	var names []string
	for _, e := range entries {
		name, isRegister := strings.CutSuffix(strings.TrimSuffix(e.Name(), ".yml"), registerSuffix)
		if isRegister == registers {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Load reads a plan and the register that it names: a built-in plan by its
// name, any other by the path of its file. The error is a Faults (every fault
// of both files that keeps them from being read), or wraps fs.ErrNotExist when
// there is no such plan. Whether the plan's numbers agree is proven by Check,
// which whoever uses a plan for a run must ask first.
func Load(nameOrPath string) (*reconcile.Plan, *reconcile.Register, error) {
	file, content, err := open(nameOrPath, "", aPlan())
	if err != nil {
		return nil, nil, err
	}
	p, registerName, faults := parsePlan(file, content)
	r, err := loadRegister(registerName, file)
	var registerFaults Faults
	switch {
	case registerName == "":
		// The missing key is a fault already.
	case errors.As(err, &registerFaults):
		faults = append(faults, registerFaults...)
	case err != nil:
		faults = append(faults, Fault{File: file, Line: p.Lines[lineRegister], Path: "register", Message: err.Error()})
	}
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	return p, r, nil
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

func aRegister() kind { return kind{"danh mục cơ quan", registerSuffix, builtin(true)} }

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
