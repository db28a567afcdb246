package understand

import (
	"regexp"

	"doisoat/reconcile"
)

// listKind is what the title of a list of results says of everybody on it.
type listKind struct {
	outcome reconcile.Outcome
	// final: it tells how the class ended.
	final    bool
	from, to reconcile.Date
}

// enrolWords head lists of those who are in a class, before it ends.
var enrolWords = wordings("trúng tuyển", "nhập học", "học viên đang học", "đang theo học", "danh sách học viên khóa", "khai giảng", "trung tuyen", "nhap hoc")

// diplomaWords head lists of those who have got through.
var diplomaWords = wordings("công nhận tốt nghiệp", "cấp chứng chỉ", "cấp chứng nhận", "cấp giấy chứng nhận", "cấp bằng", "đã hoàn thành", "hoàn thành khóa học",
	"hoàn thành chương trình", "hoàn thành lớp", "được công nhận", "cong nhan tot nghiep")

// kindOfList reads a title or the heading of a section.
func kindOfList(text string) listKind {
	list := words(text)
	k := listKind{final: true}
	k.from, k.to = classDates(text)
	switch {
	case contains(list, enrolWords):
		k.final = false
		k.outcome = outcomeOf(text)
		if k.outcome == reconcile.NoOutcome {
			k.outcome = reconcile.Studying
		}
	case contains(list, diplomaWords):
		k.outcome = outcomeOf(text)
		if k.outcome == reconcile.NoOutcome {
			k.outcome = reconcile.Completed
		}
	default:
		// Only of those who did not get through: titles speak of completing
		// whatever became of each.
		if outcome := outcomeOf(text); outcome != reconcile.Completed {
			k.outcome = outcome
		}
		if k.outcome == reconcile.NoOutcome && allFailed(list) {
			k.outcome = reconcile.NotCompleted
		}
	}
	return k
}

// allFailed tells whether a title names several ways of not getting through and
// no other: "KHÔNG ĐẠT, BỎ HỌC".
func allFailed(list []string) bool {
	found := outcomes.all(list)
	for _, m := range found {
		switch m.value {
		case reconcile.NotCompleted, reconcile.DroppedOut, reconcile.Withdrawn, reconcile.Absent:
		default:
			return false
		}
	}
	return len(found) > 1
}

// decisionIn is the number of the decision that a list came with.
func decisionIn(text string) (no string, date reconcile.Date) {
	m := decisionNumber.FindStringSubmatch(text)
	if m == nil {
		return "", date
	}
	if d := decisionDate.FindStringSubmatch(text); d != nil {
		date = whole(number(d[3]), number(d[2]), number(d[1])).first()
	}
	return m[1], date
}

var (
	decisionNumber = regexp.MustCompile(`(?i)quyết định số:?\s*(\d[\p{L}\d/.\-]*)`)
	decisionDate   = regexp.MustCompile(`ngày\s+(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})`)
)

var (
	dayRange  = regexp.MustCompile(`(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*(?:-|–|—|đến|tới|;|,)[^\d]{0,30}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	openingIn = regexp.MustCompile(`(?i)(?:khai giảng|từ)[^\d]{0,20}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	closingIn = regexp.MustCompile(`(?i)(?:bế giảng|kết thúc|đến)[^\d]{0,20}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	yearRange = regexp.MustCompile(`((?:19|20)\d\d)\s*(?:-|–|—|đến)\s*((?:19|20)\d\d)`)
	inYear    = regexp.MustCompile(`(?i)năm\s+((?:19|20)\d\d)(?:\D|$)`)
)

// classDates finds in a title when the class was held: from day to day, over
// years ("khóa 2022 - 2024"), or in one year.
func classDates(text string) (from, to reconcile.Date) {
	day := func(m []string) reconcile.Date { return whole(number(m[2]), number(m[1]), number(m[0])).first() }
	if m := dayRange.FindStringSubmatch(text); m != nil {
		return day(m[1:4]), day(m[4:7])
	}
	if m := openingIn.FindStringSubmatch(text); m != nil {
		from = day(m[1:])
	}
	if m := closingIn.FindStringSubmatch(text); m != nil {
		to = day(m[1:])
	}
	if !from.IsZero() || !to.IsZero() {
		return from, to
	}
	if m := yearRange.FindStringSubmatch(text); m != nil {
		return reconcile.Date{Year: number(m[1])}, reconcile.Date{Year: number(m[2])}
	}
	if m := inYear.FindStringSubmatch(text); m != nil {
		return reconcile.Date{}, reconcile.Date{Year: number(m[1])}
	}
	return from, to
}
