// Package reconcile is the vocabulary of the reconciliation: what a plan, an
// agency, a registration, a finding and a run are, and the few pure operations
// that every other package needs on them (dates of mixed precision, money,
// comparing Vietnamese text).
//
// It must not know where data comes from or goes to: no files, no database, no
// network, no clock, no configuration. It imports nothing of this module.
package reconcile
