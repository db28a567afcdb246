package understand

import "doisoat/reconcile"

// levelWord is a wording and the level that it means.
type levelWord[T any] struct {
	wording string
	level   T
}

// educationWords, highest level first: of several degrees the highest counts.
var educationWords = levels([]levelWord[reconcile.Education]{
	{"tiến sĩ", reconcile.Doctor},
	{"tiến sỹ", reconcile.Doctor},
	{"ts", reconcile.Doctor},
	{"pgs", reconcile.Doctor},
	{"phó giáo sư", reconcile.Doctor},
	{"thạc sĩ", reconcile.Master},
	{"thạc sỹ", reconcile.Master},
	{"ths", reconcile.Master},
	{"th s", reconcile.Master},
	{"cao học", reconcile.Master},
	{"cao đẳng", reconcile.College},
	{"cđ", reconcile.College},
	{"cử nhân cao đẳng", reconcile.College},
	{"cđsp", reconcile.College},
	{"cđn", reconcile.College},
	{"đại học", reconcile.University},
	{"đh", reconcile.University},
	{"đhsp", reconcile.University},
	{"cử nhân", reconcile.University},
	{"cn", reconcile.University},
	{"kỹ sư", reconcile.University},
	{"ks", reconcile.University},
	{"ksxd", reconcile.University},
	{"kscn", reconcile.University},
	{"ksnn", reconcile.University},
	{"tskh", reconcile.Doctor},
	{"t cấp", reconcile.EducationIntermediate},
	{"tr cấp", reconcile.EducationIntermediate},
	{"c đẳng", reconcile.College},
	{"sau đại học", reconcile.Master},
	{"sau đh", reconcile.Master},
	{"trên đại học", reconcile.Master},
	{"trên đh", reconcile.Master},
	{"sđh", reconcile.Master},
	{"master", reconcile.Master},
	{"gs", reconcile.Doctor},
	{"giáo sư", reconcile.Doctor},
	{"phd", reconcile.Doctor},
	{"doctor", reconcile.Doctor},
	{"bachelor", reconcile.University},
	{"university", reconcile.University},
	{"engineer", reconcile.University},
	{"college", reconcile.College},
	{"high school", reconcile.UpperSecondary},
	{"cử nhân cđ", reconcile.College},
	{"cn cđ", reconcile.College},
	{"ltđh", reconcile.University},
	{"đhqg", reconcile.University},
	{"cnđd", reconcile.University},
	{"sau đh", reconcile.Master},
	{"sđh", reconcile.Master},
	{"trên đại học", reconcile.Master},
	{"trên đh", reconcile.Master},
	{"trung cấp", reconcile.EducationIntermediate},
	{"trung học chuyên nghiệp", reconcile.EducationIntermediate},
	{"thcn", reconcile.EducationIntermediate},
	{"tc", reconcile.EducationIntermediate},
	{"tccn", reconcile.EducationIntermediate},
	{"trung học phổ thông", reconcile.UpperSecondary},
	{"thpt", reconcile.UpperSecondary},
	{"12 12", reconcile.UpperSecondary},
	{"10 10", reconcile.UpperSecondary},
	{"phổ thông", reconcile.UpperSecondary},
	{"cấp 3", reconcile.UpperSecondary},
	{"cấp iii", reconcile.UpperSecondary},
})

// professions imply a level where no level is named: of "Trung cấp Bác sĩ đa
// khoa" the level counts.
var professions = levels([]levelWord[reconcile.Education]{
	{"kiến trúc sư", reconcile.University},
	{"kts", reconcile.University},
	{"luật sư", reconcile.University},
	{"bác sĩ", reconcile.University},
	{"bác sỹ", reconcile.University},
	{"bs", reconcile.University},
	{"bscki", reconcile.University},
	{"bsckii", reconcile.University},
	{"dược sĩ", reconcile.University},
	{"dược sỹ", reconcile.University},
	{"dsđh", reconcile.University},
	{"dscki", reconcile.University},
	{"dsckii", reconcile.University},
	{"cki", reconcile.University},
	{"ckii", reconcile.University},
	{"ck 1", reconcile.University},
	{"ck 2", reconcile.University},
	{"chuyên khoa", reconcile.University},
	{"y sĩ", reconcile.EducationIntermediate},
	{"y sỹ", reconcile.EducationIntermediate},
})

var educationRank = map[reconcile.Education]int{
	reconcile.UpperSecondary: 1, reconcile.EducationIntermediate: 2, reconcile.College: 3,
	reconcile.University: 4, reconcile.Master: 5, reconcile.Doctor: 6,
}

// education reads the highest level of education that a text names. A degree
// that is still studied for ("đang học thạc sĩ") does not count.
func education(text string) (reconcile.Education, reconcile.Fault) {
	if saysNone(text) {
		return "", reconcile.NoFault
	}
	list := words(text)
	for _, known := range []*phrases[reconcile.Education]{educationWords, professions} {
		if best := highest(known, list, educationRank); best != "" {
			return best, reconcile.NoFault
		}
	}
	return educationPlain(text)
}

// highest is the highest level among those that the words name and that are
// not just being studied for.
func highest[T ~string](known *phrases[T], list []string, rank map[T]int) T {
	var best T
	for _, m := range known.all(list) {
		if !studying(list[:m.start]) && rank[m.value] > rank[best] {
			best = m.value
		}
	}
	return best
}

// educationPlain reads words typed without marks ("Dai hoc") or with a wrong one
// ("Đai học"). A single short word is too little to go by where marks are typed.
func educationPlain(text string) (reconcile.Education, reconcile.Fault) {
	for _, m := range educationUnmarked.all(plainWords(text)) {
		if m.end-m.start > 1 || unmarked(text) {
			return m.value, reconcile.NoFault
		}
	}
	return "", reconcile.Unrecognised
}

var educationUnmarked = unmarkedLevels([]levelWord[reconcile.Education]{
	{"tien si", reconcile.Doctor},
	{"thac si", reconcile.Master},
	{"dai hoc", reconcile.University},
	{"cu nhan", reconcile.University},
	{"ky su", reconcile.University},
	{"cao dang", reconcile.College},
	{"trung cap", reconcile.EducationIntermediate},
	{"dh", reconcile.University},
	{"cd", reconcile.College},
})

// studying tells whether the words before a degree say that it is not held yet:
// "đang theo học lớp thạc sĩ", "học viên cao học".
func studying(before []string) bool {
	for i := len(before) - 1; i >= 0; i-- {
		switch w := before[i]; {
		case w == studies[0]:
			return true
		case w == studies[2] && i > 0 && before[i-1] == studies[1], w == "hv":
			return true
		case !ofStudies[w]:
			return false
		}
	}
	return false
}

var (
	studies   = words("đang học viên")
	ofStudies = wordSet("học theo lớp là viên tham gia dự chương trình đào tạo hoàn thành hệ ngành cử đi")
)

func levels[T any](list []levelWord[T]) *phrases[T] {
	p := newPhrases[T]()
	for _, l := range list {
		p.add(words(l.wording), l.level)
	}
	return p
}

func unmarkedLevels[T any](list []levelWord[T]) *phrases[T] {
	p := newPhrases[T]()
	for _, l := range list {
		p.add(plainWords(l.wording), l.level)
	}
	return p
}
