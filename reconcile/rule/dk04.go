package rule

import "doisoat/reconcile"

// dk04 finds learners who are too young for the intermediate course part-time.
func dk04() Rule {
	return eligibility("DK04", "Chưa đủ tuổi học trung cấp lý luận chính trị hệ không tập trung", oldEnough(reconcile.IntermediateStudy))
}
