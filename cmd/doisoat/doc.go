// Command doisoat reconciles a province's training plan with the spreadsheets
// that its agencies send.
//
// The one-page map of the code, in the order in which data flows:
//
//	sync/pull        where sheets come from: folders, Google
//	sync/sheet       what a file looks like inside: bytes to a grid of cells
//	sync/understand  a grid to typed rows: headers, persons, programs, money
//	reconcile/postgres  the truth: plan, registrations, findings, runs
//	reconcile/match  who is the same person
//	reconcile/rule   the catalogue: data in, findings out
//	reconcile/report findings and figures to format-free tables
//	sync/push        tables into the readers' own spreadsheets
//	sync/pipeline    these stages as jobs; the run ledger
//	sync/web         sign-in and the pages of `serve`, health, metrics
//	docs             the guides that the pages show
//
// reconcile itself is the vocabulary of all of them. config and config/plan
// hold the settings and the plans. This package builds everything from the
// configuration (wire.go), has one file per subcommand, and turns errors into
// words and exit codes (exit.go). It holds no logic of its own.
package main
