package rule

import "doisoat/reconcile"

// fixturePlan is a plan with every kind of quota and numbers small enough to
// be passed by a handful of rows.
func fixturePlan() *reconcile.Plan {
	estimate := func(places, tolerance int) reconcile.Quota {
		return reconcile.Quota{Places: places, Kind: reconcile.Estimate, Tolerance: tolerance}
	}
	strict := func(places int) reconcile.Quota {
		return reconcile.Quota{Places: places, Kind: reconcile.Estimate, Strict: true}
	}
	open := func(places int) reconcile.Quota { return reconcile.Quota{Places: places, Kind: reconcile.Open} }
	return &reconcile.Plan{
		ID: "thu-nghiem-2024", Year: 2024, Province: "Quảng Ngãi",
		Title: "Kế hoạch đào tạo, bồi dưỡng năm 2024", Issuer: "Ban Thường vụ Tỉnh ủy", DutyBasis: "mục IV.4",
		Approved: 1_000_000_000, MoneyBasis: "Mục III Kế hoạch; Nghị quyết số 04/2019/NQ-HĐND",
		Sections: []reconcile.Section{
			{Number: "1.1.1", LegalBasis: "Quy định số 57-QĐ/TW ngày 08/02/2022"},
			{Number: "1.2.1", LegalBasis: "Hướng dẫn số 90/HD-HĐGDQPAN ngày 31/5/2016"},
		},
		Programs: []reconcile.Program{
			{
				Code: "CCLLCT-TT", Kind: reconcile.AdvancedTheory, Section: "1.1.1", Name: "Cao cấp lý luận chính trị", Form: reconcile.FullTime, Quota: strict(3),
				NeedsBirthDate: true,
				Providers:      []reconcile.Provider{{Name: "Học viện Chính trị quốc gia Hồ Chí Minh", Places: 1}, {Name: "Học viện Chính trị khu vực III", Places: 2}},
			},
			{Code: "CCLLCT-KTT", Kind: reconcile.AdvancedTheory, Section: "1.1.1", Name: "Cao cấp lý luận chính trị", Form: reconcile.PartTime, Quota: strict(2), Aliases: []string{"Cao cấp LLCT"}},
			{Code: "CCLLCT-HC", Section: "1.1.1", Name: "Hoàn chỉnh chương trình cao cấp lý luận chính trị", Form: reconcile.Completion, Quota: strict(1)},
			{Code: "TCLLCT-TW", Section: "1.1.1", Name: "Trung cấp lý luận chính trị, lớp Trung ương", Form: reconcile.PartTime, Quota: estimate(2, 0), SelfPaid: true},
			{Code: "QPAN-3", Section: "1.2.1", Name: "Quốc phòng và an ninh, đối tượng 3", Quota: open(3)},
			{Code: "XDD-TOCHUC", Section: "1.2.1", Name: "Công tác tổ chức xây dựng Đảng", Quota: estimate(2, 50)},
			{Code: "CAPXA", Section: "1.2.1", Name: "Cán bộ cấp xã", Quota: reconcile.Quota{Places: 4, Kind: reconcile.Ceiling}},
			{Code: "QLNN-CV", Section: "1.2.1", Name: "Ngạch chuyên viên", Quota: reconcile.Quota{Kind: reconcile.NoQuota}, Group: "QLNN"},
			{Code: "QLNN-CVC", Section: "1.2.1", Name: "Ngạch chuyên viên chính", Quota: reconcile.Quota{Kind: reconcile.NoQuota}, Group: "QLNN"},
			{Code: "SDH", Kind: reconcile.PostgraduateStudy, Section: "1.1.1", Name: "Đào tạo sau đại học", Quota: reconcile.Quota{Kind: reconcile.NoQuota}},
			{Code: "NN-DT", Section: "1.2.1", Name: "Đào tạo ở nước ngoài", Quota: reconcile.Quota{Kind: reconcile.NoQuota}},
		},
		Exclusions: []reconcile.Exclusion{
			{
				Programs: []string{"CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC", "TCLLCT-TW"}, Sure: true, Basis: "Quy định số 57-QĐ/TW",
				Reason: "trong một năm mỗi người chỉ học một lớp lý luận chính trị",
			},
			{Programs: []string{"CCLLCT-TT"}, FullTime: true, Sure: true, Reason: "người đang học tập trung không thể học lớp tập trung khác"},
			{Programs: []string{"QLNN-CV"}, With: []string{"QLNN-CVC"}, Reason: "hai lớp ngạch thường mở cùng thời gian"},
		},
		Bases:        builtinPlan().Bases,
		OutsideBasis: "mục IV.3",
		Outside: []reconcile.OutsideProgram{
			{Name: "Sơ cấp lý luận chính trị", Aliases: []string{"Sơ cấp LLCT"}, Note: "cấp huyện lập kế hoạch riêng"},
			{Name: "Bồi dưỡng đảng viên mới"},
		},
		Groups: []reconcile.QuotaGroup{
			{Code: "CCLLCT", Name: "Cao cấp lý luận chính trị và hoàn chỉnh", Quota: strict(6), Programs: []string{"CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC"}},
			{Code: "QLNN", Name: "Kiến thức quản lý nhà nước", Quota: open(3), Programs: []string{"QLNN-CV", "QLNN-CVC"}, Shared: true},
		},
	}
}

func fixtureRegister() *reconcile.Register {
	return &reconcile.Register{Province: "Quảng Ngãi", Agencies: []reconcile.Agency{
		{Code: "H05", Name: "Ủy ban nhân dân huyện Tư Nghĩa"},
		{Code: "H06", Name: "Ủy ban nhân dân huyện Nghĩa Hành"},
		{Code: "S03", Name: "Sở Nội vụ"},
		{Code: "S04", Name: "Sở Tài chính"},
	}}
}
