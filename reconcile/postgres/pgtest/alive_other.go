//go:build !unix

package pgtest

// isAlive cannot tell here, so nothing counts as left over.
func isAlive(int) bool { return true }
