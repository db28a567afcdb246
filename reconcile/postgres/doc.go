// Package postgres is the store: it keeps plans, documents with their history,
// persons, discrepancies with their life, staff answers and the run ledger in
// PostgreSQL (13 or newer), which is the truth of the whole system.
//
// Rules of the house: plan_id is the first column of every key (only agencies
// and persons are shared by plans); rows arrive by COPY into a temporary table
// and one set-based merge that writes only what differs; nothing is deleted,
// it is closed or marked. All names sort by bytes, so that the order of every
// answer is the same whatever the server's locale.
//
// It must not know where data comes from, what makes a finding, or how
// anything looks. It has no clock: the caller says what time it is.
package postgres
