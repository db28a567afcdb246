package provincetest

import (
	"fmt"
	"strings"
	"time"

	"doisoat/reconcile"
)

// human is somebody who exists once, whatever is written of them where.
type human struct {
	name       string
	woman      bool
	born       time.Time
	ethnicity  string
	id, phone  string
	joined     time.Time // the Party; zero when not
	position   string
	unit       string
	education  string
	theory     string
	planned    string
	rank       string
	employment string
	recruited  time.Time
	ratings    [2]string // of the two years before the plan's
	commitment string
}

// Shares of family names: Nguyễn is three in ten, the next nine are another
// half, as counts of the whole country have it.
var families = strings.Fields("Trần Trần Trần Trần Trần Trần Trần Trần Trần Trần Trần Lê Lê Lê Lê Lê Lê Lê Lê Lê Phạm Phạm Phạm Phạm Phạm Phạm Phạm Huỳnh Huỳnh Huỳnh Huỳnh Huỳnh " +
	"Phan Phan Phan Phan Võ Võ Võ Võ Đặng Đặng Bùi Bùi Đỗ Đỗ Hồ Ngô Dương Lý Trương Đinh Cao Tạ Mai Lương Châu Tôn Đoàn Lâm Trịnh Hà")

var (
	maleMiddles   = strings.Fields("Văn Văn Văn Văn Hữu Đức Minh Quốc Thanh Ngọc Công Xuân Tấn Đình Quang Thế Anh Trọng")
	femaleMiddles = strings.Fields("Thị Thị Thị Thị Thị Thị Ngọc Thanh Kim Mỹ Thu Bích Hồng Như Phương")
	maleGivens    = strings.Fields("Tuấn Hùng Dũng Minh Sơn Hải Nam Long Cường Thắng Bình Hưng Quang Thành Tùng Khánh Phúc Đức Trung Kiên Quý Lộc Tài Vinh An Định Khoa Tâm Hiếu Thịnh Phong Đạt Toàn Lực Nghĩa Việt")
	femaleGivens  = strings.Fields("Hương Lan Hoa Thủy Hằng Nga Hà Linh Trang Thảo Mai Loan Nhung Yến Hạnh Phương Vân Thu Hòa Oanh Tuyết Ánh Xuân Bích Diễm Kiều Sen Huyền Trâm Ngân Dung Hiền Lệ Nguyệt Thúy")
)

// pick chooses one; the square makes the first ones common, the last ones rare.
func (g *generator) pick(of []string) string {
	x := g.rng.Float64()
	return of[int(x*x*float64(len(of)))]
}

func (g *generator) one(of ...string) string { return of[g.rng.IntN(len(of))] }

func (g *generator) dayIn(from, to int) time.Time {
	return time.Date(from+g.rng.IntN(to-from+1), time.Month(1+g.rng.IntN(12)), 1+g.rng.IntN(28), 0, 0, 0, 0, time.UTC)
}

func (g *generator) newName(woman bool) string {
	family := "Nguyễn"
	if g.rng.IntN(10) >= 3 {
		family = families[g.rng.IntN(len(families))]
	}
	middles, givens := maleMiddles, maleGivens
	if woman {
		middles, givens = femaleMiddles, femaleGivens
	}
	middle := middles[g.rng.IntN(len(middles))]
	if g.rng.IntN(4) == 0 {
		middle += " " + middles[len(middles)-1-g.rng.IntN(len(middles)/2)]
	}
	return family + " " + middle + " " + g.pick(givens)
}

// newHuman makes somebody who may be sent to the program by the agency: every
// condition is met, many of them just.
func (g *generator) newHuman(program string, a *reconcile.Agency) *human {
	h := &human{woman: g.rng.IntN(2) == 0, ethnicity: "Kinh", education: "Đại học", theory: "Sơ cấp", born: g.dayIn(1972, 1992)}
	h.name = g.newName(h.woman)
	h.ratings = [2]string{"Hoàn thành tốt nhiệm vụ", "Hoàn thành tốt nhiệm vụ"}
	g.employ(h, program, a)
	if h.theory == "Trung cấp" || h.theory == "Sơ cấp" {
		h.joined = h.born.AddDate(22+g.rng.IntN(4), g.rng.IntN(12), 0)
	}
	h.id = g.newID(h)
	h.phone = fmt.Sprintf("09%08d", g.rng.IntN(100_000_000))
	return h
}

func (g *generator) newID(h *human) string {
	g.serial++
	sex := 0
	if h.woman {
		sex = 1
	}
	return fmt.Sprintf("051%d%02d%06d", sex, h.born.Year()%100, g.serial*7919%1_000_000)
}

// commune is one of the district's communes.
func (g *generator) commune(a *reconcile.Agency) string {
	if a == nil || len(a.Communes) == 0 { // Lý Sơn has no communes
		return "xã An Vĩnh"
	}
	return a.Communes[g.rng.IntN(len(a.Communes))].Name
}

// bodyOf is what the agency's Party committee is called.
func bodyOf(a *reconcile.Agency) string {
	switch a.Code {
	case "H01":
		return "Thành ủy"
	case "H02":
		return "Thị ủy"
	}
	return "Huyện ủy"
}

func isDistrict(a *reconcile.Agency) bool { return a != nil && a.Level == reconcile.DistrictLevel }

// employ gives a position that the program is for.
func (g *generator) employ(h *human, program string, a *reconcile.Agency) {
	division := g.one("Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Tài chính", "Phòng Nghiệp vụ", "Văn phòng")
	if isDistrict(a) {
		division = g.one("Phòng Nội vụ", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "Phòng Văn hóa và Thông tin", "Phòng Y tế")
	}
	h.unit, h.employment, h.rank = division, "Công chức", "Chuyên viên"
	h.recruited = g.dayIn(2000, 2018)
	switch program {
	case "CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC":
		h.position, h.theory, h.born = "Trưởng phòng", "Trung cấp", g.dayIn(1972, 1984)
		if h.woman && program == "CCLLCT-KTT" {
			h.born = g.dayIn(1974, 1986)
		}
	case "TCLLCT-UBND-TT":
		h.position = "Phó Trưởng phòng"
	case "TCLLCT-UBND-KTT", "TCLLCT-DUK", "TCLLCT-TW":
		h.position, h.born = "Phó Trưởng phòng", g.dayIn(1975, 1989)
		if h.woman {
			h.born = g.dayIn(1976, 1991)
		}
	case "DH":
		h.position, h.unit, h.education, h.theory, h.employment = "Giáo viên", "Trường Tiểu học số 1", "Cao đẳng", "", "Viên chức"
		h.commitment, h.born = "Có", g.dayIn(1985, 1997)
	case "SDH":
		h.position, h.born, h.recruited, h.commitment = "Chuyên viên", g.dayIn(1986, 1994), g.dayIn(2012, 2018), "Có"
	case "QPAN-1":
		h.position, h.unit = "Bí thư Tỉnh ủy", "Tỉnh ủy"
	case "QPAN-2":
		h.position, h.unit = "Phó Giám đốc Sở", ""
		if isDistrict(a) {
			h.position = "Phó Bí thư Thường trực " + bodyOf(a)
		}
	case "QPAN-3":
		h.position = g.one("Trưởng phòng", "Phó Trưởng phòng")
		if isDistrict(a) && g.rng.IntN(2) == 0 {
			h.unit = "UBND " + g.commune(a)
			h.position = g.one("Phó Chủ tịch UBND xã", "Chủ tịch UBND xã")
		}
	case "QPAN-TG":
		h.position, h.unit, h.employment, h.rank, h.theory = g.one("Linh mục", "Đại đức", "Mục sư", "Chức việc"), g.commune(a), "", "", ""
	case "XDD-BANDANG":
		h.position, h.unit = "Phó Trưởng ban", a.Name
	case "XDD-BITHU":
		h.position, h.unit = "Phó Bí thư Thường trực "+bodyOf(a), bodyOf(a)
	case "XDD-CONGTAC":
		h.position, h.unit = g.one("Trưởng Ban Tổ chức ", "Phó Chánh Văn phòng ", "Phó Trưởng Ban Tuyên giáo ")+bodyOf(a), bodyOf(a)
	case "XDD-TOCHUC":
		h.position = "Chuyên viên"
		if isDistrict(a) {
			h.position, h.unit = g.one("Bí thư Đảng ủy xã", "Phó Bí thư Đảng ủy xã"), "Đảng ủy "+g.commune(a)
		}
	default:
		g.employInCourses(h, program, a)
	}
}

// employInCourses is employ for the short courses.
func (g *generator) employInCourses(h *human, program string, a *reconcile.Agency) {
	switch program {
	case "CAPXA":
		h.position, h.unit, h.employment = "Người hoạt động không chuyên trách", "UBND "+g.commune(a), "Không chuyên trách"
		if g.rng.IntN(2) == 0 {
			h.position, h.employment = "Công chức Văn phòng - Thống kê", "Công chức"
		}
		h.rank = ""
	case "QD263", "QLNN-HRE", "QLNN-COR":
		h.position, h.unit = "Công chức Địa chính - Xây dựng", "UBND "+g.commune(a)
	case "QLNN-LDS":
		h.position, h.unit = "Phó Giám đốc Sở", ""
	case "QLNN-LDH":
		h.position, h.unit = "Phó Chủ tịch UBND huyện", "UBND huyện"
	case "QLNN-LDP":
		h.position = "Phó Trưởng phòng"
	case "QLNN-LDX":
		h.position, h.unit = "Phó Chủ tịch UBND xã", "UBND "+g.commune(a)
	case "QLNN-CVCC":
		h.position, h.rank = "Trưởng phòng", "Chuyên viên chính"
	case "QLNN-CV":
		h.position, h.rank = "Chuyên viên", g.one("Chuyên viên", "Cán sự")
	case "QLNN-KTV":
		h.position, h.rank = "Kế toán", ""
	case "QLNN-CDNN":
		h.position, h.unit, h.employment, h.rank = "Giáo viên", "Trường THCS số 2", "Viên chức", ""
	default:
		h.position = "Chuyên viên"
	}
}
