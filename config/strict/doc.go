// Package strict reads a YAML file into typed values and finds every fault of
// the file at once, each with its line, its place (sources[2].path) and what
// to do about it, in Vietnamese for the people who edit the file.
//
// Unknown keys, repeated keys, wrong types and missing keys are faults. What
// the values mean is not its business: it must not know plans, agencies or
// the service's configuration, and imports nothing of this module.
package strict
