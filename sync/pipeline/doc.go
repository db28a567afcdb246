// Package pipeline runs the stages in their order as jobs on PostgreSQL: list
// and pull each source, understand and store it, reconcile, publish. It keeps
// the run ledger, queues a job in the transaction that made it necessary, and
// fires the nightly schedule. `run` and `serve` work the same jobs; there is
// no second path.
//
// A run is a chain of jobs:
//
//	list(source) … → pull(document) … → reconcile → publish(target) … → the end
//
// Each arrow waits for all jobs on its left. What is outstanding stands in the
// ledger, so any process may work any job, and a process that dies leaves
// nothing that the next run cannot mend: every stage may be repeated.
//
// What did not change costs next to nothing: a document is read again only when
// its version is another one (list.go), a plan is reconciled anew only when one
// of the things that its findings are made from is (unchanged.go), and a report
// is written only when it says something else; where nothing at all has changed
// since a run that wrote none, none is looked at (settled.go). Plans are reconciled one by one,
// so that memory is bounded by the largest of them; scale_bench_test.go measures
// a nation of them, scale_run_test.go everything from files to reports.
//
// It must not know what a sheet looks like, which rules there are (they are
// handed in), or how a command line looks.
package pipeline
