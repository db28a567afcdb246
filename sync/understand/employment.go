package understand

import "doisoat/reconcile"

var employmentWords = levels([]levelWord[reconcile.Employment]{
	{"cán bộ", reconcile.Cadre},
	{"cb", reconcile.Cadre},
	{"cán bộ cấp xã", reconcile.Cadre},
	{"công chức", reconcile.CivilServant},
	{"cc", reconcile.CivilServant},
	{"cán bộ công chức", ""},
	{"cán bộ công chức viên chức", ""},
	{"cbcc", ""},
	{"cbccvc", ""},
	{"viên chức", reconcile.PublicServant},
	{"vc", reconcile.PublicServant},
	{"không chuyên trách", reconcile.PartTimer},
	{"hoạt động không chuyên trách", reconcile.PartTimer},
	{"cán bộ không chuyên trách", reconcile.PartTimer},
	{"cán bộ bán chuyên trách", reconcile.PartTimer},
	{"bán chuyên trách", reconcile.PartTimer},
	{"kct", reconcile.PartTimer},
	{"nhđkct", reconcile.PartTimer},
	{"hđkct", reconcile.PartTimer},
	{"hợp đồng", reconcile.Contract},
	{"hợp đồng lao động", reconcile.Contract},
	{"hđlđ", reconcile.Contract},
	{"lao động hợp đồng", reconcile.Contract},
	{"hđ", reconcile.Contract},
})

var traineeWords = wordings("tập sự", "đang tập sự", "thử việc")

// employment reads in which relation a person serves; a text that names two
// ("CBCC") leaves it open.
func employment(text string) (kind reconcile.Employment, trainee bool, fault reconcile.Fault) {
	list := words(text)
	found := employmentWords.all(list)
	for _, m := range found {
		switch {
		case m.value == "" || kind != "" && kind != m.value:
			return "", contains(list, traineeWords), reconcile.Several
		}
		kind = m.value
	}
	if kind == "" {
		return "", contains(list, traineeWords), reconcile.Unrecognised
	}
	return kind, contains(list, traineeWords), reconcile.NoFault
}

// isEmployment tells a column of kinds of employment by its values: short, and
// nothing but that.
func isEmployment(c cell) bool {
	list := words(c.text)
	if len(list) == 0 || len(list) > 7 {
		return false
	}
	m, ok := employmentWords.at(list, 0)
	if !ok && list[0] == "người" && len(list) > 1 {
		m, ok = employmentWords.at(list, 1)
	}
	return ok && (m.value != reconcile.Cadre || m.end == len(list) || list[m.end] == "xã" || list[m.end] == "cấp")
}
