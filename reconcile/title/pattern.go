package title

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// Pattern is a kind of office at one level, or at any: "division_head",
// "secretary@commune".
type Pattern struct {
	Kind  Kind
	Level reconcile.Level // "" is any
}

// ParsePattern reads a pattern as data files write it.
func ParsePattern(s string) (Pattern, error) {
	kind, level, _ := strings.Cut(s, "@")
	p := Pattern{Kind(kind), reconcile.Level(level)}
	if !slices.Contains(Kinds(), p.Kind) {
		return Pattern{}, fmt.Errorf("no kind of office %q", kind)
	}
	switch p.Level {
	case "", reconcile.ProvinceLevel, reconcile.DistrictLevel, reconcile.CommuneLevel, reconcile.CentralLevel:
		return p, nil
	}
	return Pattern{}, fmt.Errorf("no level %q", level)
}

// Fits reports whether the title is what the pattern asks for; open is true
// when it is of the kind and its level is not known, so that nobody can tell.
func (p Pattern) Fits(t Title) (fits, open bool) {
	if p.Kind != t.Kind {
		return false, false
	}
	if p.Level == "" || p.Level == t.Level {
		return true, false
	}
	return false, t.Level == ""
}
