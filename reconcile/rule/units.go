package rule

import (
	"strings"

	"doisoat/reconcile"
)

// unit is what a rate is paid for; "" when nobody says it.
type unit string

// The units between which rates can be reckoned; others are compared as texts.
const (
	session unit = "buổi"
	period  unit = "tiết"
)

// unitOf reads a unit of measure: "buổi", "đ/buổi", "đồng/người/buổi".
func unitOf(text string) unit {
	key := strings.TrimSpace(costWords(text))
	words := strings.Fields(key)
	kept := words[:0]
	for _, w := range words {
		switch w {
		case reconcile.Key("đồng"), reconcile.Key("đ"), "vnd", "vnđ", "01", "1":
		default:
			kept = append(kept, w)
		}
	}
	key = strings.Join(kept, " ")
	switch key {
	case costKey("buổi"), costKey("người/buổi"), costKey("buổi/người"), costKey("buổi học"), costKey("buổi dạy"), costKey("buổi giảng"):
		return session
	case costKey("tiết"), costKey("tiết học"), costKey("tiết giảng"), costKey("tiết dạy"), costKey("người/tiết"):
		return period
	}
	return unit(key)
}

func costKey(text string) string { return strings.TrimSpace(costWords(text)) }

// lineUnit is the unit of a line's rate: its own column, else the one behind a
// slash in the text ("500.000 đồng/buổi").
func lineUnit(l *reconcile.EstimateLine) unit {
	if text := l.Readings.Get(reconcile.FieldUnitName).Text; text != "" {
		return unitOf(text)
	}
	if _, text, ok := strings.Cut(l.Text, "đồng/"); ok {
		text, _, _ = strings.Cut(text, ")")
		return unitOf(text)
	}
	return ""
}

// unitWords is the unit of the line as people write it, where the norm has the
// same or one that the line's is reckoned from.
func unitWords(l *reconcile.EstimateLine, n *reconcile.Norm) string {
	if u := lineUnit(l); unitOf(n.Unit) != u {
		return string(u)
	}
	return n.Unit
}

// rateIn is the norm's rate for the unit u; false when one cannot be reckoned
// from the other. A rate for a period is rounded up, so that rounding alone
// never makes a rate too high.
func rateIn(n *reconcile.Norm, u unit) (reconcile.VND, bool) {
	own := unitOf(n.Unit)
	switch {
	case u == "":
		return 0, false
	case own == u:
		return n.Rate, true
	case n.PeriodsPerSession <= 0:
		return 0, false
	case own == session && u == period:
		periods := reconcile.VND(n.PeriodsPerSession)
		return (n.Rate-1)/periods + 1, true
	case own == period && u == session:
		return n.Rate.Times(n.PeriodsPerSession), true
	}
	return 0, false
}
