// Package match finds out which registrations are of the same person: keys
// and blocks that keep the work linear, a score, an explanation in words. It is
// pure.
//
// It must not know rules, agencies' rights to see things, or the database.
package match
