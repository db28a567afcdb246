package rule

import "doisoat/reconcile"

// ct06 tells of numbers that are open upwards ("và theo nhu cầu đăng ký") and
// were passed: that is allowed, but what exceeds them has to be approved.
func ct06() Rule {
	return Rule{
		ID: "CT06", Title: "Vượt số dự kiến, cần được duyệt bổ sung",
		Plan: func(in *Input, report Report) {
			wholes, parts := in.targets()
			for _, t := range append(wholes, parts...) {
				rows := in.valid(t.programs)
				if t.quota.Kind != reconcile.Open || len(rows) <= t.quota.Places {
					continue
				}
				f := in.tooMany(t, rows)
				f.Remedy = "Trình cấp có thẩm quyền duyệt bổ sung số vượt theo phân cấp."
				report(f)
			}
		},
	}
}
