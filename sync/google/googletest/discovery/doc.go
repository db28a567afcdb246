// Package discovery holds requests against Google's own discovery documents,
// which say of each API what methods, parameters and bodies it has: a request
// that they do not allow is an error, in words like Google's.
//
// The documents are megabytes that change with every release of the client
// library, and come with it: Find takes them from the module's own folder, so
// that nothing is copied and both are always of one version. Only tests use the
// package. It must not know what our requests are for.
package discovery
