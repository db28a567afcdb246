//go:build unix

package pull

import (
	"io/fs"
	"syscall"
)

// inode tells a file that was put in the place of another from the old one,
// even when size and time are the same.
func inode(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Ino)
	}
	return 0
}
