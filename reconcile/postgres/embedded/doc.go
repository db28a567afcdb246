// Package embedded runs a private PostgreSQL server for people who have no
// database: in a directory of its own, reachable only through a Unix socket
// there, started by the first program that needs it and stopped with the last.
//
// How long the server lives is decided by the kernel, not by good manners:
//
//   - Every program that uses the server holds the write end of a named pipe. A
//     small shell process, the server's parent, reads it and stops the server
//     at the end of file, which comes when the last program has gone, however
//     it went.
//   - Starting, joining and stopping happen under an exclusive file lock, and
//     every program holds a shared lock on a second file. The kernel frees both
//     with the process, so no lock is ever stale.
//
// PostgreSQL refuses to run as root; started by root, the server runs as an
// unprivileged account that owns the data.
//
// The package must not know what the database is used for.
package embedded
