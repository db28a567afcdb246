//go:build !linux

package main

import "testing"

// fillDisk is known for Linux only.
func fillDisk(*testing.T, *office) (unblock func()) { return nil }
