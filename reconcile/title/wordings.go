package title

import "doisoat/reconcile"

// entry is a kind of office and the wordings of its titles, separated by
// " | ". To teach one, add it to its line.
type entry struct {
	kind     Kind
	wordings string
}

// titles are the wordings with which titles begin. What a bare "Giám đốc",
// "Trưởng ban", "Chủ tịch" or "Bí thư" heads is told by the body named behind
// it or by the unit; see heads.
var titles = []entry{
	{Secretary, "bí thư huyện ủy | bí thư thị ủy | bí thư thành ủy | bí thư tỉnh ủy | bí thư đảng ủy | bí thư đảng bộ | bt đảng ủy | bt huyện ủy | bí thư hu"},
	{DeputySecretary, "phó bí thư huyện ủy | phó bí thư thị ủy | phó bí thư thành ủy | phó bí thư tỉnh ủy | phó bí thư đảng ủy | phó bí thư đảng bộ | " +
		"phó bí thư thường trực | phó bí thư tt | pbt đảng ủy | pbt huyện ủy | pbt tt | pbt thường trực | phó bí thư hu | phó bí thư chuyên trách"},
	{Standing, "ủy viên ban thường vụ | uv ban thường vụ | uvbtv | uv btv | ủy viên btv | ban thường vụ | btv | ủy viên thường vụ | uvtv"},
	{Member, "huyện ủy viên | thị ủy viên | thành ủy viên | tỉnh ủy viên | đảng ủy viên | cấp ủy viên | huv | tuv | tvtu | ủy viên ban chấp hành đảng bộ | ủy viên bch đảng bộ | " +
		"uv bch đảng bộ | uvbch đảng bộ | ban chấp hành đảng bộ | bch đảng bộ | ủy viên ban chấp hành | uvbch | uv bch | ủy viên bch | ban chấp hành | cấp ủy huyện | cấp ủy | đuv | bch huyện ủy"},
	{Chair, "chủ tịch ubnd | chủ tịch hđnd | chủ tịch ủy ban nhân dân | chủ tịch hội đồng nhân dân | ct ubnd | ct hđnd"},
	{DeputyChair, "phó chủ tịch ubnd | phó chủ tịch hđnd | phó chủ tịch ủy ban nhân dân | phó chủ tịch hội đồng nhân dân | pct ubnd | pct hđnd | pct tt hđnd | phó chủ tịch thường trực hđnd | phó ct ubnd | phó ct hđnd"},
	{Deputy, "đại biểu hđnd | đại biểu hội đồng nhân dân | ủy viên hđnd | ủy viên ubnd"},
	{MassHead, "chủ tịch ubmttq | chủ tịch ubmttqvn | chủ tịch ủy ban mặt trận | chủ tịch mttq | chủ tịch mặt trận | chủ tịch ủy ban mttq | chủ tịch hội | chủ tịch liên đoàn | chủ tịch lđlđ | " +
		"chủ tịch liên minh | chủ tịch liên hiệp | bí thư đoàn | bí thư huyện đoàn | bí thư tỉnh đoàn | bí thư thị đoàn | bí thư thành đoàn | bí thư xã đoàn | ct hội | ct ubmttq | ct mttq | bt đoàn | " +
		"bí thư đtn | bí thư đoàn thanh niên | chủ tịch hnd | chủ tịch hội lhpn | chủ tịch hccb | chủ tịch lhpn | chủ tịch ccb"},
	{MassDeputy, "phó chủ tịch ubmttq | phó chủ tịch ubmttqvn | phó chủ tịch ủy ban mặt trận | phó chủ tịch mttq | phó chủ tịch mặt trận | phó chủ tịch ủy ban mttq | phó chủ tịch hội | phó chủ tịch liên đoàn | " +
		"phó chủ tịch lđlđ | phó chủ tịch liên minh | phó chủ tịch liên hiệp | phó bí thư đoàn | phó bí thư huyện đoàn | phó bí thư tỉnh đoàn | phó bí thư thị đoàn | phó bí thư thành đoàn | pct hội | pct ubmttq | pct mttq | " +
		"pbt đoàn | pbt huyện đoàn | phó bí thư thường trực huyện đoàn | phó bí thư thường trực tỉnh đoàn | phó chủ tịch lhpn | phó chủ tịch hnd | phó chủ tịch hccb"},
	{DivisionHead, "trưởng phòng | tp | quyền trưởng phòng | q trưởng phòng | phụ trách phòng | chi cục trưởng | kế toán trưởng sở | trưởng khoa | hạt trưởng"},
	{DivisionDeputy, "phó trưởng phòng | phó phòng | ptp | phó tp | phó chi cục trưởng | chi cục phó | phó trưởng khoa | phó khoa | phó hạt trưởng"},
	{SchoolHead, "hiệu trưởng | quyền hiệu trưởng"},
	{SchoolDeputy, "phó hiệu trưởng | hiệu phó"},
	{Teacher, "giáo viên | gv"},
	{Lecturer, "giảng viên | giảng viên chính | giảng viên cao cấp"},
	{Medical, "bác sĩ | bác sỹ | điều dưỡng | y sĩ | y sỹ | dược sĩ | hộ sinh | y tá | kỹ thuật viên y"},
	{SeniorExpert, "chuyên viên cao cấp | cvcc"},
	{PrincipalExpert, "chuyên viên chính | cvc | thanh tra viên chính | kiểm tra viên chính | kế toán viên chính"},
	{Expert, "chuyên viên | cv | cán sự | thanh tra viên | kiểm tra viên | phóng viên | biên tập viên"},
	{Staff, "công chức | viên chức | nhân viên | kế toán | kế toán viên | kế toán trưởng | văn thư | thủ quỹ | lưu trữ | lái xe | văn phòng thống kê | văn phòng - thống kê | địa chính | tư pháp hộ tịch | tư pháp - hộ tịch | " +
		"văn hóa xã hội | văn hóa - xã hội | tài chính kế toán | tài chính - kế toán | kỹ thuật viên | kỹ sư | cán bộ | kiểm lâm viên | thư viện | cc tư pháp | cc địa chính | cc văn hóa | cc tài chính"},
	{Military, "chỉ huy trưởng | cht"},
	{MilitaryDeputy, "phó chỉ huy trưởng | phó cht | chính trị viên phó"},
	{Police, "trưởng công an | phó trưởng công an"},
	{PartTime, "người hoạt động không chuyên trách | không chuyên trách | nhđkct | hđkct | cán bộ không chuyên trách | bán chuyên trách"},
	{CellSecretary, "bí thư chi bộ | phó bí thư chi bộ | bt chi bộ | pbt chi bộ | chi ủy viên"},
	{Village, "trưởng thôn | tổ trưởng tổ dân phố | trưởng khu dân cư | tổ trưởng tdp | trưởng ban công tác mặt trận | bí thư chi bộ thôn | bí thư chi bộ tổ dân phố | thôn trưởng | trưởng tdp"},
	{Religious, "linh mục | đại đức | thượng tọa | hòa thượng | ni sư | sư cô | ni trưởng | mục sư | chức sắc | chức việc | trụ trì | chánh xứ | tu sĩ | phật tử | giáo dân | trưởng ban trị sự | nữ tu | " +
		"truyền đạo | quản nhiệm | đầu họ đạo | chủ tịch hội đồng mục vụ | trùm trưởng | cai quản | chánh trị sự | lễ sanh | giáo hữu | phó trị sự | ban trị sự"},
	{InspectionHead, "chủ nhiệm ubkt | chủ nhiệm ủy ban kiểm tra"},
	{InspectionDeputy, "phó chủ nhiệm ubkt | phó chủ nhiệm ủy ban kiểm tra | pcn ubkt | phó chủ nhiệm thường trực ubkt"},
}

// head is a title that says how high but not of what.
type head struct {
	wordings string
	// of is the kind by the body that is headed; under "" where none is named,
	// for offices inside of a body (Chánh Văn phòng).
	of map[body]Kind
}

var heads = []head{
	{wordings: "giám đốc | gđ | quyền giám đốc | q giám đốc | tổng biên tập | tổng giám đốc | viện trưởng", of: map[body]Kind{department: AgencyHead, unit: UnitHead, school: SchoolHead}},
	{wordings: "phó giám đốc | pgđ | phó gđ | phó tổng biên tập | phó tổng giám đốc | phó viện trưởng", of: map[body]Kind{department: AgencyDeputy, unit: UnitDeputy, school: SchoolDeputy}},
	{wordings: "trưởng ban | tb | quyền trưởng ban", of: map[body]Kind{commission: CommissionHead, provinceOffice: AgencyHead, districtParty: DivisionHead, government: DivisionHead, unit: UnitHead, mass: DivisionHead}},
	{wordings: "phó trưởng ban | phó ban | ptb | phó trưởng ban thường trực", of: map[body]Kind{commission: CommissionDeputy, provinceOffice: AgencyDeputy, districtParty: DivisionDeputy, government: DivisionDeputy, unit: UnitDeputy, mass: DivisionDeputy}},
	{wordings: "chánh văn phòng | cvp | chánh vp", of: map[body]Kind{"": DivisionHead, commission: CommissionHead, provinceOffice: AgencyHead}},
	{wordings: "chánh thanh tra", of: map[body]Kind{"": DivisionHead, inspectorate: AgencyHead}},
	{wordings: "phó chánh văn phòng | pcvp | phó văn phòng | phó chánh vp", of: map[body]Kind{"": DivisionDeputy, commission: CommissionDeputy, provinceOffice: AgencyDeputy}},
	{wordings: "phó chánh thanh tra", of: map[body]Kind{"": DivisionDeputy, inspectorate: AgencyDeputy}},
	{wordings: "chủ tịch | ct", of: map[body]Kind{government: Chair, provinceOffice: Chair, commune: Chair, mass: MassHead}},
	{wordings: "phó chủ tịch | pct | phó ct | phó chủ tịch thường trực", of: map[body]Kind{government: DeputyChair, provinceOffice: DeputyChair, commune: DeputyChair, mass: MassDeputy}},
	{wordings: "bí thư | bt", of: map[body]Kind{districtParty: Secretary, commune: Secretary, commission: Secretary, mass: MassHead}},
	{wordings: "phó bí thư | pbt", of: map[body]Kind{districtParty: DeputySecretary, commune: DeputySecretary, commission: DeputySecretary, mass: MassDeputy}},
	{wordings: "chủ nhiệm", of: map[body]Kind{districtParty: InspectionHead, commission: InspectionHead}},
	{wordings: "phó chủ nhiệm", of: map[body]Kind{districtParty: InspectionDeputy, commission: InspectionDeputy}},
	{wordings: "phó trưởng | phó", of: map[body]Kind{division: DivisionDeputy}},
}

// body is a kind of body that somebody heads.
type body string

const (
	department     body = "department"     // sở, ban, ngành of the province
	commission     body = "commission"     // Party commission and office of the province
	provinceOffice body = "provinceOffice" // UBND, HĐND of the province
	districtParty  body = "districtParty"  // huyện ủy and what belongs to it
	government     body = "government"     // UBND, HĐND
	commune        body = "commune"
	mass           body = "mass"
	unit           body = "unit"
	school         body = "school"
	division       body = "division"
	inspectorate   body = "inspectorate" // Thanh tra tỉnh
)

// bodies are the words by which bodies are known; those without a body only
// hide a shorter wording inside.
var bodies = []struct {
	body     body
	wordings string
}{
	{"", "xã hội | hợp tác xã | văn hóa xã hội | thương binh xã hội | hội đồng | đại hội | hội trường | báo cáo viên | hội nhập | ban hành | thành viên | dân tộc | bảo hiểm xã hội huyện"},
	{department, "sở | bảo hiểm xã hội tỉnh | kho bạc | cục thuế | cục | công an tỉnh"},
	{commission, "tỉnh ủy | ban tổ chức tỉnh ủy | văn phòng tỉnh ủy"},
	{provinceOffice, "ubnd tỉnh | hđnd tỉnh | ủy ban nhân dân tỉnh | hội đồng nhân dân tỉnh | đoàn đbqh | đoàn đại biểu quốc hội | ban dân tộc tỉnh | ban dân tộc"},
	{inspectorate, "thanh tra tỉnh"},
	{districtParty, "huyện ủy | thị ủy | thành ủy | hu | đảng ủy khối | đảng bộ huyện | đảng ủy"},
	{government, "ubnd | hđnd | ủy ban nhân dân | hội đồng nhân dân | huyện | thị xã | thành phố"},
	{commune, "xã | x | phường | thị trấn"},
	{mass, "hội | đoàn | đoàn thanh niên | tỉnh đoàn | huyện đoàn | thị đoàn | thành đoàn | mttq | ubmttq | ubmttqvn | mặt trận | mặt trận tổ quốc | liên đoàn lao động | lđlđ | liên minh | liên hiệp | hội nông dân | hội lhpn | hội cựu chiến binh"},
	{unit, "trung tâm | tt | ttct | ttyt | bệnh viện | bv | ban quản lý | bql | đài | báo | trạm | công ty | quỹ | chi nhánh | vườn quốc gia | bảo tàng | thư viện | nhà máy | doanh nghiệp | ngân hàng"},
	{school, "trường | học viện | đại học | cao đẳng | tiểu học | thcs | thpt | mầm non"},
	{division, "phòng"},
}

// levels are the words by which the level of a body is known; those without a
// level only hide a shorter wording inside.
var levels = []struct {
	level    reconcile.Level
	wordings string
}{
	{"", "xã hội | hợp tác xã"},
	{reconcile.CommuneLevel, "xã | x | phường | thị trấn | đặc khu"},
	{reconcile.DistrictLevel, "huyện | huyện ủy | thị xã | thị ủy | thành phố | thành ủy | hu | quận | tp | tx | huyện đoàn | thị đoàn | thành đoàn | huv | huyện ủy viên | thị ủy viên | thành ủy viên | đảng ủy khối | đảng bộ huyện"},
	{reconcile.ProvinceLevel, "tỉnh | tỉnh ủy | sở | tỉnh đoàn | tuv | tỉnh ủy viên | ban đảng tỉnh | vptu | btctu"},
	{reconcile.CentralLevel, "trung ương"},
}
