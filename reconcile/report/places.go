package report

import (
	"cmp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// sortFindings puts what matters most first, then follows the sheets from top
// to bottom, so that a person can work down a list.
func sortFindings(d *Data, list []*reconcile.Discrepancy) {
	order := make(map[string]int, len(d.Documents))
	sheets := make(map[string]int)
	for i, doc := range d.Documents {
		order[doc.Source] = i + 1
		for j := range doc.Sheets {
			sheets[doc.Source+"\x00"+doc.Sheets[j].Name] = j
		}
	}
	slices.SortStableFunc(list, func(a, b *reconcile.Discrepancy) int {
		return cmp.Or(
			cmp.Compare(lifeRank(a), lifeRank(b)),
			cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)),
			cmp.Compare(order[a.Place.Source], order[b.Place.Source]),
			cmp.Compare(sheets[a.Place.Source+"\x00"+a.Place.Sheet], sheets[b.Place.Source+"\x00"+b.Place.Sheet]),
			cmp.Compare(a.Place.Row, b.Place.Row),
			cmp.Compare(len(a.Place.Cell), len(b.Place.Cell)),
			cmp.Compare(a.Place.Cell, b.Place.Cell),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// lifeRank puts open findings first, accepted ones next, mended ones last.
func lifeRank(d *reconcile.Discrepancy) int {
	switch d.Status {
	case reconcile.StatusWaived:
		return 1
	case reconcile.StatusGone:
		return 2
	}
	return 0
}

// placeCell names the finding's places, the first of them as a link. Places in
// the document whose source is `here` go without the file's name.
func (d *Data) placeCell(f *reconcile.Finding, here string) Cell {
	names := make([]string, 0, 1+len(f.Related))
	var link *Link
	for _, place := range append([]reconcile.Origin{f.Place}, f.Related...) {
		name := d.placeName(place, here)
		if name == "" {
			continue
		}
		if link == nil {
			link = &Link{Origin: &place}
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return text(noValue, Centered)
	}
	return Cell{Value: strings.Join(names, "\n"), Link: link}
}

func (d *Data) placeName(place reconcile.Origin, here string) string {
	if place.Source == "" {
		return ""
	}
	name := place.String()
	if place.Source == here {
		if name == "" {
			return "cả tệp"
		}
		return name
	}
	return strings.TrimSuffix(d.fileName(place.Source)+": "+name, ": ")
}

// fileName is the name by which people know the document.
func (d *Data) fileName(source string) string {
	if doc := d.document(source); doc != nil && doc.File != "" {
		return doc.File
	}
	return source[strings.LastIndexAny(source, "/:")+1:]
}
