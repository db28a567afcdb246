package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the oldest major version that the store works with.
const oldest = 13

// installation is a PostgreSQL on this machine.
type installation struct {
	bin   string // directory of initdb and postgres
	major int
	minor int
}

func (i installation) program(name string) string { return filepath.Join(i.bin, name) }

// places are the directories in which the packages of the usual systems put
// the server's programs.
func places() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",                            // Debian, Ubuntu
		"/usr/pgsql-*/bin",                                     // Red Hat, Fedora
		"/usr/lib/postgresql*/bin", "/usr/libexec/postgresql*", // SUSE, Alpine
		"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", // Homebrew
		"/Applications/Postgres.app/Contents/Versions/*/bin",
		"/usr/local/pgsql/bin", "/usr/local/bin", "/opt/local/lib/postgresql*/bin",
	} {
		found, _ := filepath.Glob(pattern) // the patterns are well formed
		dirs = append(dirs, found...)
	}
	return dirs
}

// installed finds the PostgreSQL servers in the directories, newest first.
func installed(ctx context.Context, dirs []string) []installation {
	seen := make(map[string]bool)
	var found []installation
	for _, dir := range dirs {
		server, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
		if err != nil || seen[filepath.Dir(server)] {
			continue
		}
		bin := filepath.Dir(server)
		seen[bin] = true
		if _, err := os.Stat(filepath.Join(bin, "initdb")); err != nil {
			continue
		}
		major, minor, err := versionOf(ctx, server)
		if err == nil && major >= oldest {
			found = append(found, installation{bin: bin, major: major, minor: minor})
		}
	}
	slices.SortStableFunc(found, func(a, b installation) int {
		if a.major != b.major {
			return b.major - a.major
		}
		return b.minor - a.minor
	})
	return found
}

var versionPattern = regexp.MustCompile(`PostgreSQL\) (\d+)(?:\.(\d+))?`)

// versionOf asks the program for its version.
func versionOf(ctx context.Context, server string) (major, minor int, err error) {
	out, err := exec.CommandContext(ctx, server, "--version").Output()
	if err != nil {
		return 0, 0, fmt.Errorf("%s --version: %w", server, err)
	}
	match := versionPattern.FindStringSubmatch(string(out))
	if match == nil {
		return 0, 0, fmt.Errorf("%s --version: không hiểu câu trả lời", server)
	}
	major, _ = strconv.Atoi(match[1]) // digits by the pattern
	minor, _ = strconv.Atoi(match[2]) // 0 for a release candidate
	return major, minor, nil
}

// dataVersion is the major version that the data are of, 0 when there are
// none.
func (l layout) dataVersion() (int, error) {
	text, err := os.ReadFile(filepath.Join(l.data, "PG_VERSION"))
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("đọc phiên bản dữ liệu: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("tệp %s hỏng: không đọc được phiên bản dữ liệu", filepath.Join(l.data, "PG_VERSION"))
	}
	return major, nil
}

// choose picks the newest installation for new data, and the one of the data's
// own version otherwise: PostgreSQL cannot open data of another version.
func choose(found []installation, data int) (installation, bool) {
	for _, i := range found {
		if data == 0 || i.major == data {
			return i, true
		}
	}
	return installation{}, false
}
