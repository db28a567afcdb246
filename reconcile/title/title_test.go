package title

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

const (
	province = reconcile.ProvinceLevel
	district = reconcile.DistrictLevel
	commune0 = reconcile.CommuneLevel
)

func TestRead(t *testing.T) {
	dept := Place{Agency: "Sở Nội vụ", Level: province}
	dist := Place{Agency: "Ủy ban nhân dân huyện Bình Sơn", Level: district}
	party := Place{Agency: "Huyện ủy Bình Sơn", Level: district}
	board := Place{Agency: "Ban Tổ chức Tỉnh ủy", Level: province}
	in := func(p Place, unit string) Place { p.Unit = unit; return p }
	for _, test := range []struct {
		text  string
		at    Place
		want  []Title
		whole bool
	}{
		{"Trưởng phòng", dept, []Title{{DivisionHead, province}}, true},
		{"Phó Trưởng phòng Nội vụ", dist, []Title{{DivisionDeputy, district}}, true},
		{"PTP", dist, []Title{{DivisionDeputy, district}}, true},
		{"Giám đốc", dept, []Title{{AgencyHead, province}}, true},
		{"Giám đốc", in(dept, "Trung tâm Lưu trữ lịch sử"), []Title{{UnitHead, province}}, true},
		{"Phó Giám đốc Sở", dept, []Title{{AgencyDeputy, province}}, true},
		{"Chánh Văn phòng", dept, []Title{{DivisionHead, province}}, true},
		{"Chánh Văn phòng Tỉnh ủy", board, []Title{{CommissionHead, province}}, true},
		{"Phó Chánh Văn phòng Huyện ủy", party, []Title{{DivisionDeputy, district}}, true},
		{"Trưởng Ban Tổ chức Huyện ủy", party, []Title{{DivisionHead, district}}, true},
		{"Chánh Văn phòng UBND tỉnh", dept, []Title{{AgencyHead, province}}, true},
		{"Trưởng ban", board, []Title{{CommissionHead, province}}, true},
		{"UVBTV, Trưởng Ban Tuyên giáo Huyện ủy", party, []Title{{Standing, district}, {DivisionHead, district}}, true},
		{"Huyện ủy viên, Bí thư Đảng ủy xã Bình An", dist, []Title{{Member, district}, {Secretary, commune0}}, true},
		{"Phó Bí thư Thường trực Đảng ủy", in(dist, "xã Bình An"), []Title{{DeputySecretary, commune0}}, true},
		{"Chủ tịch UBND xã", dist, []Title{{Chair, commune0}}, true},
		{"Phó Chủ tịch", in(dist, "UBND xã Bình Minh"), []Title{{DeputyChair, commune0}}, true},
		{"Bí thư Đảng ủy", in(dist, "x. Hành Thịnh"), []Title{{Secretary, commune0}}, true},
		{"Chuyên viên", in(dist, "P.TN&MT"), []Title{{Expert, district}}, true},
		{"Chánh Thanh tra", Place{Agency: "Thanh tra tỉnh", Level: province}, []Title{{AgencyHead, province}}, true},
		{"Chánh Thanh tra", dept, []Title{{DivisionHead, province}}, true},
		{"Phó Chủ tịch UBND huyện", dist, []Title{{DeputyChair, district}}, true},
		{"Chủ tịch Hội Nông dân xã", dist, []Title{{MassHead, commune0}}, true},
		{"Bí thư Huyện đoàn", dist, []Title{{MassHead, district}}, true},
		{"Bí thư Đoàn xã Bình An", dist, []Title{{MassHead, commune0}}, true},
		{"Chủ nhiệm UBKT Huyện ủy", party, []Title{{InspectionHead, district}}, true},
		{"Phó Chủ nhiệm", in(party, "UBKT Huyện ủy"), []Title{{InspectionDeputy, district}}, true},
		{"Chuyên viên", in(dept, "Phòng Lao động - Xã hội"), []Title{{Expert, province}}, true},
		{"Chuyên viên chính, Phòng Tổ chức", dept, []Title{{PrincipalExpert, province}}, true},
		{"Công chức Văn phòng - Thống kê xã", dist, []Title{{Staff, commune0}}, true},
		{"Trưởng Công an xã", dist, []Title{{Police, commune0}}, true},
		{"Chỉ huy trưởng BCHQS", in(dist, "Xã Bình An"), []Title{{Military, commune0}}, true},
		{"Bí thư Chi bộ thôn Đông", dist, []Title{{Village, commune0}}, true},
		{"Bí thư Chi bộ", in(dist, "xã Bình An"), []Title{{CellSecretary, commune0}}, true},
		{"Hiệu trưởng Trường THCS Bình An", dist, []Title{{SchoolHead, district}}, true},
		{"Linh mục", dist, []Title{{Religious, district}}, true},
		{"Trưởng phòng và tương đương", dept, []Title{{DivisionHead, province}}, true},
		{"Trưởng phòng hoặc Phó Giám đốc Sở", dept, []Title{{DivisionHead, province}, {AgencyDeputy, province}}, true},
		{"Ủy viên BCH Đảng bộ huyện nhiệm kỳ 2025-2030", dist, []Title{{Member, district}}, true},
		// What is not known stays unknown.
		{"Điều phối viên dự án", dept, nil, false},
		{"Trưởng phòng, Điều phối viên", dept, []Title{{DivisionHead, province}}, false},
		{"x", dept, nil, false},
		{"", dept, nil, false},
	} {
		got, whole := Read(test.text, test.at)
		if diff := cmp.Diff(test.want, got); diff != "" || whole != test.whole {
			t.Errorf("%q at %q: whole %v\n%s", test.text, test.at.Unit, whole, diff)
		}
	}
}

func TestPattern(t *testing.T) {
	p, err := ParsePattern("secretary@commune")
	if err != nil || p != (Pattern{Secretary, commune0}) {
		t.Fatal(p, err)
	}
	for _, bad := range []string{"", "king", "secretary@moon"} {
		if _, err := ParsePattern(bad); err == nil {
			t.Errorf("%q is a pattern", bad)
		}
	}
	for _, test := range []struct {
		title      Title
		fits, open bool
	}{
		{Title{Secretary, commune0}, true, false},
		{Title{Secretary, district}, false, false},
		{Title{Secretary, ""}, false, true},
		{Title{DeputySecretary, commune0}, false, false},
	} {
		if fits, open := p.Fits(test.title); fits != test.fits || open != test.open {
			t.Errorf("%v: %v, %v", test.title, fits, open)
		}
	}
}

// Every wording is found as it was taught, whatever its case and tone marks'
// place, and no text makes the reader fail.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		Read(rapid.String().Draw(t, "text"), Place{Unit: rapid.String().Draw(t, "unit"), Agency: rapid.String().Draw(t, "agency")})
	})
}
