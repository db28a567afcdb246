package rule

import (
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// costKind is one kind of cost of a class, by whatever words an estimate or a
// norm names it.
type costKind struct {
	name string
	// wordings of which one must stand in the text; without excludes any word
	// that makes it another cost.
	wordings, without []string
}

// costKinds are the costs that norms set rates for. A wording that fits two of
// them fits none: a rate is compared with a norm of the same cost or with none.
func costKinds() []costKind {
	return []costKind{
		{
			name: "lecturer",
			wordings: []string{
				"thù lao giảng viên", "tiền giảng viên", "tiền công giảng viên", "chi giảng viên", "bồi dưỡng giảng viên", "giảng viên", "báo cáo viên",
				"thù lao giảng dạy", "tiền giảng", "tiền giảng bài", "thù lao giảng", "phụ cấp giảng bài", "trả công giảng",
			},
			without: []string{
				"ăn", "nghỉ", "ngủ", "xe", "tàu", "vé", "đi lại", "phòng", "lưu trú", "ở", "công tác phí", "nước", "giải khát", "tài liệu", "trợ giảng",
				"giáo án", "biên soạn", "chấm", "ra đề", "coi thi", "quà", "hỗ trợ", "thuê phòng",
			},
		},
		{name: "assistant", wordings: []string{"trợ giảng"}},
		{name: "lecturer meals", wordings: []string{"tiền ăn giảng viên", "tiền ăn của giảng viên", "tiền ăn cho giảng viên", "ăn giảng viên", "phụ cấp tiền ăn", "phụ cấp lưu trú giảng viên", "tiền ăn báo cáo viên"}},
		{name: "lecturer lodging", wordings: []string{
			"tiền nghỉ giảng viên", "thuê phòng nghỉ giảng viên", "phòng nghỉ cho giảng viên", "thuê phòng nghỉ cho giảng viên",
			"tiền phòng giảng viên", "tiền ngủ giảng viên", "phòng ở giảng viên", "nghỉ cho giảng viên",
		}},
		{name: "refreshments", wordings: []string{"nước uống", "giải khát", "giải khát giữa giờ", "nước uống giữa giờ", "tiền nước"}, without: []string{"đại biểu", "tiệc"}},
		{name: "hall", wordings: []string{"hội trường", "thuê hội trường", "phòng học", "thuê phòng học"}, without: []string{"trang trí", "ma két", "khánh tiết", "vệ sinh"}},
		{name: "materials", wordings: []string{"in ấn tài liệu", "in tài liệu", "photo tài liệu", "phô tô tài liệu", "tài liệu học tập", "tài liệu", "giáo trình"}, without: []string{"biên soạn", "biên tập", "thẩm định"}},
		{name: "stationery", wordings: []string{"văn phòng phẩm"}},
		{name: "exam", wordings: []string{"ra đề thi", "ra đề"}, without: []string{"chấm", "coi"}},
		{name: "marking", wordings: []string{"chấm thi", "chấm bài"}, without: []string{"ra đề", "coi"}},
		{name: "invigilation", wordings: []string{"coi thi"}, without: []string{"ra đề", "chấm"}},
		{name: "management", wordings: []string{"quản lý lớp", "quản lý lớp học", "phục vụ lớp"}},
		{name: "certificates", wordings: []string{"giấy chứng nhận", "cấp chứng nhận", "cấp chứng chỉ", "in chứng chỉ", "cấp bằng"}, without: []string{"khen"}},
		{name: "awards", wordings: []string{"khen thưởng"}},
		{name: "opening", wordings: []string{"khai giảng", "bế giảng"}},
		{name: "field trip", wordings: []string{"đi thực tế", "khảo sát thực tế", "nghiên cứu thực tế"}},
		{name: "learner meals", wordings: []string{"tiền ăn học viên", "tiền ăn của học viên", "tiền ăn cho học viên", "hỗ trợ tiền ăn"}},
		{name: "learner lodging", wordings: []string{"tiền nghỉ học viên", "tiền ở học viên", "chỗ ở học viên", "phòng nghỉ học viên", "tiền nghỉ cho học viên"}},
	}
}

// kindOfCost is the name of the only kind that the text fits, "" when it fits
// none or several equally well. The longest wording decides.
func kindOfCost(kinds []costKind, text string) string {
	key := costWords(text)
	best, kind := 0, ""
	for i := range kinds {
		n := kinds[i].fits(key)
		switch {
		case n == 0 || n < best:
		case n == best && kind != kinds[i].name:
			kind = ""
		default:
			best, kind = n, kinds[i].name
		}
	}
	return kind
}

// fits is the number of words of the longest wording that stands in the text, 0
// for none.
func (k *costKind) fits(key string) int {
	for _, w := range k.without {
		if strings.Contains(key, costWords(w)) {
			return 0
		}
	}
	longest := 0
	for _, w := range k.wordings {
		if w := costWords(w); strings.Contains(key, w) {
			longest = max(longest, strings.Count(w, " ")-1)
		}
	}
	return longest
}

// costWords is the text as words between single spaces, one before and one
// behind, in the form in which texts are compared.
func costWords(text string) string {
	words := strings.FieldsFunc(reconcile.Key(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	return " " + strings.Join(words, " ") + " "
}
