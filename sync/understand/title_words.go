package understand

// The wordings by which titles, tabs and files say what a sheet is for. In which
// order they count stands at sheetKinds.

// Titles of lists of a class and of its results.
var (
	resultWords = wordings("kết quả học tập", "kết quả đào tạo", "kết quả bồi dưỡng", "kết quả khóa học", "kết quả lớp", "đã hoàn thành", "hoàn thành khóa", "công nhận hoàn thành", "công nhận kết quả", "được công nhận",
		"hoàn thành chương trình", "hoàn thành lớp", "công nhận tốt nghiệp", "cấp chứng chỉ", "cấp chứng nhận", "cấp bằng", "kết quả thi", "bảng điểm", "cấp giấy chứng nhận", "nhận giấy chứng nhận",
		"nhận chứng chỉ", "nhận chứng nhận", "nhận bằng", "phát bằng", "được tốt nghiệp", "xét tốt nghiệp", "thi tốt nghiệp", "thi hết môn", "tổng hợp điểm", "kết quả kiểm tra", "kết quả xếp loại")
	// sentWords are of those who have gone to a class, unless it is asked for
	// another.
	sentWords = wordings("đã được cử", "đã cử", "đang học", "đang đi học", "đang theo học", "đã được đào tạo", "đã được bồi dưỡng", "đã qua đào tạo", "đã qua bồi dưỡng", "đã tham gia",
		"theo dõi cán bộ đi học", "theo dõi công chức đi học")
	// A roll of a class is signed by those who came.
	rollWords    = wordings("danh sách lớp", "danh sách học viên", "học viên lớp", "danh sách lớp học")
	learnerWords = wordings("học viên", "hv", "hoc vien")
)

// Titles of lists that register.
var (
	// asking settles that a list registers, even where it speaks of classes that
	// its people have completed.
	asking        = wordings("đăng ký học", "đăng ký tham gia", "đăng ký đào tạo", "đăng ký bồi dưỡng", "đăng ký lớp", "đăng ký nhu cầu", "nhu cầu đào tạo", "nhu cầu bồi dưỡng")
	wanting       = wordings("đăng ký", "nhu cầu", "dự kiến", "đề nghị", "chưa", "dang ky", "nhu cau")
	registerWords = wordings("đăng ký", "nhu cầu", "cử", "đề nghị", "giới thiệu", "dang ky", "nhu cau", "trích ngang", "dự kiến")
)

// Titles of tables of counts.
var (
	shareWords = wordings("phân bổ", "giao chỉ tiêu", "phân khai", "phan bo")
	needWords  = wordings("tổng hợp", "đăng ký", "nhu cầu", "tong hop", "dang ky", "nhu cau")
	quotaWords = wordings("chỉ tiêu", "chi tieu")
)

// listNoise stands before the words that say what a list or a table is of.
var listNoise = wordSet("danh sách ds bảng mục phụ lục của các theo dõi kiểm kê bàn giao")

// Titles of lists that register nobody, and of tables that count nobody.
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
