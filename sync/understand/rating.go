package understand

import (
	"regexp"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

var gradeOfWork = levels([]levelWord[reconcile.Grade]{
	{"hoàn thành xuất sắc nhiệm vụ", reconcile.GradeExcellent},
	{"hoàn thành xuất sắc", reconcile.GradeExcellent},
	{"xuất sắc", reconcile.GradeExcellent},
	{"htxsnv", reconcile.GradeExcellent},
	{"htxs", reconcile.GradeExcellent},
	{"hoàn thành tốt nhiệm vụ", reconcile.GradeGood},
	{"hoàn thành tốt", reconcile.GradeGood},
	{"tốt", reconcile.GradeGood},
	{"httnv", reconcile.GradeGood},
	{"htt", reconcile.GradeGood},
	{"không hoàn thành nhiệm vụ", reconcile.GradeFailed},
	{"không hoàn thành", reconcile.GradeFailed},
	{"khtnv", reconcile.GradeFailed},
	{"hoàn thành nhiệm vụ", reconcile.GradeCompleted},
	{"hoàn thành", reconcile.GradeCompleted},
	{"htnv", reconcile.GradeCompleted},
})

var (
	ratingYear  = regexp.MustCompile(`\b20\d\d\b`)
	ratingPiece = regexp.MustCompile(`[;,\n]+`)
	twoYears    = wordings("2 năm", "02 năm", "hai năm")
)

// ratingsOf reads a cell of ratings: one year's, whose number stands in the
// header or in the cell, or two years' in one cell. "02 năm" with one grade
// gives it to both.
func ratingsOf(header, text string) ([]reconcile.Rating, reconcile.Fault) {
	var all []reconcile.Rating
	for _, piece := range ratingPiece.Split(text, -1) {
		found := gradeOfWork.all(words(piece))
		if len(found) != 1 {
			continue
		}
		year := yearIn(piece)
		if year == 0 {
			year = yearIn(header)
		}
		all = append(all, reconcile.Rating{Year: year, Grade: found[0].value})
	}
	if len(all) == 1 && all[0].Year == 0 && contains(words(header+" "+text), twoYears) {
		all = append(all, all[0])
	}
	if len(all) == 0 && strings.TrimSpace(text) != "" {
		return nil, reconcile.Unrecognised
	}
	return all, reconcile.NoFault
}

// yearIn is the only year that the text names, 0 when it names none or two.
func yearIn(text string) int {
	years := ratingYear.FindAllString(text, -1)
	if len(years) != 1 {
		return 0
	}
	year, _ := strconv.Atoi(years[0])
	return year
}

func isRating(c cell) bool { return len(gradeOfWork.all(words(c.text))) > 0 }
