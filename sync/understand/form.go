package understand

import (
	"doisoat/reconcile"
)

var formWords = levels([]levelWord[reconcile.Form]{
	{"không tập trung", reconcile.PartTime},
	{"hệ không tập trung", reconcile.PartTime},
	{"không tt", reconcile.PartTime},
	{"ktt", reconcile.PartTime},
	{"k tt", reconcile.PartTime},
	{"kh tt", reconcile.PartTime},
	{"k tập trung", reconcile.PartTime},
	{"kh tập trung", reconcile.PartTime},
	{"ko tập trung", reconcile.PartTime},
	{"bán tập trung", reconcile.PartTime},
	{"vừa làm vừa học", reconcile.PartTime},
	{"vlvh", reconcile.PartTime},
	{"vừa học vừa làm", reconcile.PartTime},
	{"vhvl", reconcile.PartTime},
	{"tại chức", reconcile.PartTime},
	{"khong tap trung", reconcile.PartTime},
	{"khong tt", reconcile.PartTime},
	{"ko tt", reconcile.PartTime},
	{"he khong tap trung", reconcile.PartTime},
	{"tập trung", reconcile.FullTime},
	{"hệ tập trung", reconcile.FullTime},
	{"chính quy", reconcile.FullTime},
	{"tt", reconcile.FullTime},
	{"tap trung", reconcile.FullTime},
	{"he tap trung", reconcile.FullTime},
	{"hoàn chỉnh", reconcile.Completion},
	{"hoan chinh", reconcile.Completion},
})

// formOf reads the form of study from a text: a column's value, a class's
// name, a tab's name. Two different forms in one text contradict each other.
func formOf(text string) (reconcile.Form, reconcile.Fault) {
	return formIn(words(text))
}

func formIn(list []string) (reconcile.Form, reconcile.Fault) {
	var form reconcile.Form
	for _, m := range formWords.all(list) {
		if form != "" && form != m.value {
			return "", reconcile.Contradictory
		}
		form = m.value
	}
	return form, reconcile.NoFault
}

// withoutForm drops the words of the form, so that the name of the program
// stands alone. "Hoàn chỉnh" is part of a program's name and stays.
func withoutForm(list []string) []string {
	cut := make([]bool, len(list))
	for _, m := range formWords.all(list) {
		if m.value == reconcile.Completion {
			continue
		}
		for i := m.start; i < m.end; i++ {
			cut[i] = true
		}
	}
	out := make([]string, 0, len(list))
	for i, w := range list {
		if !cut[i] {
			out = append(out, w)
		}
	}
	return out
}
