package report

import (
	"cmp"

	"doisoat/reconcile"
)

// AnswerMeaning says when an answer is the right one on a finding, or what it
// will lead to.
func AnswerMeaning(m reconcile.Meaning, a reconcile.Answer) string {
	switch a {
	case reconcile.AnswerFixed:
		return "danh sách đã được sửa, lần đối soát sau sẽ đọc lại"
	case reconcile.AnswerCorrect:
		return cmp.Or(m.Correct, "không phải sửa; nêu căn cứ ở phần giải trình")
	case reconcile.AnswerAdvice:
		return "cần Ban Tổ chức hướng dẫn"
	case reconcile.AnswerWithdrawn:
		return "đơn vị không đăng ký người này nữa"
	}
	return ""
}

// VerdictMeaning says what a decision on a finding will lead to.
func VerdictMeaning(m reconcile.Meaning, v reconcile.Verdict) string {
	switch v {
	case reconcile.Accepted:
		return cmp.Or(m.Accepted, "cho qua, không còn là sai lệch phải xử lý")
	case reconcile.Refused:
		return cmp.Or(m.Refused, "sai lệch vẫn còn, đơn vị phải xử lý")
	case reconcile.Opinion:
		return "hỏi hoặc hướng dẫn đơn vị; sai lệch vẫn còn"
	}
	return ""
}
