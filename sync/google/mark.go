package google

import (
	"slices"
	"strconv"

	"google.golang.org/api/sheets/v4"
)

// MarkedTab finds the tab that was marked by developer metadata of that key
// whose value is the tab's own id, whatever its
// name and place are by now; nil when there is none. A copy that people make of
// the tab within the spreadsheet has the metadata too, with an id that is not
// its own; where the original is gone, the first copy takes its place.
func MarkedTab(tabs []*sheets.Sheet, key string) *sheets.Sheet {
	ids := make(map[string]bool, len(tabs))
	for _, t := range tabs {
		ids[strconv.FormatInt(t.Properties.SheetId, 10)] = true
	}
	var heir *sheets.Sheet
	for _, t := range tabs {
		value, ok := MarkOf(t, key)
		switch {
		case !ok:
		case value == strconv.FormatInt(t.Properties.SheetId, 10):
			return t
		case heir == nil && !ids[value]:
			heir = t
		}
	}
	return heir
}

// MarkOf is the value of a tab's developer metadata of that key. Where a tab
// has several, as people cannot make but programs can, its own id goes first.
func MarkOf(t *sheets.Sheet, key string) (value string, ok bool) {
	own := strconv.FormatInt(t.Properties.SheetId, 10)
	i := slices.IndexFunc(t.DeveloperMetadata, func(m *sheets.DeveloperMetadata) bool {
		return m.MetadataKey == key && m.MetadataValue == own
	})
	if i < 0 {
		i = slices.IndexFunc(t.DeveloperMetadata, func(m *sheets.DeveloperMetadata) bool { return m.MetadataKey == key })
	}
	if i < 0 {
		return "", false
	}
	return t.DeveloperMetadata[i].MetadataValue, true
}

// The keys of the metadata that mark the service's own tabs: the one in a
// spreadsheet of somebody else, and the one in which the office decides.
const (
	TabKey       = "doisoat.tab"
	DecisionsKey = "doisoat.decisions"
)
