package rule

import "doisoat/reconcile"

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

// dataBasis is the act that a rule about data goes by, the plan itself where its
// standards name none.
func dataBasis(in *Input, key reconcile.BasisKey) string {
	if b := in.Plan.Basis(key, in.Plan.To); b != nil {
		return b.Text
	}
	return duty(in)
}
