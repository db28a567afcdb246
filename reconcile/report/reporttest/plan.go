package reporttest

import "doisoat/reconcile"

// approved is the budget of the invented plan.
const approved reconcile.VND = 36_511_988_780

// Plan is a plan of the size and the shape of a real one: sections, forms,
// providers, sums, a group of courses that share their places.
func Plan() *reconcile.Plan {
	p := &reconcile.Plan{
		ID: "thu-nghiem-2024", Year: 2024, Province: "Quảng Ngãi",
		Title:    "Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2024",
		Issuer:   "Ban Tổ chức Tỉnh ủy",
		From:     reconcile.Date{Year: 2024, Month: 1, Day: 1},
		To:       reconcile.Date{Year: 2024, Month: 12, Day: 31},
		Approved: approved, StatedPlaces: 8572,
	}
	annexes := map[string]string{"1.1.1": "Phụ lục 1", "1.1.3": "Phụ lục 2", "1.1.4": "Phụ lục 3", "1.2.1": "Phụ lục 4"}
	for _, s := range [][2]string{
		{"1.1.1", "Đào tạo cao cấp lý luận chính trị"},
		{"1.1.2", "Đào tạo trung cấp lý luận chính trị"},
		{"1.1.3", "Đào tạo đại học"},
		{"1.1.4", "Đào tạo sau đại học"},
		{"1.2.1", "Bồi dưỡng kiến thức quốc phòng và an ninh"},
		{"1.2.2", "Bồi dưỡng công tác xây dựng Đảng"},
		{"1.2.3", "Bồi dưỡng, cập nhật kiến thức cho cán bộ lãnh đạo, quản lý"},
		{"1.2.4", "Bồi dưỡng cán bộ, công chức và người hoạt động không chuyên trách cấp xã"},
		{"1.2.5", "Bồi dưỡng quản lý nhà nước, chuyên môn, nghiệp vụ"},
		{"1.2.6", "Bồi dưỡng cán bộ, công chức xã theo Quyết định số 263/QĐ-TTg"},
		{"2.1", "Đào tạo ở nước ngoài"},
		{"2.2", "Bồi dưỡng ở nước ngoài"},
	} {
		p.Sections = append(p.Sections, reconcile.Section{
			Number: s[0], Title: s[1], LegalBasis: "Kế hoạch năm 2024, mục " + s[0], Period: "Trong năm 2024", Annex: annexes[s[0]],
		})
	}
	p.Programs = append(degreePrograms(), coursePrograms()...)
	p.Groups = []reconcile.QuotaGroup{
		group("CCLLCT", "Cao cấp và hoàn chỉnh cao cấp lý luận chính trị", 113, false, "CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC"),
		group("TCLLCT-UBND", "Trung cấp lý luận chính trị, các lớp UBND tỉnh phê duyệt", 170, false, "TCLLCT-UBND-TT", "TCLLCT-UBND-KTT"),
	}
	shared := group("QLNN", "Bồi dưỡng quản lý nhà nước, chuyên môn, nghiệp vụ", 4100, true)
	shared.Quota.Kind = reconcile.Open
	for i := range p.Programs {
		if p.Programs[i].Group == "QLNN" {
			shared.Programs = append(shared.Programs, p.Programs[i].Code)
		}
	}
	p.Groups = append(p.Groups, shared)
	return p
}

func group(code, name string, places int, shared bool, programs ...string) reconcile.QuotaGroup {
	return reconcile.QuotaGroup{
		Code: code, Name: name, Shared: shared, Programs: programs,
		Quota: reconcile.Quota{Places: places, Kind: reconcile.Estimate},
	}
}

func program(section, code, name string, form reconcile.Form, places int, kind reconcile.QuotaKind, providers ...reconcile.Provider) reconcile.Program {
	return reconcile.Program{
		Section: section, Code: code, Name: name, Form: form,
		Quota: reconcile.Quota{Places: places, Kind: kind}, Providers: providers,
	}
}

func school(name string, places int) reconcile.Provider {
	return reconcile.Provider{Name: name, Places: places}
}

func degreePrograms() []reconcile.Program {
	const expected, open = reconcile.Estimate, reconcile.Open
	college := school("Trường Chính trị tỉnh", 0)
	central := program("1.1.2", "TCLLCT-TW", "Trung cấp lý luận chính trị cho cơ quan Trung ương trên địa bàn", reconcile.PartTime, 40, expected, college)
	central.SelfPaid = true
	return []reconcile.Program{
		program("1.1.1", "CCLLCT-TT", "Cao cấp lý luận chính trị", reconcile.FullTime, 50, expected,
			school("Học viện Chính trị quốc gia Hồ Chí Minh", 5), school("Học viện Chính trị khu vực III", 45)),
		program("1.1.1", "CCLLCT-KTT", "Cao cấp lý luận chính trị", reconcile.PartTime, 60, expected, school("Học viện Chính trị khu vực III", 60)),
		program("1.1.1", "CCLLCT-HC", "Hoàn chỉnh chương trình cao cấp lý luận chính trị", reconcile.Completion, 3, expected),
		program("1.1.2", "TCLLCT-UBND-TT", "Trung cấp lý luận chính trị", reconcile.FullTime, 100, expected, college),
		program("1.1.2", "TCLLCT-UBND-KTT", "Trung cấp lý luận chính trị", reconcile.PartTime, 70, expected, college),
		program("1.1.2", "TCLLCT-DUK", "Trung cấp lý luận chính trị phối hợp với Đảng ủy Khối Cơ quan và Doanh nghiệp", reconcile.PartTime, 120, expected, college),
		central,
		program("1.1.3", "DH", "Đại học", "", 6, open),
		program("1.1.4", "SDH", "Sau đại học", "", 36, open),
	}
}

func coursePrograms() []reconcile.Program {
	const expected, open, none = reconcile.Estimate, reconcile.Open, reconcile.NoQuota
	list := []reconcile.Program{
		program("1.2.1", "QPAN-1", "Kiến thức quốc phòng và an ninh, đối tượng 1", "", 2, open, school("Học viện Quốc phòng", 0)),
		program("1.2.1", "QPAN-2", "Kiến thức quốc phòng và an ninh, đối tượng 2", "", 49, open, school("Quân khu V", 0)),
		program("1.2.1", "QPAN-3", "Kiến thức quốc phòng và an ninh, đối tượng 3", "", 800, open, school("Trường Quân sự tỉnh", 0)),
		program("1.2.1", "QPAN-TG", "Kiến thức quốc phòng và an ninh cho chức sắc, chức việc các tôn giáo", "", 135, open),
		program("1.2.2", "XDD-BANDANG", "Lãnh đạo các ban đảng cấp tỉnh", "", 1, open),
		program("1.2.2", "XDD-BITHU", "Bí thư, phó bí thư cấp huyện và tương đương", "", 6, open),
		program("1.2.2", "XDD-CONGTAC", "Công tác tổ chức, kiểm tra, dân vận, tuyên giáo, văn phòng cấp ủy cấp huyện", "", 14, open),
		program("1.2.2", "XDD-TOCHUC", "Công tác tổ chức xây dựng Đảng", "", 120, expected),
		program("1.2.3", "CNKT-3", "Cập nhật kiến thức, đối tượng 3", "", 0, none),
		program("1.2.3", "CNKT-4", "Cập nhật kiến thức, đối tượng 4", "", 0, none),
		program("1.2.4", "CAPXA", "Cán bộ, công chức và người hoạt động không chuyên trách cấp xã", "", 1960, expected, school("Trường Chính trị tỉnh", 0)),
	}
	for _, q := range [][2]string{
		{"QLNN-LDS", "Lãnh đạo, quản lý cấp sở"},
		{"QLNN-LDH", "Lãnh đạo, quản lý cấp huyện"},
		{"QLNN-LDP", "Lãnh đạo, quản lý cấp phòng"},
		{"QLNN-LDX", "Lãnh đạo, quản lý cấp xã"},
		{"QLNN-CVCC", "Ngạch chuyên viên cao cấp"},
		{"QLNN-CVC", "Ngạch chuyên viên chính"},
		{"QLNN-CV", "Ngạch chuyên viên"},
		{"QLNN-KTV", "Ngạch kế toán viên"},
		{"QLNN-CDNN", "Tiêu chuẩn chức danh nghề nghiệp"},
		{"QLNN-TA3", "Tiếng Anh bậc 3"},
		{"QLNN-TA4", "Tiếng Anh bậc 4"},
		{"QLNN-HRE", "Tiếng Hrê"},
		{"QLNN-COR", "Tiếng Cor"},
		{"QLNN-ATTT", "An toàn thông tin"},
		{"QLNN-VTVL", "Bồi dưỡng theo vị trí việc làm"},
	} {
		p := program("1.2.5", q[0], q[1], "", 0, none)
		p.Group = "QLNN"
		list = append(list, p)
	}
	return append(list,
		program("1.2.6", "QD263", "Cán bộ, công chức cấp xã theo Quyết định số 263/QĐ-TTg", "", 900, expected),
		program("2.1", "NN-DT", "Đào tạo ở nước ngoài", "", 0, none),
		program("2.2", "NN-BD", "Bồi dưỡng ở nước ngoài", "", 0, none),
	)
}
