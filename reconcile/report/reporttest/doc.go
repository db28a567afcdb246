// Package reporttest invents a plan, agencies and a run for tests of reports
// and of what renders them. The people do not exist; equal seeds give equal
// data.
package reporttest
