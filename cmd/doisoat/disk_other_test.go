//go:build !linux

package main

import "testing"

// Disks of any size are known for Linux only.

func smallDisk(*testing.T, string, string) (fill func(left int64) (free func())) { return nil }

func fillDisk(*testing.T, *office) (unblock func()) { return nil }

func ownMounts(*testing.T) bool { return false }
