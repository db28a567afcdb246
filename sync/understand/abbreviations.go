package understand

import "slices"

// rewrite replaces runs of words by others, longest first, from the left. The
// replacement is not looked at again, so a list names each abbreviation whole.
type rewrite struct{ *phrases[[]string] }

func newRewrite(pairs [][2]string) rewrite {
	p := newPhrases[[]string]()
	for _, pair := range pairs {
		p.add(words(pair[0]), words(pair[1]))
	}
	return rewrite{p}
}

func (r rewrite) apply(list []string) []string {
	out := make([]string, 0, len(list)+8)
	for i := 0; i < len(list); {
		if m, ok := r.at(list, i); ok {
			out = append(out, m.value...)
			i = m.end
			continue
		}
		out = append(out, list[i])
		i++
	}
	return out
}

// programShort are the abbreviations in the names of programs and classes.
var programShort = newRewrite(slices.Concat(defenceShort(), [][2]string{
	{"llct", "lý luận chính trị"},
	{"ll ct", "lý luận chính trị"},
	{"lý luận ct", "lý luận chính trị"},
	{"ccllct", "cao cấp lý luận chính trị"},
	{"cc llct", "cao cấp lý luận chính trị"},
	{"cc ll ct", "cao cấp lý luận chính trị"},
	{"cc lý luận chính trị", "cao cấp lý luận chính trị"},
	{"ccct", "cao cấp lý luận chính trị"},
	{"cc chính trị", "cao cấp lý luận chính trị"},
	{"cao cấp chính trị", "cao cấp lý luận chính trị"},
	{"cao cấp llct", "cao cấp lý luận chính trị"},
	{"cao cấp ct", "cao cấp lý luận chính trị"},
	{"tcllct", "trung cấp lý luận chính trị"},
	{"tc llct", "trung cấp lý luận chính trị"},
	{"tc ll ct", "trung cấp lý luận chính trị"},
	{"tc lý luận chính trị", "trung cấp lý luận chính trị"},
	{"tcct", "trung cấp lý luận chính trị"},
	{"tc chính trị", "trung cấp lý luận chính trị"},
	{"trung cấp chính trị", "trung cấp lý luận chính trị"},
	{"trung cấp llct", "trung cấp lý luận chính trị"},
	{"trung cấp ct", "trung cấp lý luận chính trị"},
	{"llct cao cấp", "cao cấp lý luận chính trị"},
	{"lý luận chính trị cao cấp", "cao cấp lý luận chính trị"},
	{"llct trung cấp", "trung cấp lý luận chính trị"},
	{"lý luận chính trị trung cấp", "trung cấp lý luận chính trị"},
	{"người hđ", "người hoạt động"},
	{"người hđkct", "người hoạt động không chuyên trách"},
	{"hđkct", "hoạt động không chuyên trách"},
	{"h rê", "hrê"},
	{"h re", "hre"},
	{"lđql", "lãnh đạo quản lý"},
	{"lđ ql", "lãnh đạo quản lý"},
	{"lđ", "lãnh đạo"},
	{"ql", "quản lý"},
	{"qlnn", "quản lý nhà nước"},
	{"cvcc", "chuyên viên cao cấp"},
	{"cvc", "chuyên viên chính"},
	{"cv chính", "chuyên viên chính"},
	{"cv cao cấp", "chuyên viên cao cấp"},
	{"cv c", "chuyên viên chính"},
	{"cv cc", "chuyên viên cao cấp"},
	{"ktv", "kế toán viên"},
	{"cdnn", "chức danh nghề nghiệp"},
	{"attt", "an toàn thông tin"},
	{"vtvl", "vị trí việc làm"},
	{"cchc", "cải cách hành chính"},
	{"cbcc", "cán bộ công chức"},
	{"cb cc", "cán bộ công chức"},
	{"cbccvc", "cán bộ công chức viên chức"},
	{"cl", "chất lượng"},
	{"tcxdđ", "tổ chức xây dựng đảng"},
	{"tcxd đảng", "tổ chức xây dựng đảng"},
	{"xdđ", "xây dựng đảng"},
	{"xd đảng", "xây dựng đảng"},
	{"qđ", "quyết định"},
	{"nq", "nghị quyết"},
	{"gv", "giáo viên"},
	{"đh", "đại học"},
	{"cử nhân", "đại học"},
	{"cu nhan", "dai hoc"},
	{"sđh", "sau đại học"},
	{"ths", "thạc sĩ"},
	{"th s", "thạc sĩ"},
	{"cq dn", "cơ quan doanh nghiệp"},
	{"đuk", "đảng ủy khối"},
	{"đu khối", "đảng ủy khối"},
	{"ngành dọc", "trung ương"},
	{"ngành dọc trung ương", "trung ương"},
	{"ngành dọc tw", "trung ương"},
	{"cqtw", "cơ quan trung ương"},
	{"cqtư", "cơ quan trung ương"},
	{"tư", "trung ương"},
	{"tw", "trung ương"},
	{"cấp xã", "xã"},
	{"cấp huyện", "huyện"},
	{"cấp phòng", "phòng"},
	{"cấp sở", "sở"},
	{"t anh", "tiếng anh"},
	{"t anh b", "tiếng anh bậc"},
	{"tiếng anh b", "tiếng anh bậc"},
	{"ta b", "tiếng anh bậc"},
}))

// defenceShort are the ways to write defence training, alone and before the
// group of its learners.
func defenceShort() [][2]string {
	var pairs [][2]string
	for _, w := range []string{
		"qpan", "qp an", "ktqpan", "ktqp an", "kt qpan", "kt qp an", "gdqpan", "gdqp an", "gd qpan", "gd qp an",
		"ktqp", "kt qp", "gdqp", "kiến thức quốc phòng", "giáo dục quốc phòng", "quốc phòng an ninh", "quốc phòng và an ninh", "qp và an",
		"kiến thức quốc phòng an ninh", "kiến thức quốc phòng và an ninh", "giáo dục quốc phòng an ninh", "giáo dục quốc phòng và an ninh",
		"an ninh quốc phòng", "anqp", "an qp",
	} {
		pairs = append(pairs, [2]string{w, "quốc phòng an ninh"},
			[2]string{w + " đt", "quốc phòng an ninh đối tượng"}, [2]string{w + " dt", "quốc phòng an ninh đối tượng"})
	}
	return append(pairs, [2]string{"qp đt", "quốc phòng an ninh đối tượng"}, [2]string{"quốc phòng đt", "quốc phòng an ninh đối tượng"},
		[2]string{"quốc phòng đối tượng", "quốc phòng an ninh đối tượng"}, [2]string{"qp đối tượng", "quốc phòng an ninh đối tượng"})
}

// programNoise are the words that wordings of one program have or lack without
// a difference. Years are left out with them.
var programNoise = wordSet("lớp khóa chương trình bồi dưỡng bd đào tạo kiến thức về và cho các của theo năm đăng ký nhu cầu " +
	"danh sách cử tham gia đi dự số ở tại tỉnh tương đương trên địa bàn đóng hệ")

// agencyShort are the abbreviations in the names of bodies.
var agencyShort = newRewrite([][2]string{
	{"ubnd", "ủy ban nhân dân"},
	{"ub nd", "ủy ban nhân dân"},
	{"ubnd h", "ủy ban nhân dân huyện"},
	{"ubnd tx", "ủy ban nhân dân thị xã"},
	{"ủy ban nhân dân h", "ủy ban nhân dân huyện"},
	{"ubnd tp", "ủy ban nhân dân thành phố"},
	{"tx", "thị xã"},
	{"tp", "thành phố"},
	{"hđnd", "hội đồng nhân dân"},
	{"hu", "huyện ủy"},
	{"kkt", "khu kinh tế"},
	{"kcn", "khu công nghiệp"},
	{"vp", "văn phòng"},
	{"btc", "ban tổ chức"},
	{"btg", "ban tuyên giáo"},
	{"bdv", "ban dân vận"},
	{"bnc", "ban nội chính"},
	{"ubkt", "ủy ban kiểm tra"},
	{"cq dn", "cơ quan doanh nghiệp"},
	{"bql", "ban quản lý"},
	{"qlda", "quản lý dự án"},
	{"bqlda", "ban quản lý dự án"},
	{"bql da", "ban quản lý dự án"},
	{"đtxd", "đầu tư xây dựng"},
	{"đt xd", "đầu tư xây dựng"},
	{"ctgt", "công trình giao thông"},
	{"dd cn", "dân dụng công nghiệp"},
	{"đh", "đại học"},
	{"cđ", "cao đẳng"},
	{"bv", "bệnh viện"},
	{"htx", "hợp tác xã"},
	{"mttq", "mặt trận tổ quốc"},
	{"ubmttq", "ủy ban mặt trận tổ quốc"},
	{"ubmttqvn", "ủy ban mặt trận tổ quốc việt nam"},
	{"lhpn", "liên hiệp phụ nữ"},
	{"lđlđ", "liên đoàn lao động"},
	{"ccb", "cựu chiến binh"},
	{"huyện đoàn", "đoàn thanh niên huyện"},
	{"thị đoàn", "đoàn thanh niên thị xã"},
	{"thành đoàn", "đoàn thanh niên thành phố"},
	{"tnmt", "tài nguyên môi trường"},
	{"nn ptnt", "nông nghiệp phát triển nông thôn"},
	{"gd đt", "giáo dục đào tạo"},
	{"kh đt", "kế hoạch đầu tư"},
	{"tn mt", "tài nguyên môi trường"},
	{"tt tt", "thông tin truyền thông"},
	{"kh cn", "khoa học công nghệ"},
	{"vh tt dl", "văn hóa thể thao du lịch"},
	{"vhtt dl", "văn hóa thể thao du lịch"},
	{"lđ tb xh", "lao động thương binh xã hội"},
	{"lao động tb", "lao động thương binh"},
	{"lđ thương binh", "lao động thương binh"},
	{"lđtb xh", "lao động thương binh xã hội"},
	{"bđbp", "bộ đội biên phòng"},
	{"thads", "thi hành án dân sự"},
	{"thi hành án ds", "thi hành án dân sự"},
	// Mass organisations put the name of the whole organisation and of its
	// committee into their letterheads.
	{"việt nam", ""},
	{"viet nam", ""},
	{"vn", ""},
	{"ban chấp hành", ""},
	{"bch", ""},
	{"ban thường trực", ""},
	{"lhpn việt nam", "liên hiệp phụ nữ"},
	{"lhpnvn", "liên hiệp phụ nữ"},
	{"tncs", "thanh niên cộng sản"},
})

var agencyNoise = wordSet("và các va cac")

func without(list []string, noise map[string]bool) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		if !noise[w] {
			out = append(out, w)
		}
	}
	return out
}
