// Package match finds out which registrations are of the same person.
//
// Rows become records (record.go, word.go), blocks bring together the few that
// can be one person (block.go), a Fellegi-Sunter score weighs what agrees and
// what does not (score.go with name.go, date.go, place.go), and a constrained
// clustering joins what is sure and leaves the rest to a human eye (cluster.go,
// person.go). weights.go states every probability and where it comes from;
// frequency.go states how common Vietnamese names are and learns it anew from
// the data when there is enough.
//
// What is sure is more than a high probability: see verdict.sure in score.go.
//
// The package is pure and its result does not depend on the order of its input.
// It must not know rules, agencies' rights to see things, or the database.
package match
