package embedded

import (
	"context"
	"errors"
	"path/filepath"
)

// errNoProgram says that a program is not on this machine.
var errNoProgram = errors.New("không có chương trình này trên máy")

// Program finds one of PostgreSQL's client programs (pg_dump, pg_restore) for a
// server of the major version: of that very version if there is one, else the
// next newer one, since they know older servers and not newer ones.
func Program(ctx context.Context, name string, major int) (path string, err error) {
	best := 0
	for _, dir := range places() {
		program, err := filepath.EvalSymlinks(filepath.Join(dir, name))
		if err != nil || filepath.Base(program) != name { // Debian's wrapper picks a version by its own rules
			continue
		}
		version, _, err := versionOf(ctx, program)
		if err == nil && version >= major && (best == 0 || version < best) {
			best, path = version, program
		}
	}
	if best == 0 {
		return "", errNoProgram
	}
	return path, nil
}
