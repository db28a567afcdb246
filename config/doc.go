// Package config reads doisoat.yaml, the service's configuration: types,
// defaults, and every fault of the file at once with its key, its line and
// its remedy, in Vietnamese.
//
// It must not know plans, rules or sources beyond their names: whether an
// agency or a rule exists is asked by CheckCodes. It opens nothing but the
// files that the configuration names. Only package main imports it.
package config
