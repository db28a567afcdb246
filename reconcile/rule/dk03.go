package rule

import "doisoat/reconcile"

// dk03 finds learners of the intermediate course who are no members of the
// Party, lack the education, have completed it already, or, where the standard
// in force asks for it, were not rated well.
func dk03() Rule {
	return eligibility("DK03", "Chưa đủ điều kiện học trung cấp lý luận chính trị",
		member(reconcile.IntermediateStudy), educated(reconcile.IntermediateStudy),
		notYetTrained(reconcile.IntermediateStudy), wellRated(true, reconcile.IntermediateStudy))
}
