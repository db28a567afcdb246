package understand

// What a title says a list is for, where that is not to register.

// isOtherwise tells whether a title is that of a list that registers nobody.
func (s *sheetReader) isOtherwise(title string) bool {
	list := words(title)
	if contains(list, terms) {
		list = without(list, termWords) // "KHÓA XXI, NHIỆM KỲ 2020 - 2025" is no class
	}
	switch {
	case contains(list, cueToLearn):
		return false
	case starts(without(list, listNoise), ofTheClass):
		return true // of the class named, but not of those who ask for it
	case contains(list, contests) && !contains(list, lessonWords):
		return true
	case contains(list, classWords):
		return false
	case !contains(list, otherPurpose) && (!contains(list, standing) || contains(list, registerWords)):
		return false
	}
	named := s.mentions(title)
	return len(named) == 0 || len(named[0].Codes) == 0
}

// isOtherTable tells whether a table without people is neither a summary nor an
// estimate: a timetable, an inventory.
func isOtherTable(title []string) bool {
	return starts(without(title, listNoise), timetables) || contains(title, goods) && !contains(title, spending)
}

// listNoise stands before the words that say what a list or a table is of.
var listNoise = wordSet("danh sách ds bảng mục phụ lục của các theo dõi kiểm kê bàn giao")

var (
	// cueToLearn settles that a list registers.
	cueToLearn = wordings("đăng ký học", "đăng ký lớp", "đăng ký các lớp", "đăng ký tham gia", "đăng ký bồi dưỡng", "đăng ký đào tạo", "đăng ký nhu cầu", "cử đi", "cử tham gia", "cử học", "cử dự",
		"tham gia bồi dưỡng", "tham gia đào tạo", "tham gia lớp", "tham dự lớp", "nhu cầu đào tạo", "nhu cầu bồi dưỡng", "dự lớp")
	// ofTheClass begin the titles of lists about a class that name it.
	ofTheClass = wordings("giảng viên", "báo cáo viên", "giảng viên báo cáo viên", "ban tổ chức lớp", "ban cán sự lớp", "lịch giảng", "lịch học", "lịch giảng dạy", "thời khóa biểu", "phân công giảng",
		"đăng ký ăn", "đăng ký nghỉ", "đăng ký phòng", "đăng ký chỗ", "ăn nghỉ", "phòng nghỉ", "phòng ở", "bố trí phòng", "nhận tài liệu", "nhận tiền", "nhận chế độ", "nhận hỗ trợ", "nhận kinh phí",
		"thanh toán", "chi tiền", "chi hỗ trợ", "hỗ trợ tiền", "đón tiếp", "khách mời", "đại biểu", "chấm công", "phân công", "chia tổ", "chia nhóm", "lịch thi", "phòng thi")
	timetables = wordings("lịch giảng", "lịch mở", "lịch học", "thời khóa biểu", "lịch công tác", "lịch trực", "lịch thi", "lịch làm việc", "lịch họp", "phân công", "chương trình hội nghị", "chương trình làm việc")
	// contests choose people; what they name is the rank to be reached.
	contests = wordings("thi nâng ngạch", "xét nâng ngạch", "nâng ngạch", "thăng hạng", "thi tuyển", "xét tuyển", "kỳ thi", "phòng thi", "tuyển dụng công chức", "tuyển dụng viên chức", "kỳ tuyển dụng",
		"nâng bậc lương", "nâng lương", "chuyển ngạch", "bổ nhiệm ngạch", "xếp lương", "hưởng phụ cấp", "tham quan", "nghỉ mát", "hiến máu", "hội thao", "văn nghệ", "du xuân")
	lessonWords = wordings("lớp", "khóa", "bồi dưỡng", "đào tạo", "tập huấn", "học", "bd", "ôn thi")
	terms       = wordings("nhiệm kỳ", "nhiem ky")
	termWords   = wordSet("khóa khoa")
	goods       = wordings("thiết bị", "tài sản", "vật tư", "công cụ dụng cụ", "văn phòng phẩm", "máy móc", "hàng hóa")
	spending    = wordings("dự toán", "kinh phí", "chi phí", "quyết toán", "mức chi", "dự trù", "du toan")

	// otherPurpose are the purposes of lists that register nobody.
	otherPurpose = wordings("danh bạ", "danh sách điện thoại", "danh sách số điện thoại", "danh sách liên hệ", "bảng lương", "tiền lương", "thanh toán lương", "bậc lương", "lương tháng", "phụ cấp",
		"chấm công", "điểm danh", "lịch trực", "phân công trực", "trực tết", "trực lễ", "lịch công tác", "đại biểu", "tham dự hội nghị", "dự hội nghị", "tham dự cuộc họp",
		"dự họp", "tham dự họp", "họp cơ quan", "khen thưởng", "thi đua", "tặng quà", "nhận quà", "bầu cử", "cử tri", "nghỉ phép", "nghỉ hưu", "khám sức khỏe", "bảo hiểm", "đảng phí",
		"công đoàn phí", "kê khai tài sản", "xếp loại chất lượng", "nhận tiền", "ủng hộ", "danh ba", "bang luong", "cham cong",
		"thanh toán", "công tác phí", "vắc xin", "tiêm chủng", "tiêm phòng", "phân công", "giảng viên", "báo cáo viên", "giảng dạy", "trực cơ quan", "trực ban",
		"bằng khen", "giấy khen", "lao động tiên tiến", "huy hiệu", "kỷ niệm chương", "huân chương", "huy chương", "danh hiệu", "tặng thưởng", "tôn vinh",
		"đoàn phí", "hội phí", "quỹ", "quyên góp", "trợ cấp", "thuế thu nhập", "thu nhập cá nhân", "giảm trừ gia cảnh", "thường trực tết", "làm thêm giờ", "ngoài giờ", "thẻ đảng", "dang phi", "khen thuong")
	// standing are lists of people by what they are, which an office keeps; one
	// that registers says so.
	standing = wordings("quy hoạch", "danh sách đảng viên", "ủy viên", "cấp ủy viên", "bổ nhiệm", "luân chuyển", "điều động", "miễn nhiệm", "kỷ luật", "ban chấp hành", "ban thường vụ", "ban chỉ đạo",
		"tổ công tác", "tổ giúp việc", "hội đồng", "quy hoach", "tinh giản biên chế", "thôi việc")
)
