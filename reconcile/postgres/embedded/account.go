//go:build unix

package embedded

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged account that runs the server for root.
type account struct {
	name     string
	uid, gid int
}

// serverAccount is the account that the server runs as, nil when that is the
// program's own. Data that exist decide it; else postgres, else nobody.
func serverAccount(dir string) (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	if info, err := os.Stat(filepath.Join(layoutOf(dir).data, "PG_VERSION")); err == nil {
		if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 {
			return &account{name: accountName(int(stat.Uid)), uid: int(stat.Uid), gid: int(stat.Gid)}, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil && uid > 0 {
			return &account{name: name, uid: uid, gid: gid}, nil
		}
	}
	return nil, errors.New("PostgreSQL không chạy dưới quyền root và máy không có tài khoản postgres hay nobody; " +
		"hãy chạy doisoat bằng tài khoản thường")
}

func accountName(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return u.Username
	}
	return strconv.Itoa(uid)
}

// attributes make a child process a session of its own, so that Ctrl-C in the
// terminal does not reach it, and drop root.
func (a *account) attributes() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setsid: true}
	if a != nil {
		attributes.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attributes
}

func ownerOf(info os.FileInfo) (uid int, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}

// unreachable returns the first directory above dir that the account may not
// pass through, "" when it can reach dir. What does not exist yet will be made
// passable.
func unreachable(dir string, who *account) string {
	found := ""
	for parent := filepath.Dir(dir); ; parent = filepath.Dir(parent) {
		if info, err := os.Stat(parent); err == nil && !mayPass(info, who) {
			found = parent
		}
		if parent == filepath.Dir(parent) {
			return found
		}
	}
}

func mayPass(info os.FileInfo, who *account) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	switch mode := info.Mode().Perm(); {
	case int(stat.Uid) == who.uid:
		return mode&0o100 != 0
	case int(stat.Gid) == who.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}
