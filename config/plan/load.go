package plan

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
// of both files that keeps them from being read), or wraps fs.ErrNotExist.
// Whether the plan's numbers agree is proven by Check, which whoever uses a
// plan for a run must ask first.
func Load(nameOrPath string) (*reconcile.Plan, *reconcile.Register, error) {
	file, text, err := open(nameOrPath, "", "kế hoạch")
	if err != nil {
		return nil, nil, err
	}
	p, registerName, planFaults := parsePlan(file, text)
	if registerName == "" {
		return nil, nil, planFaults.Err()
	}
	r, err := loadRegister(registerName, file)
	if err != nil {
		var registerFaults Faults
		if !errors.As(err, &registerFaults) {
			return nil, nil, errors.Join(planFaults.Err(), err)
		}
		planFaults = append(planFaults, registerFaults...)
	}
	if err := planFaults.Err(); err != nil {
		return nil, nil, err
	}
	return p, r, nil
}

func loadRegister(nameOrPath, planFile string) (*reconcile.Register, error) {
	folder := ""
	if isPath(planFile) {
		folder = filepath.Dir(planFile)
	}
	file, text, err := open(nameOrPath, folder, "danh mục cơ quan")
	if err != nil {
		return nil, err
	}
	r, faults := parseRegister(file, text)
	return r, faults.Err()
}

// open returns the text of a built-in file or of the file at a path, which is
// relative to the folder when it is not absolute.
func open(nameOrPath, folder, what string) (file string, text []byte, err error) {
	isRegister := what != "kế hoạch"
	if !isPath(nameOrPath) {
		name := nameOrPath + ".yml"
		if isRegister {
			name = nameOrPath + registerSuffix + ".yml"
		}
		text, err = data.ReadFile("data/" + name)
		if err == nil {
			return name, text, nil
		}
		remedy := "các tên dùng được: " + strings.Join(builtin(isRegister), ", ") + "; hoặc ghi đường dẫn tới tệp .yml"
		if near := strict.Nearest(nameOrPath, builtin(isRegister)); near != "" {
			remedy = fmt.Sprintf("có phải là %q? ", near) + remedy
		}
		return "", nil, fmt.Errorf("không có %s dựng sẵn tên %q. Cách sửa: %s: %w", what, nameOrPath, remedy, fs.ErrNotExist)
	}
	path := nameOrPath
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	text, err = os.ReadFile(path)
	if err != nil {
		return "", nil, fmt.Errorf("không đọc được tệp %s %s. Cách sửa: kiểm tra đường dẫn và quyền đọc tệp: %w", what, path, err)
	}
	return path, text, nil
}

// isPath tells a file from the name of something built in.
func isPath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(s, ".yml") || strings.HasSuffix(s, ".yaml")
}
