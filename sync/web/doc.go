// Package web is what `serve` answers over HTTP: /healthz for whoever watches
// the service, /metrics for Prometheus, and the pages that staff work with. A
// public page tells how the plan stands without naming anybody; all else needs
// a sign-in, through an identity provider (oidc.go) or with a password that was
// set through a one-time link (signin.go, link.go).
//
// Every address stands in one table (routes.go) with who may ask for it; a
// handler is not reached by anybody else, and it shows only what its visitor
// sees (reconcile.User). Each look at personal data is logged before it is
// shown (visit.log). To add a page: a file with its handler, a template of the
// same name, a line in the table.
//
// Pages are made on the server and need no script. The package must not know
// the rules or how sheets are read; what people decide and answer goes the way
// that the same words in a workbook go, through package pipeline.
package web
