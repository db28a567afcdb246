package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// Off is the grade that switches a rule off.
const Off = "off"

// Options say how a run of the catalogue departs from its rules as written.
type Options struct {
	// Alone applies only the rules that need nothing but the file itself.
	Alone bool
	// Grades replaces, by rule ID, the severity of what a rule finds: "error",
	// "warning", "info", or Off. What could not be checked stays an info.
	Grades map[string]string
}

// Check reports every unknown rule and grade at once.
func (o Options) Check(rules []Rule) error {
	var faults []string
	for _, id := range slices.Sorted(maps.Keys(o.Grades)) {
		if !slices.ContainsFunc(rules, func(r Rule) bool { return r.ID == id }) {
			faults = append(faults, fmt.Sprintf("không có quy tắc %q", id))
		}
		if _, ok := gradeWords(o.Grades[id]); !ok {
			faults = append(faults, fmt.Sprintf("mức %q của quy tắc %s không hợp lệ (chọn error, warning, info hoặc off)", o.Grades[id], id))
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("thiết lập quy tắc: %s", strings.Join(faults, "; "))
	}
	return nil
}

// Departure is one rule that a plan switches off or grades otherwise than the
// catalogue does; reports name them, so that nobody takes silence for order.
type Departure struct {
	Rule  string
	Title string
	Grade string
}

// String says it in Vietnamese.
func (d Departure) String() string {
	words, _ := gradeWords(d.Grade)
	return fmt.Sprintf("%s (%s): %s theo thiết lập của kế hoạch", d.Rule, d.Title, words)
}

// Departures lists the rules that the options change, in the catalogue's order.
func (o Options) Departures(rules []Rule) []Departure {
	var all []Departure
	for _, r := range rules {
		if grade, ok := o.Grades[r.ID]; ok {
			all = append(all, Departure{Rule: r.ID, Title: r.Title, Grade: grade})
		}
	}
	return all
}

func gradeWords(grade string) (string, bool) {
	switch grade {
	case Off:
		return "không áp dụng", true
	case string(reconcile.SeverityError):
		return "xếp mức lỗi", true
	case string(reconcile.SeverityWarning):
		return "xếp mức cảnh báo", true
	case string(reconcile.SeverityInfo):
		return "xếp mức thông tin", true
	}
	return "", false
}

// active are the rules that the options leave, in the catalogue's order.
func (o Options) active(rules []Rule) []Rule {
	var left []Rule
	for _, r := range rules {
		if o.Grades[r.ID] != Off && (r.Alone || !o.Alone) {
			left = append(left, r)
		}
	}
	return left
}

// grade applies the options to a finding.
func (o Options) grade(f *reconcile.Finding) {
	if f.NotChecked {
		f.Severity = reconcile.SeverityInfo
	} else if grade, ok := o.Grades[f.Rule]; ok {
		f.Severity = reconcile.Severity(grade)
	}
	if f.Severity != reconcile.SeverityError {
		f.Invalidates = nil
	}
}
