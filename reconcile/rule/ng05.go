package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// ng05 tells of documents of which many lines vanished since the last run, or
// that arrive empty or not at all. It is a guard: they go on counting as they
// were until the office confirms, by the decision "chấp nhận" on the finding;
// the next run then takes what the document says now. When the lines come back
// there is nothing to confirm.
func ng05() Rule {
	return Rule{
		ID: "NG05", Title: "Nhiều dòng biến mất so với lần đối soát trước",
		Meaning: reconcile.Meaning{
			Accepted: "đúng là rút: lần đối soát sau không tính các dòng đã mất nữa",
			Refused:  "không được rút: vẫn tính theo bản trước, đơn vị phải gửi lại đủ",
		},
		Plan: func(in *Input, report Report) {
			for i := range in.Withdrawals {
				report(in.withdrawal(&in.Withdrawals[i]))
			}
		},
	}
}

func (in *Input) withdrawal(w *Withdrawal) reconcile.Finding {
	names := make([]string, len(w.Lost))
	for i, l := range w.Lost {
		names[i] = l.Name
	}
	f := reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    w.Subject(),
		Agency:     w.Agency,
		Place:      reconcile.Origin{Source: w.Source},
		Found:      fmt.Sprintf("%s trong %s dòng không còn: %s", count(len(w.Lost)), count(w.Before), droppedNames(names)),
		Expected:   "số dòng giảm nhiều thì phải được xác nhận trước khi rút",
		LegalBasis: duty(in),
		Remedy: "Kiểm tra lại tệp và gửi lại đủ danh sách nếu mất do sơ suất (lọc, xóa nhầm, lưu nhầm trang); " +
			"nếu đúng là rút thì cơ quan chủ trì chọn “chấp nhận” ở cột quyết định.",
	}
	switch {
	case w.Gone:
		f.Message = fmt.Sprintf("Tệp “%s” không còn ở nơi nộp, làm mất %s dòng.", w.File, count(len(w.Lost)))
	case w.After == 0:
		f.Message = fmt.Sprintf("Tệp “%s” nay không còn dòng nào trong %s dòng đã có.", w.File, count(w.Before))
	default:
		f.Message = fmt.Sprintf("Tệp “%s” nay mất %s trong %s dòng đã có.", w.File, count(len(w.Lost)), count(w.Before))
	}
	f.Message += " Chưa rút dòng nào: vẫn tính theo bản trước cho đến khi được xác nhận."
	return f
}
