package understand

import "doisoat/reconcile"

// headerShort are the abbreviations in headers. They are written out only when
// the header means nothing as it stands.
var headerShort = newRewrite([][2]string{
	{"đk", "đăng ký"},
	{"đký", "đăng ký"},
	{"d tộc", "dân tộc"},
	{"dtộc", "dân tộc"},
	{"t giáo", "tôn giáo"},
	{"q quán", "quê quán"},
	{"qq", "quê quán"},
	{"g tính", "giới tính"},
	{"gtính", "giới tính"},
	{"h tên", "họ tên"},
	{"h và tên", "họ và tên"},
	{"ng tháng năm sinh", "ngày tháng năm sinh"},
	{"ng sinh", "ngày sinh"},
	{"n sinh", "năm sinh"},
	{"c vụ", "chức vụ"},
	{"cvụ", "chức vụ"},
	{"c danh", "chức danh"},
	{"đv", "đơn vị"},
	{"đvct", "đơn vị công tác"},
	{"đv ct", "đơn vị công tác"},
	{"cq", "cơ quan"},
	{"c thức", "chính thức"},
	{"db", "dự bị"},
	{"ct", "chính thức"},
	{"d bị", "dự bị"},
	{"n vào đảng", "ngày vào đảng"},
	{"ng vào đảng", "ngày vào đảng"},
	{"tđ", "trình độ"},
	{"tr độ", "trình độ"},
	{"c môn", "chuyên môn"},
	{"l luận", "lý luận"},
	{"ll", "lý luận"},
	{"đt", "đào tạo"},
	{"bd", "bồi dưỡng"},
	{"đtbd", "đào tạo bồi dưỡng"},
	{"đ thoại", "điện thoại"},
	{"h thức", "hình thức"},
	{"cb", "cán bộ"},
	{"hv", "học viên"},
	{"gv", "giáo viên"},
	{"qh", "quy hoạch"},
	{"nd", "nội dung"},
	{"ghi c", "ghi chú"},
	{"g chú", "ghi chú"},
})

// composed is a header whose words are all of one small vocabulary, however
// they are put together: "Lớp cử học", "Được cử dự khóa", "Ban/Phòng".
type composed struct {
	// core are the words of which at least one must stand in the header;
	// filler those that may.
	core, filler map[string]bool
	meaning      meaning
}

var compositions = []composed{
	{
		wordSet("lớp khóa"),
		wordSet("tên các những nội dung chương trình học tập cử đi được dự tham gia đăng ký đề nghị xin cho muốn chọn cần nhu cầu dự kiến theo năm trong đào tạo bồi dưỡng huấn tập và hoặc mở sẽ"),
		meaning{field: reconcile.FieldProgram},
	},
	{
		wordSet("hệ"),
		wordSet("đăng ký học đào tạo đi cử dự xin chọn theo tham gia hình thức"),
		meaning{field: reconcile.FieldForm},
	},
	{
		wordSet("ban phòng khoa cục trung tâm bộ phận tổ viện chi nhánh xưởng phân đội trạm xã phường thị trấn trường"),
		wordSet("đơn vị cơ quan nơi tên hiện nay công tác đang trực thuộc và hoặc các"),
		meaning{field: reconcile.FieldUnit},
	},
	{
		// "vị" and "phương" only ever complete "đơn vị" and "địa phương".
		wordSet("đơn địa quan huyện sở"),
		wordSet("vị phương cơ tổ chức doanh nghiệp hội đoàn thể ban ngành thị xã thành phố phường trấn trường tên các và hoặc trực thuộc trong tỉnh cấp ủy đảng công tác nơi quận khối " +
			"đăng ký đề nghị gửi báo cáo phòng tx tp"),
		meaning{field: reconcile.FieldUnit},
	},
	{
		wordSet("vào nạp"),
		wordSet("ngày tháng năm thời gian điểm được kết đảng dự bị việt nam cộng sản"),
		meaning{field: reconcile.FieldPartyDate},
	},
}

// compose returns the meaning of a header by the vocabulary of its words.
func compose(list []string) (meaning, bool) {
	for _, c := range compositions {
		if c.holds(list) {
			m := c.meaning
			m.exact = true
			return m, true
		}
	}
	return meaning{}, false
}

func (c composed) holds(list []string) bool {
	core := false
	for _, w := range list {
		switch {
		case c.core[w]:
			core = true
		case !c.filler[w] && !isYear(w):
			return false
		}
	}
	return core
}
