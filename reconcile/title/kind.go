package title

import "doisoat/reconcile"

// Kind is a kind of office, whatever the body.
type Kind string

// The kinds of office. Division stands for phòng, ban and văn phòng of a
// district, and for phòng of a department; Agency for sở, ban, ngành, Party
// commissions and mass organisations of the province; Unit for public service
// units (trung tâm, bệnh viện, trường).
const (
	Secretary        Kind = "secretary"        // bí thư cấp ủy
	DeputySecretary  Kind = "deputy_secretary" // phó bí thư cấp ủy
	Standing         Kind = "standing_member"  // ủy viên ban thường vụ cấp ủy
	Member           Kind = "committee_member" // cấp ủy viên
	Chair            Kind = "chair"            // chủ tịch HĐND, UBND
	DeputyChair      Kind = "deputy_chair"
	Deputy           Kind = "deputy"          // đại biểu HĐND
	MassHead         Kind = "mass_head"       // người đứng đầu Mặt trận, đoàn thể
	MassDeputy       Kind = "mass_deputy"     //
	CommissionHead   Kind = "commission_head" // trưởng ban đảng, chánh văn phòng tỉnh ủy
	CommissionDeputy Kind = "commission_deputy"
	AgencyHead       Kind = "agency_head"      // giám đốc sở, ban, ngành
	AgencyDeputy     Kind = "agency_deputy"    //
	DivisionHead     Kind = "division_head"    // trưởng phòng và tương đương
	DivisionDeputy   Kind = "division_deputy"  // phó trưởng phòng và tương đương
	UnitHead         Kind = "unit_head"        // giám đốc trung tâm
	UnitDeputy       Kind = "unit_deputy"      //
	SchoolHead       Kind = "school_head"      // hiệu trưởng
	SchoolDeputy     Kind = "school_deputy"    //
	Teacher          Kind = "teacher"          // giáo viên
	Lecturer         Kind = "lecturer"         // giảng viên
	Medical          Kind = "medical"          // bác sĩ, điều dưỡng
	SeniorExpert     Kind = "senior_expert"    // chuyên viên cao cấp
	PrincipalExpert  Kind = "principal_expert" // chuyên viên chính
	Expert           Kind = "expert"           // chuyên viên, cán sự
	Staff            Kind = "staff"            // công chức, viên chức, nhân viên khác
	Military         Kind = "military_head"    // chỉ huy trưởng quân sự
	MilitaryDeputy   Kind = "military_deputy"  //
	Police           Kind = "police_head"      // trưởng công an xã
	PartTime         Kind = "part_time"        // người hoạt động không chuyên trách
	CellSecretary    Kind = "cell_secretary"   // bí thư, phó bí thư chi bộ
	Village          Kind = "village_head"     // trưởng thôn, bí thư chi bộ thôn
	Religious        Kind = "religious"        // chức sắc, chức việc
	InspectionHead   Kind = "inspection_head"  // chủ nhiệm ủy ban kiểm tra
	InspectionDeputy Kind = "inspection_deputy"
)

// Kinds are all kinds, in the order above.
func Kinds() []Kind {
	return []Kind{
		Secretary, DeputySecretary, Standing, Member, Chair, DeputyChair, Deputy, MassHead, MassDeputy, CommissionHead, CommissionDeputy, AgencyHead, AgencyDeputy,
		DivisionHead, DivisionDeputy, UnitHead, UnitDeputy, SchoolHead, SchoolDeputy, Teacher, Lecturer, Medical, SeniorExpert,
		PrincipalExpert, Expert, Staff, Military, MilitaryDeputy, Police, PartTime, CellSecretary, Village, Religious, InspectionHead, InspectionDeputy,
	}
}

// Title is an office: its kind and, where the words or the unit tell, the
// level of the body.
type Title struct {
	Kind  Kind
	Level reconcile.Level
}
