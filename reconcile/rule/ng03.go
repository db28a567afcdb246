package rule

import (
	"fmt"
	"time"

	"doisoat/reconcile"
)

// vietnam is the one time zone of the country; a deadline ends with its day.
const vietnam = 7 * 3600

// ng03 tells of lists that were sent, or last changed, after the deadline. It
// is something to know: a list that was mended later is late by the same sign.
func ng03() Rule {
	return Rule{
		ID: "NG03", Title: "Danh sách gửi sau hạn",
		Document: func(in *Input, d *reconcile.Document, report Report) {
			if in.Deadline.IsZero() || d.Received.IsZero() || len(d.Registrations()) == 0 {
				return
			}
			sent := reconcile.DateOf(d.Received.In(time.FixedZone("", vietnam)))
			if !in.Deadline.SurelyBefore(sent) {
				return
			}
			report(reconcile.Finding{
				Severity: reconcile.SeverityInfo, Subject: d.Source, Agency: d.Agency,
				Place:      reconcile.Origin{Source: d.Source, Sheet: d.Sheets[0].Name},
				Message:    fmt.Sprintf("Tệp “%s” được gửi hoặc sửa lần cuối ngày %s, sau hạn %s.", d.File, sent.Vietnamese(), in.Deadline.Vietnamese()),
				Found:      "ngày " + sent.Vietnamese(),
				Expected:   "gửi trước hết ngày " + in.Deadline.Vietnamese(),
				LegalBasis: duty(in),
				Remedy:     "Nếu gửi lần đầu sau hạn thì báo cáo lý do; nếu chỉ sửa sai lệch thì không cần làm gì thêm.",
			})
		},
		Plan: func(in *Input, report Report) {
			if in.Deadline.IsZero() {
				report(notChecked("deadline", noDeadline, duty(in), "Đặt hạn gửi danh sách (mục deadline trong cấu hình) rồi đối soát lại."))
			}
		},
	}
}
