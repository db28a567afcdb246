package rule

import "doisoat/reconcile"

// dk02 finds learners who are too young for the advanced course part-time. The
// full-time course has no least age: no standard sets one.
func dk02() Rule {
	return eligibility("DK02", "Chưa đủ tuổi học cao cấp lý luận chính trị hệ không tập trung", oldEnough(reconcile.AdvancedTheory))
}
