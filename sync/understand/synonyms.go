package understand

import "doisoat/reconcile"

// headers are the wordings of headers. To teach one, add it to its line; "="
// marks those that are known only as the whole header.
var headers = newDictionary(headerEntries)

var headerEntries = []entry{
	{meaning{field: reconcile.FieldOrdinal}, "=tt | =stt | =số tt | =số thứ tự | =thứ tự | =no | =s t t | =t t"},
	{meaning{field: reconcile.FieldFullName}, "họ và tên | họ tên | họ, tên | =tên học viên | =tên cán bộ | họ chữ đệm và tên | họ, đệm, tên | họ và tên học viên | " +
		"họ, tên đệm và tên | họ, chữ đệm và tên | họ và tên cán bộ | họ và tên khai sinh | tên cán bộ, công chức | tên cb, cc | tên cbcc | =tên công chức | =tên viên chức | =tên đồng chí | =tên giáo viên | =tên người đăng ký | " +
		"=cán bộ, công chức | =họ và tên đồng chí | họ tên cán bộ | full name | fullname | =employee name | =student name | " +
		"=cán bộ đăng ký | =người đăng ký | =cán bộ được cử | =người được cử | =cán bộ cử đi học | =cán bộ tham gia | =người tham gia | =học viên đăng ký"},
	{meaning{field: reconcile.FieldFamilyName}, "last name | =surname | họ và tên đệm | họ đệm | họ và đệm | họ và chữ đệm | họ lót | họ và tên lót | họ và lót | họ chữ lót | họ và chữ lót | họ tên lót | =họ | họ tên đệm | =họ, chữ đệm"},
	{meaning{field: reconcile.FieldGivenName}, "=tên | =tên gọi | =tên chính | first name | given name"},

	{meaning{field: reconcile.FieldBirthDate}, "ngày sinh | năm sinh | ngày tháng năm sinh | ngày, tháng, năm, sinh | sinh ngày | sinh năm | ntn sinh | " +
		"ngày/tháng/năm sinh | ngày tháng sinh | =ngtns | =ntns | =ngày tháng ns | =n sinh | =ng sinh | =sinh | =ngày, tháng, năm | ngày, tháng và năm sinh | năm, sinh | dob | date of birth"},
	{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Male}, "=ngày sinh nam | =năm sinh nam | =nam sinh ngày | =nam sinh năm | =nam ngày sinh | =nam năm sinh | =ngày, tháng, năm sinh nam | =sinh ngày nam | =nam ngày, tháng, năm sinh"},
	{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Female}, "=ngày sinh nữ | =năm sinh nữ | =nữ sinh ngày | =nữ sinh năm | =nữ ngày sinh | =nữ năm sinh | =ngày, tháng, năm sinh nữ | =sinh ngày nữ | =nữ ngày, tháng, năm sinh"},
	{meaning{field: reconcile.FieldSex}, "giới tính | =giới | =phái | =m/f | =male/female | =nam/nữ | =nam, nữ | =gt | gender | =sex"},
	{meaning{field: reconcile.FieldSex, holds: aMark, sex: reconcile.Male}, "=nam"},
	{meaning{field: reconcile.FieldSex, holds: aMark, sex: reconcile.Female}, "=nữ | =phụ nữ | =là nữ | =cán bộ nữ | =nữ giới"},

	{meaning{field: reconcile.FieldOtherInfo}, "dân tộc ít người | dân tộc thiểu số | người dân tộc thiểu số | =dtts | =người dtts"},
	{meaning{field: reconcile.FieldEthnicity}, "dân tộc | =dt | ethnicity | ethnic group"},
	{meaning{field: reconcile.FieldReligion}, "tôn giáo"},
	{meaning{field: reconcile.FieldHometown}, "quê quán | nguyên quán | =quê"},
	{meaning{field: reconcile.FieldOtherInfo}, "nơi sinh | hộ khẩu | thường trú | địa chỉ | nơi ở | chỗ ở | nơi cư trú | sinh quán"},
	{meaning{field: reconcile.FieldOtherInfo}, "ngày cấp | nơi cấp | ngày cấp cccd | nơi cấp cccd | ngày cấp cmnd"},
	{meaning{field: reconcile.FieldCitizenID}, "cccd | cmnd | cmtnd | căn cước | số căn cước công dân | số định danh cá nhân | số định danh | chứng minh nhân dân | " +
		"số cccd/cmnd | số cmnd/cccd | định danh cá nhân | =số cc | =số cmnd | =số cccd | citizen id | id number | identity card | cccd, ngày cấp | cccd, ngày cấp, nơi cấp | cmnd, ngày cấp | căn cước, ngày cấp | căn cước công dân, ngày cấp | số định danh, ngày cấp | cmnd cccd, ngày cấp | cccd cmnd, ngày cấp"},

	{meaning{field: reconcile.FieldPartyDate}, "ngày vào đảng | ngày kết nạp | vào đảng | kết nạp đảng | ngày vào đcsvn | năm vào đảng | ngày vào đảng dự bị | " +
		"ngày kết nạp dự bị | ngày dự bị | =dự bị | vào đảng cộng sản việt nam"},
	{meaning{field: reconcile.FieldOfficialDate}, "ngày chính thức | ngày vào đảng chính thức | ngày công nhận chính thức | công nhận đảng viên chính thức | " +
		"chuyển đảng chính thức | chính thức vào đảng | =chính thức | ngày chuyển chính thức | vào đảng chính thức"},
	{meaning{field: reconcile.FieldPartyMember}, "đảng viên | =là đảng viên"},

	{meaning{field: reconcile.FieldPosition, holds: withUnit}, "chức vụ đơn vị | chức vụ đơn vị công tác | chức vụ và đơn vị | chức vụ và đơn vị công tác | chức vụ nơi công tác | " +
		"chức vụ cơ quan | chức vụ cơ quan công tác | chức vụ cơ quan đơn vị | chức vụ, cơ quan, đơn vị công tác | chức danh đơn vị | chức danh đơn vị công tác | " +
		"chức vụ chức danh đơn vị | chức vụ, chức danh, đơn vị công tác | chức vụ hiện nay đơn vị | chức vụ công tác đơn vị | chức vụ hiện tại đơn vị | " +
		"đơn vị chức vụ | đơn vị công tác chức vụ | nơi công tác chức vụ | cơ quan chức vụ | chức danh cơ quan | chức vụ, chức danh và đơn vị công tác | chức vụ và nơi công tác | " +
		"chức vụ chức danh cơ quan | chức vụ chức danh nơi công tác | chức vụ hiện nay và đơn vị công tác"},
	{meaning{field: reconcile.FieldPlannedPosition}, "quy hoạch | chức danh quy hoạch | chức vụ quy hoạch | quy hoạch chức danh | quy hoạch chức vụ | =dự nguồn"},
	{meaning{field: reconcile.FieldPosition}, "chức vụ | chức danh | vị trí công tác | chức vụ hiện nay | chức vụ hiện tại | công việc hiện nay | vị trí việc làm đang đảm nhiệm | " +
		"=vị trí việc làm | công việc đảm nhận | =nhiệm vụ | nhiệm vụ được giao | công việc được giao | chức vụ chức danh | chức danh chức vụ | nghề nghiệp | =cv đang làm | job title | =position"},
	{meaning{field: reconcile.FieldIgnored}, "mã đv | mã đơn vị | mã số đơn vị | mã cơ quan | mã cq | mã địa phương | unit code | agency code | department code | dept code | org code | mã cb | mã cán bộ | mã số cán bộ | mã cbcc | =mã | =mã số | mã nv | mã nhân viên | mã hồ sơ | mã lớp | mã khóa | mã chương trình | course code | class code | program code | employee code | employee id | =id | =code"},
	{meaning{field: reconcile.FieldUnit}, "đơn vị công tác | =đơn vị | cơ quan công tác | nơi công tác | cơ quan, đơn vị | cơ quan đơn vị công tác | phòng ban | =bộ phận | " +
		"cơ quan đơn vị địa phương | tên đơn vị | tên cơ quan | đơn vị cử | đơn vị đang công tác | nơi làm việc | =cơ quan | xã phường thị trấn | =xã phường | =xã, thị trấn | =xã | =phường, xã | các xã, thị trấn | =địa phương | " +
		"=phòng | =trường | đơn vị, địa phương | đơn vị quản lý | cơ quan quản lý | =đơn vị, cơ quan | =tên đv | đơn vị ct | đơn vị của | cơ quan của | unit name | =unit | =khối | =khối cơ quan | department | organization | organisation | workplace | =company"},

	{meaning{field: reconcile.FieldPoliticalTheory}, "lý luận chính trị | llct | lý luận ct | ll ct | trình độ chính trị | =chính trị | trình độ llct | trình độ lý luận | =lý luận | =ll chính trị"},
	{meaning{field: reconcile.FieldOtherInfo}, "ngoại ngữ | tin học | quản lý nhà nước | qlnn | ngạch | mã ngạch | hệ số | lương | bậc lương | giữ ngạch | năm tuyển dụng | ngày tuyển dụng | " +
		"chuyên ngành | trình độ văn hóa | giáo dục phổ thông | =văn hóa | =gdpt | xếp loại | đánh giá | khen thưởng | kỷ luật | năm tốt nghiệp | trường đào tạo | nơi đào tạo | " +
		"thời gian công tác | thâm niên | sức khỏe | hình thức tuyển dụng | ngày bổ nhiệm | thời gian bổ nhiệm | năm công tác | an ninh quốc phòng | trình độ qpan | " +
		"chứng chỉ | loại hình | trình độ học vấn phổ thông | trình độ phổ thông | đối tượng | =loại cán bộ | thời gian | địa điểm | cơ sở đào tạo | đơn vị đào tạo | học hàm | số thẻ đảng | chi bộ | " +
		"=lần đầu đào tạo sau đại học | =lần đầu học sau đại học | =đào tạo sau đại học lần đầu | lớp đã học | các lớp đã học | khóa đã học | chương trình đã học | lớp đã qua | đã học các lớp | đã tham gia các lớp | lớp đang học | đang học lớp | khóa đang học | chương trình đang học | đang theo học"},
	{meaning{field: reconcile.FieldEducation}, "trình độ chuyên môn | =trình độ | trình độ đào tạo | =chuyên môn | trình độ cm | học vị | bằng cấp | trình độ học vấn | " +
		"chuyên môn nghiệp vụ | chuyên môn đào tạo | trình độ cmnv | =cmnv | bằng cấp chuyên môn | t độ chuyên môn | t độ cm | tđ chuyên môn | tđcm | =trình độ chuyên môn cao nhất | trình độ hiện tại | trình độ hiện nay | trình độ hiện có | =cm | văn bằng | trình độ cao nhất"},

	{meaning{field: reconcile.FieldPhone}, "điện thoại | số điện thoại | sđt | =đt | mobile | =tel | telephone | cell phone | cellphone | =cell | =contact | contact number | hotline | zalo | di động | số đt | đtdđ | số liên hệ | phone | =dđ | =liên hệ | đt liên hệ | =số dđ | =số điện thoại di động"},
	{meaning{field: reconcile.FieldEmail}, "email | e mail | thư điện tử | hộp thư | địa chỉ email | gmail"},

	{meaning{field: reconcile.FieldProgram}, "lớp đăng ký | đăng ký lớp | tham gia lớp | tên lớp | =lớp | lớp học | lớp đào tạo | lớp bồi dưỡng | lớp dự kiến | lớp tham gia | lớp tham dự | tham dự lớp | đăng ký tham dự | lớp đtbd | lớp đt bd | nội dung đtbd | nội dung đt bd | nhu cầu đtbd | nhu cầu đt bd | chương trình đtbd | chương trình đt bd | đăng ký đtbd | đăng ký đt bd | khóa đtbd | khóa bồi dưỡng | khóa học | khóa đào tạo | =khóa | " +
		"=chương trình | chương trình đào tạo | chương trình bồi dưỡng | chương trình đăng ký | chương trình học | nội dung đăng ký | nội dung đào tạo | nội dung bồi dưỡng | đăng ký học | " +
		"tên chương trình | tên khóa | nhu cầu đào tạo | nhu cầu bồi dưỡng | nhu cầu đăng ký | =nhu cầu | đăng ký tham gia | lớp, chương trình | chương trình, lớp | đăng ký đào tạo | đăng ký bồi dưỡng | " +
		"lớp llct | lớp lý luận chính trị | đăng ký học llct | đăng ký llct | đăng ký học lý luận chính trị | nhu cầu llct | " +
		"=đăng ký | lớp, hệ | lớp và hệ | lớp, hệ đăng ký | lớp, hệ đào tạo | chương trình, hệ đào tạo | lớp cử đi học | cử tham gia | tham gia lớp bồi dưỡng | đăng ký tham gia lớp bồi dưỡng nào | các lớp đăng ký | lớp đề nghị | =nội dung học | lớp đk | lớp muốn đăng ký | muốn đăng ký | lớp đồng chí | lớp nào | khóa nào | khóa học nào | chọn lớp | =course | course name | class name | =program | program name"},
	{meaning{field: reconcile.FieldForm}, "hệ đào tạo | =hệ | hình thức đào tạo | hình thức học | hệ học | =hình thức | hệ đăng ký | =loại hình đào tạo | =tt/ktt"},
	{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.FullTime}, "=tập trung | =hệ tập trung | =hệ tt"},
	{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.PartTime}, "=không tập trung | =hệ không tập trung | =ktt | =hệ không tt | =hệ ktt | =vừa làm vừa học | =vlvh"},
	{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.Completion}, "=hoàn chỉnh | =hệ hoàn chỉnh"},
	{meaning{field: reconcile.FieldPriority}, "thứ tự ưu tiên | =ưu tiên | thứ tự ut | mức độ ưu tiên"},
	{meaning{field: reconcile.FieldNote}, "ghi chú | =ghi chu | chú thích | =note | =notes | =remark | =remarks | ý kiến khác"},
	{meaning{field: reconcile.FieldIgnored}, "ký nhận | ký tên | chữ ký | dấu thời gian | timestamp | =ảnh | ngày nộp"},

	{meaning{field: reconcile.FieldUnitName}, "đơn vị tính | =đvt | =đv tính | =dvt | =đ vị tính | =đ v t | =đơn vị tính toán"},
	{meaning{field: reconcile.FieldClasses}, "số lớp | =lớp mở | số lượng lớp | số lớp mở"},
	{meaning{field: reconcile.FieldLearners}, "số học viên | =học viên | số lượng học viên | =hv | =số hv | số lượng người học"},
	{meaning{field: reconcile.FieldSpent}, "đã chi | đã sử dụng | đã quyết toán | quyết toán | thực chi | kinh phí thực hiện | số thực hiện | đã thực hiện | đã thanh toán | kinh phí đã sử dụng"},
	{meaning{field: reconcile.FieldRate}, "mức chi | đơn giá | định mức | mức hỗ trợ | =mức | =giá | mức chi tối đa | =đ giá | giá tiền | mức thanh toán"},
	{meaning{field: reconcile.FieldOtherInfo}, "=còn lại | số còn lại | kinh phí còn lại | dự toán còn lại | chênh lệch | tỷ lệ | nguồn kinh phí | nguồn vốn | =nguồn"},
	{meaning{field: reconcile.FieldAmount}, "dự toán năm | dự toán được giao | dự toán giao | dự toán duyệt | dự toán được duyệt | tổng dự toán | =t tiền | =thành tiền vnđ | =tổng cộng tiền | =tổng tiền vnđ | thành tiền | kinh phí | số tiền | tổng kinh phí | =dự toán | kinh phí dự kiến | tổng tiền | dự toán kinh phí | kinh phí dự toán | =tiền"},
	{meaning{field: reconcile.FieldQuantity}, "số lượng | =sl | =s lượng | =s l | khối lượng | số ngày | số buổi | số tiết | số người | số đêm | số lần | =ngày công | số bộ"},
	{meaning{field: reconcile.FieldItem}, "nội dung chi | khoản chi | hạng mục | diễn giải | khoản mục | =nội dung | nội dung công việc | nội dung khoản chi"},
	{meaning{field: reconcile.FieldPlaces}, "=kế hoạch | =kế hoạch giao | =thực hiện | =kết quả thực hiện | bao nhiêu người | bao nhiêu cán bộ | bao nhiêu học viên | bao nhiêu đồng chí | " +
		"phân bổ | được giao | =tổng số | =tổng cộng | =cộng | chỉ tiêu | =tổng | số đăng ký | =chia ra | =trong đó | tổng số người | tổng đăng ký | =tổng cộng số"},
}

// under are the wordings of the lower line of a header, by what stands above.
var under = map[reconcile.Field]*dictionary{
	reconcile.FieldBirthDate: newDictionary([]entry{
		{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Male}, "=nam"},
		{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Female}, "=nữ"},
		{meaning{field: reconcile.FieldBirthDate, holds: aDay}, "=ngày"},
		{meaning{field: reconcile.FieldBirthDate, holds: aMonth}, "=tháng"},
		{meaning{field: reconcile.FieldBirthDate, holds: aYear}, "=năm"},
	}),
	reconcile.FieldSex: newDictionary([]entry{
		{meaning{field: reconcile.FieldSex, holds: aMark, sex: reconcile.Male}, "=nam"},
		{meaning{field: reconcile.FieldSex, holds: aMark, sex: reconcile.Female}, "=nữ"},
	}),
	reconcile.FieldPartyDate: newDictionary(partyEntries), reconcile.FieldOfficialDate: newDictionary(partyEntries),
	reconcile.FieldPartyMember: newDictionary(partyEntries),
	reconcile.FieldEducation: newDictionary([]entry{
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.Doctor}, "=tiến sĩ | =tiến sỹ | =ts"},
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.Master}, "=thạc sĩ | =thạc sỹ | =ths | =sau đại học | =th s | =cao học"},
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.University}, "=đại học | =đh | =cử nhân"},
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.College}, "=cao đẳng | =cđ"},
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.EducationIntermediate}, "=trung cấp | =tc | =trung học chuyên nghiệp"},
		{meaning{field: reconcile.FieldEducation, holds: aMark, education: reconcile.UpperSecondary}, "=thpt | =phổ thông | =trung học phổ thông"},
		{meaning{field: reconcile.FieldEducation}, "=trình độ | =cm | =trình độ, ngành | =trình độ, chuyên ngành"},
		{meaning{field: reconcile.FieldOtherInfo}, "=sơ cấp | =chưa qua đào tạo | =khác | =còn lại"},
	}),
	reconcile.FieldPoliticalTheory: newDictionary([]entry{
		{meaning{field: reconcile.FieldPoliticalTheory, holds: aMark, theory: reconcile.AdvancedPoliticalTheory}, "=cao cấp | =cc | =cử nhân | =cử nhân, cao cấp | =cao cấp, cử nhân | =cn"},
		{meaning{field: reconcile.FieldPoliticalTheory, holds: aMark, theory: reconcile.IntermediateTheory}, "=trung cấp | =tc"},
		{meaning{field: reconcile.FieldPoliticalTheory, holds: aMark, theory: reconcile.ElementaryTheory}, "=sơ cấp | =sc"},
		{meaning{field: reconcile.FieldPoliticalTheory, holds: aMark, theory: reconcile.NoPoliticalTheory}, "=chưa | =chưa qua đào tạo | =chưa có"},
		{meaning{field: reconcile.FieldPoliticalTheory}, "=trình độ"},
	}),
	reconcile.FieldForm: newDictionary([]entry{
		{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.FullTime}, "=tập trung | =tt | =hệ tập trung | =hệ tt | =chính quy"},
		{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.PartTime}, "=không tập trung | =ktt | =không tt | =hệ không tập trung | =vlvh | =vừa làm vừa học | =hệ ktt"},
		{meaning{field: reconcile.FieldForm, holds: aMark, form: reconcile.Completion}, "=hoàn chỉnh | =hệ hoàn chỉnh"},
	}),
	reconcile.FieldAmount: newDictionary(amountEntries), reconcile.FieldSpent: newDictionary(spentEntries),
	reconcile.FieldFullName: newDictionary([]entry{
		{meaning{field: reconcile.FieldFamilyName}, "=họ | =họ đệm | =họ và đệm | =họ và tên đệm | =họ lót | =họ, đệm | =họ và chữ đệm | =họ và tên lót | =họ, chữ đệm | =họ, tên đệm | =họ, chữ lót | =họ và chữ lót | =họ và lót | =họ, tên lót"},
		{meaning{field: reconcile.FieldGivenName}, "=tên"},
		{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Male}, "=nam"},
		{meaning{field: reconcile.FieldBirthDate, sex: reconcile.Female}, "=nữ"},
	}),
}

// The sources of an amount stand beside their sum, which is the amount.
const (
	sumWordings    = "=tổng số | =tổng cộng | =cộng | =tổng | =số tiền | =tổng kinh phí"
	sourceWordings = "=ngân sách tỉnh | =ns tỉnh | =ngân sách huyện | =ns huyện | =ngân sách trung ương | =nstw | =ns trung ương | =ngân sách nhà nước | =nsnn | =ngân sách xã | =nguồn khác | " +
		"=khác | =đơn vị | =cá nhân | =học viên | =học viên đóng góp | =đơn vị đóng góp | =xã hội hóa | =tự túc | =kinh phí đơn vị | =nguồn đơn vị | =còn lại"
)

var amountEntries = []entry{
	{meaning{field: reconcile.FieldAmount}, sumWordings},
	{meaning{field: reconcile.FieldOtherInfo}, sourceWordings},
}

var spentEntries = []entry{
	{meaning{field: reconcile.FieldSpent}, sumWordings},
	{meaning{field: reconcile.FieldOtherInfo}, sourceWordings},
}

var partyEntries = []entry{
	{meaning{field: reconcile.FieldPartyDate}, "=dự bị | =db | =ngày dự bị | =ngày vào | =ngày kết nạp | =kết nạp | =vào đảng | =dự bị ngày"},
	{meaning{field: reconcile.FieldOfficialDate}, "=chính thức | =ngày chính thức | =công nhận chính thức | =ct | =ngày ct | =ngày chuyển chính thức"},
}
