package rule

// Legal bases that do not depend on the plan. Each is as sure as the sources
// allow: a rule whose basis is an office's practice only warns.
const (
	// The structure of the personal number: Decree 137/2015, article 13, and
	// Circular 07/2016 (three digits of the place, one of century and sex, two
	// of the birth year, six at random).
	basisCitizenID = "Nghị định số 137/2015/NĐ-CP (Điều 13), Thông tư số 07/2016/TT-BCA: số định danh cá nhân có 12 chữ số, " +
		"chữ số thứ 4 chỉ thế kỷ sinh và giới tính, hai chữ số tiếp theo là hai số cuối của năm sinh"
	// Joining the Party takes eighteen full years, and a probationary member
	// becomes a full one afterwards.
	basisPartyDates = "Quy định số 24-QĐ/TW về thi hành Điều lệ Đảng: người vào Đảng từ đủ 18 tuổi, trải qua thời gian dự bị rồi mới được công nhận chính thức"
)

// duty is the basis of rules about data: the plan makes the agencies choose and
// send those who meet its conditions, which wrong data cannot show.
func duty(in *Input) string {
	basis := planTitle(in)
	if in.Plan != nil && in.Plan.DutyBasis != "" {
		basis += ", " + in.Plan.DutyBasis
	}
	return basis
}

func planTitle(in *Input) string {
	if in.Plan == nil || in.Plan.Title == "" {
		return "Kế hoạch đào tạo, bồi dưỡng"
	}
	if in.Plan.Issuer == "" {
		return in.Plan.Title
	}
	return in.Plan.Title + " của " + in.Plan.Issuer
}

// programBasis names the plan's section that states the program's number, and
// what the plan bases the program on.
func programBasis(in *Input, code string) string {
	basis := planTitle(in)
	if p := in.Plan.Program(code); p != nil && p.Section != "" {
		basis += ", mục " + p.Section
	}
	if own := in.Plan.LegalBasisOf(code); own != "" {
		basis += "; " + own
	}
	return basis
}
