package rule

import "doisoat/reconcile"

// ct01 finds programs, and groups of programs, with more valid registrations
// than the plan has places. The forms of a group are for CT02, numbers that
// are open upwards for CT06.
func ct01() Rule {
	return Rule{
		ID: "CT01", Title: "Vượt chỉ tiêu của chương trình",
		Plan: func(in *Input, report Report) {
			wholes, _ := in.targets()
			for _, t := range wholes {
				rows := in.valid(t.programs)
				if t.quota.Kind == reconcile.Open || len(rows) <= limit(t.quota) {
					continue
				}
				f := in.tooMany(t, rows)
				f.Remedy = "Xem xét giảm bớt theo thứ tự, hoặc xin ý kiến cấp có thẩm quyền về số vượt."
				report(f)
			}
		},
	}
}
