// Package google is the one authorised client for Google Sheets and Drive:
// tokens, the quota, retries, and errors that say what to do.
//
// It must not know what a spreadsheet means or where its content goes; package
// pull reads with it and package push writes with it. It imports nothing of
// this module.
//
// Retries have one place, Client.call. The generated methods that it wraps
// send each request exactly once (they use gensupport.SendRequest; only media
// uploads retry by themselves, and none are made here), and so does the token
// exchange of golang.org/x/oauth2.
package google
