package understand

import "doisoat/reconcile"

// outcomes are the words for how a class ended for somebody. The longest
// wording wins, so that "không hoàn thành" is no "hoàn thành".
var outcomes = func() *phrases[reconcile.Outcome] {
	p := newPhrases[reconcile.Outcome]()
	for outcome, list := range map[reconcile.Outcome][]string{
		reconcile.Completed: {
			"hoàn thành", "đạt", "đạt yêu cầu", "tốt nghiệp", "đủ điều kiện cấp", "đủ điều kiện tốt nghiệp", "được công nhận", "được cấp chứng chỉ",
			"được cấp chứng nhận", "được cấp bằng", "đã cấp chứng chỉ", "đã cấp chứng nhận", "đã cấp bằng", "cấp chứng chỉ", "cấp chứng nhận",
			"cấp giấy chứng nhận", "đỗ", "đậu", "đã học xong", "hoan thanh", "tot nghiep", "cong nhan tot nghiep",
		},
		reconcile.NotCompleted: {
			"không hoàn thành", "không đạt", "chưa đạt", "không tốt nghiệp", "không được công nhận", "không công nhận", "không đủ điều kiện",
			"không được cấp", "không cấp", "trượt", "trượt tốt nghiệp", "không đạt yêu cầu", "chưa đạt yêu cầu", "khong hoan thanh", "khong dat",
		},
		reconcile.DroppedOut: {
			"bỏ học", "tự ý nghỉ học", "tự ý bỏ học", "tự ý thôi học", "bỏ dở", "buộc thôi học", "bị buộc thôi học", "nghỉ học không phép",
			"nghỉ học không lý do", "đơn phương chấm dứt", "bo hoc",
		},
		reconcile.Withdrawn: {
			"thôi học", "xin thôi học", "cho thôi học", "nghỉ học", "xin nghỉ học", "rút tên", "xin rút", "rút khỏi", "xóa tên", "dừng học", "ngừng học", "thoi hoc",
		},
		reconcile.Studying: {
			"đang học", "đang theo học", "chưa hoàn thành", "chưa tốt nghiệp", "chưa được công nhận", "bảo lưu", "tạm dừng học", "tạm ngừng học", "thi lại",
			"học lại", "chờ xét", "chưa đủ điều kiện", "dang hoc", "chua hoan thanh",
		},
		reconcile.Absent: {
			"không tham gia", "không tham dự", "không nhập học", "chưa nhập học", "không đến học", "vắng cả khóa", "vắng mặt cả khóa", "vắng toàn bộ",
			"khong tham gia", "khong nhap hoc",
		},
	} {
		for _, w := range list {
			p.add(words(w), outcome)
		}
	}
	return p
}()

// outcomeOf reads how it ended from a text; a text that says two things, or
// none, says nothing.
func outcomeOf(text string) reconcile.Outcome {
	found := reconcile.NoOutcome
	list := words(text)
	if contains(list, partWords) {
		return found
	}
	for _, m := range outcomes.all(list) {
		if found != reconcile.NoOutcome && found != m.value {
			return reconcile.NoOutcome
		}
		found = m.value
	}
	return found
}

// partWords speak of a part of the class: who stayed away from two lessons has
// not left it.
var partWords = wordings("buổi", "tiết", "môn", "học phần", "bài")

// gradeOutcome is what a grade says: who has a passing one has completed.
func gradeOutcome(text string) reconcile.Outcome {
	if outcome := outcomeOf(text); outcome != reconcile.NoOutcome {
		return outcome
	}
	list := words(text)
	switch {
	case len(list) == 0:
		return reconcile.NoOutcome
	case contains(list, failingGrades):
		return reconcile.NotCompleted
	case contains(list, passingGrades):
		return reconcile.Completed
	}
	return reconcile.NoOutcome
}

var (
	passingGrades = wordings("xuất sắc", "giỏi", "khá", "trung bình", "tb", "tb khá", "xuat sac", "gioi", "kha", "trung binh")
	failingGrades = wordings("yếu", "kém", "không xếp loại", "yeu", "kem")
)
