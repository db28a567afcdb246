package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// ng02 finds files and sheets that cannot be read.
func ng02() Rule {
	return Rule{
		ID: "NG02", Title: "Tệp hoặc bảng tính không đọc được", Alone: true,
		Document: func(in *Input, d *reconcile.Document, report Report) {
			if d.Failure == nil {
				return
			}
			report(reconcile.Finding{
				Severity:   reconcile.SeverityError,
				Subject:    d.Source,
				Agency:     d.Agency,
				Place:      reconcile.Origin{Source: d.Source},
				Message:    unreadable(d),
				Found:      failureWord(d.Failure.Code),
				Expected:   "tệp, bảng tính mở và đọc được, không đặt mật khẩu",
				LegalBasis: duty(in),
				Remedy:     failureRemedy(d.Failure.Code),
			})
		},
	}
}

// unreadable says why a file cannot be read, and names it once.
func unreadable(d *reconcile.Document) string {
	if strings.Contains(d.Failure.Message, d.File) {
		return "Không đọc được tệp: " + d.Failure.Message
	}
	return fmt.Sprintf("Không đọc được “%s”: %s", d.File, d.Failure.Message)
}

func failureWord(code reconcile.FailureCode) string {
	switch code {
	case reconcile.Encrypted:
		return "tệp có mật khẩu"
	case reconcile.Damaged:
		return "tệp hỏng"
	case reconcile.TooLarge:
		return "tệp quá lớn"
	case reconcile.NotASpreadsheet:
		return "không phải bảng tính"
	case reconcile.EmptyFile:
		return "tệp không có bảng nào"
	case reconcile.Unsupported:
		return "định dạng chưa được hỗ trợ"
	case reconcile.NotShared:
		return "bảng tính chưa được chia sẻ"
	case reconcile.Unreachable:
		return "nguồn không trả lời"
	}
	return "không đọc được"
}

func failureRemedy(code reconcile.FailureCode) string {
	switch code {
	case reconcile.Encrypted:
		return "Bỏ mật khẩu mở tệp rồi gửi lại."
	case reconcile.TooLarge:
		return "Xóa hình ảnh và các trang không cần, hoặc tách thành nhiều tệp, rồi gửi lại."
	case reconcile.Unsupported:
		return "Lưu lại tệp dưới dạng .xlsx rồi gửi lại."
	case reconcile.NotASpreadsheet, reconcile.EmptyFile:
		return "Gửi lại danh sách dưới dạng bảng tính Excel (.xlsx)."
	case reconcile.NotShared:
		return "Chia sẻ bảng tính cho tài khoản đối soát với quyền chỉnh sửa."
	case reconcile.Unreachable:
		return "Kiểm tra kết nối và địa chỉ của nguồn; lần đối soát sau sẽ đọc lại."
	}
	return "Mở tệp, lưu lại dưới dạng .xlsx và gửi lại."
}
