//go:build linux || darwin

package main

import "syscall"

// freeSpace is how many bytes the account may still write to the folder's disk;
// known is false when nobody can tell.
func freeSpace(dir string) (bytes int64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, false
	}
	return int64(disk.Bavail) * int64(disk.Bsize), true
}
