// Package web is what `serve` answers over HTTP: /healthz for whoever watches
// the service, /metrics for Prometheus, and a page with the state of the plan
// (runs, sources, figures). It shows no person and hands out no report: both
// need a sign-in.
//
// It must not know the database, the rules or how sheets are read; all that it
// shows comes from package pipeline.
package web
