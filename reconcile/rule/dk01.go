package rule

import "doisoat/reconcile"

// dk01 finds learners of the advanced course who are no full members of the
// Party, have no university degree, or have completed the course already.
func dk01() Rule {
	return eligibility("DK01", "Chưa đủ điều kiện học cao cấp lý luận chính trị",
		fullMember(reconcile.AdvancedTheory, reconcile.AdvancedCompletion),
		educated(reconcile.AdvancedTheory, reconcile.AdvancedCompletion),
		notYetTrained(reconcile.AdvancedTheory))
}
