// Package rule holds the rule catalogue: one file per rule, named by its ID,
// listed in all.go. A rule is pure: it gets data and returns findings. It has
// no clock, no database and no way to change what it is given.
//
// Run (engine.go) applies the catalogue in scopes that stay apart, so that one
// day only what a change touched need be looked at again: rows, sheets,
// documents, then the plan as a whole. The other files hold what rules share:
// index.go looks things up, order.go says which rows come first, quota.go and
// share.go count places, budget.go reckons money, basis.go knows the law,
// absent.go words what could not be checked, privacy.go keeps ID numbers out,
// today.go knows until when a date to come changes nothing;
// input.go gathers what the documents say, resent.go finds what was sent twice,
// vanished.go what is gone, and classes.go the class that a row is for.
// The rules DK share eligibility.go (criteria with three values, judged by the
// plan's dated standards), gaps.go (what no column tells), office.go (titles)
// and the criteria in criteria_*.go.
//
// It must not know how findings are stored, shown or answered.
package rule
