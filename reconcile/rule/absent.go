package rule

import "doisoat/reconcile"

// The inputs that offices load besides the rosters.
const (
	noAllocations = "chưa nạp phân bổ chỉ tiêu"
	noEstimates   = "chưa nạp dự toán kinh phí"
	noDeadline    = "chưa đặt hạn gửi danh sách"
)

// notChecked is the one finding of a rule whose input is missing: it goes to
// the plan's office, which loads the input.
func notChecked(subject, why, basis, remedy string) reconcile.Finding {
	return reconcile.Finding{
		NotChecked: true,
		Subject:    "not checked|" + subject,
		Message:    "Chưa kiểm tra được: " + why + ".",
		Found:      why,
		Expected:   "có đủ dữ liệu để kiểm tra",
		LegalBasis: basis,
		Remedy:     remedy,
	}
}

func allocationsMissing(in *Input) reconcile.Finding {
	return notChecked("allocations", noAllocations, duty(in),
		"Nạp bảng phân bổ chỉ tiêu (mục allocations trong cấu hình) rồi đối soát lại.")
}

func estimatesMissing(in *Input) reconcile.Finding {
	return notChecked("estimates", noEstimates, moneyBasis(in),
		"Nạp bảng dự toán kinh phí (mục allocations trong cấu hình) rồi đối soát lại.")
}

// moneyBasis is the plan's own basis of its budget and norms.
func moneyBasis(in *Input) string {
	if in.Plan.MoneyBasis != "" {
		return in.Plan.MoneyBasis
	}
	return planTitle(in) + ", phần Kinh phí"
}
