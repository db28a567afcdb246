package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// layout is where things stand in the server's directory.
type layout struct {
	dir      string
	data     string // the cluster
	run      string // pipe and answers of the watchdog; usually the socket, too
	log      string // what the server says
	binaries string // downloaded PostgreSQL, when the machine has none
	mutex    string // held while a program starts, joins or stops the server
	users    string // held, shared, by every program that uses the server
}

func layoutOf(dir string) layout {
	return layout{
		dir:      dir,
		data:     filepath.Join(dir, "data"),
		run:      filepath.Join(dir, "run"),
		log:      filepath.Join(dir, "server.log"),
		binaries: filepath.Join(dir, "postgresql"),
		mutex:    filepath.Join(dir, "lock"),
		users:    filepath.Join(dir, "users"),
	}
}

// DefaultDir is where the server's directory stands when nobody says
// otherwise: in the user's state directory, for root where the unprivileged
// account can reach it.
func DefaultDir() (string, error) {
	dir, err := stateDir()
	if err != nil {
		return "", err
	}
	who, err := serverAccount(dir)
	if err != nil {
		return "", err
	}
	if who == nil || unreachable(dir, who) == "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err == nil && home == "/root" {
		return "/var/lib/doisoat", nil
	}
	// Another home of root's (a test, a container): not the same data.
	return "/var/lib/doisoat-" + shortHash(dir), nil
}

func stateDir() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "doisoat"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("không xác định được thư mục cá nhân (HOME); hãy chỉ rõ thư mục dữ liệu bằng --data")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "doisoat"), nil
	}
	return filepath.Join(home, ".local", "state", "doisoat"), nil
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// prepare creates the directories, owned by the server's account.
func (l layout) prepare(who *account) error {
	if who != nil {
		if parent := unreachable(l.dir, who); parent != "" {
			return fmt.Errorf("tài khoản %s (chạy PostgreSQL thay cho root) không vào được thư mục %s; "+
				"hãy chọn thư mục dữ liệu khác bằng --data, ví dụ /var/lib/doisoat", who.name, parent)
		}
	}
	if err := os.MkdirAll(filepath.Dir(l.dir), 0o755); err != nil {
		return fmt.Errorf("tạo thư mục dữ liệu: %w", err)
	}
	for _, dir := range []string{l.dir, l.run} {
		if err := ownDir(dir, who); err != nil {
			return err
		}
	}
	return nil
}

// ownDir makes dir a directory that only the server's account may enter. One
// that belongs to somebody else is refused: it might be a trap in a shared
// folder.
func ownDir(dir string, who *account) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("tạo thư mục dữ liệu: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("xem thư mục dữ liệu: %w", err)
	}
	owner, ok := ownerOf(info)
	if !info.IsDir() || !ok || (owner != os.Getuid() && (who == nil || owner != who.uid)) {
		return fmt.Errorf("thư mục %s thuộc tài khoản khác; hãy chọn thư mục dữ liệu khác bằng --data", dir)
	}
	if who != nil && owner != who.uid {
		if err := os.Chown(dir, who.uid, who.gid); err != nil {
			return fmt.Errorf("giao thư mục dữ liệu cho tài khoản %s: %w", who.name, err)
		}
	}
	return nil
}

// socketFile is the name that the server gives its socket.
const socketFile = ".s.PGSQL." + port

const port = "5432" // part of the socket's name only; the server opens no port

// socketDir is where the server's socket will stand: in run, unless the path
// would be longer than the operating system can address.
func (l layout) socketDir(who *account) (string, error) {
	limit := 107
	if runtime.GOOS != "linux" {
		limit = 103
	}
	if len(filepath.Join(l.run, socketFile)) <= limit {
		return l.run, nil
	}
	uid := os.Getuid()
	if who != nil {
		uid = who.uid
	}
	parent, err := sharedDir("/tmp", who)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(parent, "doisoat-"+strconv.Itoa(uid)+"-"+shortHash(l.dir))
	return dir, ownDir(dir, who)
}

// SharedDir returns a folder for short-lived files in which the server's
// account can have a directory: preferred, if that will do.
func SharedDir(preferred string) (string, error) {
	who, err := serverAccount(preferred)
	if err != nil {
		return "", err
	}
	return sharedDir(preferred, who)
}

func sharedDir(preferred string, who *account) (string, error) {
	for _, dir := range []string{preferred, "/tmp", "/var/tmp", "/run", "/var/lib"} {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		if who == nil || unreachable(filepath.Join(dir, "doisoat"), who) == "" {
			return dir, nil
		}
	}
	return "", fmt.Errorf("không có thư mục tạm nào mà tài khoản %s vào được", who.name)
}
