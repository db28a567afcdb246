package match

import (
	"strings"

	"doisoat/reconcile"
)

// districts tells in which district a row's unit lies, as far as the register
// and the unit's own words say.
type districts struct {
	codes   numbers // of district-level agencies
	names   map[string]int32
	spelled map[string]int32 // by the unit's text
}

// newDistricts learns the names of districts and of their communes, with their
// types ("huyện bình sơn", "xã bình an"). A name that two districts have (xã
// Nguyễn Nghiêm) tells nothing.
func newDistricts(register *reconcile.Register) *districts {
	d := &districts{codes: make(numbers), names: make(map[string]int32), spelled: make(map[string]int32)}
	if register == nil {
		return d
	}
	learn := func(name string, district int32) {
		key := " " + reconcile.Key(name) + " "
		if other, ok := d.names[key]; ok && other != district {
			district = 0
		}
		d.names[key] = district
	}
	for i := range register.Agencies {
		a := &register.Agencies[i]
		if a.Level != reconcile.DistrictLevel {
			continue
		}
		district := d.codes.of(a.Code)
		for _, kind := range []string{"huyện", "thị xã", "thành phố"} {
			if at := strings.Index(reconcile.Key(a.Name), reconcile.Key(kind)); at >= 0 {
				learn(reconcile.Key(a.Name)[at:], district)
			}
		}
		for _, c := range a.Communes {
			learn(c.Name, district)
		}
	}
	return d
}

// of returns the district of the registration's unit, 0 when it is not known:
// that of the agency itself, else the one whose name or whose commune's name
// the unit's text holds.
func (d *districts) of(r *reconcile.Registration) int32 {
	if n, ok := d.codes[r.Agency]; ok {
		return n
	}
	if r.AgencyText == "" || len(d.names) == 0 {
		return 0
	}
	if n, ok := d.spelled[r.AgencyText]; ok {
		return n
	}
	text := " " + strings.NewReplacer(",", " ", ".", " ", "(", " ", ")", " ").Replace(reconcile.Key(r.AgencyText)) + " "
	found := int32(0)
	for name, district := range d.names {
		if district == 0 || !strings.Contains(text, name) {
			continue
		}
		if found != 0 && found != district {
			found = 0
			break
		}
		found = district
	}
	d.spelled[r.AgencyText] = found
	return found
}

// placeKind says how near to each other two people work.
type placeKind uint8

const (
	noPlace placeKind = iota
	elsewhere
	sameDistrict
	sameAgency
	sameUnit
)

func comparePlaces(a, b *record) placeKind {
	switch {
	case a.agency == 0 || b.agency == 0:
		return noPlace
	case a.agency == b.agency && a.unit != 0 && a.unit == b.unit:
		return sameUnit
	case a.agency == b.agency && (a.unit == 0 || b.unit == 0 || a.district == 0):
		return sameAgency
	case a.district != 0 && a.district == b.district:
		return sameDistrict
	case a.agency == b.agency:
		return sameAgency
	}
	return elsewhere
}

// placeBits weighs where two people work; a place is as telling as few work
// there.
func (f *frequencies) placeBits(a, b *record, kind placeKind) float64 {
	share := func(n int) float64 { return (float64(n) + 20) / (f.people + 20*80) } // of some eighty agencies
	switch kind {
	case sameUnit:
		return bits(mUnit, min(share(f.units.of(a.unit)), share(f.agencies.of(a.agency))))
	case sameAgency:
		return bits(mAgency, share(f.agencies.of(a.agency)))
	case sameDistrict:
		return bits(mDistrict, min(1, 1.5*max(share(f.agencies.of(a.agency)), share(f.agencies.of(b.agency)))))
	case elsewhere:
		return bits(mElsewhere, 1)
	}
	return 0
}

// positionBits weighs two positions: "Chuyên viên" is half the lists, "Bí thư
// Đảng ủy xã" is not.
func (f *frequencies) positionBits(a, b *record) float64 {
	switch {
	case a.position == 0 || b.position == 0:
		return 0
	case a.position == b.position:
		return bits(mPosition, max(0.01, f.share(f.positions.of(a.position))))
	}
	return bits(mOtherPosition, 1)
}

// partyBits weighs the dates of joining the Party.
func (f *frequencies) partyBits(a, b *record) float64 {
	switch {
	case !a.party.IsFull() || !b.party.IsFull():
		return 0
	case a.party == b.party:
		return bits(mPartyDate, max(uPartyDate, f.share(f.parties[dayNumber(a.party)])))
	}
	return bits(mOtherPartyDate, 1)
}
