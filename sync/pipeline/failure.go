package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google"
	"doisoat/sync/pull"
	"doisoat/sync/push"
	"doisoat/sync/sheet"
)

// FailureOf turns an error of opening or reading a document into what the
// ledger, the findings and the screen say about it, and the format if it was
// found before the refusal.
func FailureOf(name string, err error) (*reconcile.Failure, reconcile.Format) {
	var format reconcile.Format
	if refused, ok := errors.AsType[*sheet.RefusedError](err); ok {
		format = reconcile.Format(refused.Format)
	}
	for _, k := range failures() {
		if !errors.Is(err, k.err) {
			continue
		}
		failure := &reconcile.Failure{Code: k.code}
		if k.message != "" {
			failure.Message = fmt.Sprintf(k.message, name)
		} else {
			failure.Message = messageOf(err)
		}
		return failure, format
	}
	return &reconcile.Failure{
		Code:    reconcile.Damaged,
		Message: fmt.Sprintf("Không đọc được «%s». Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.", name),
	}, format
}

type failureKind struct {
	err  error
	code reconcile.FailureCode
	// message for people, with the name of the document; "" where the error
	// brings its own.
	message string
}

// failures lists every reason for which a document is refused, with the words
// that tell its sender what to do.
func failures() []failureKind {
	return []failureKind{
		{sheet.ErrEmpty, reconcile.EmptyFile, "«%s» là tệp rỗng hoặc không có bảng nào. Gửi lại tệp có danh sách."},
		{sheet.ErrEncrypted, reconcile.Encrypted, "«%s» đặt mật khẩu mở tệp. Bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại."},
		{sheet.ErrTooLarge, reconcile.TooLarge, "«%s» quá lớn. Xóa các trang, hình ảnh và dòng thừa hoặc tách thành nhiều tệp rồi gửi lại."},
		{sheet.ErrUnsupported, reconcile.Unsupported, "«%s» có định dạng chưa đọc được. Mở bằng Excel, chọn Lưu dưới dạng .xlsx rồi gửi lại."},
		{sheet.ErrNotASheet, reconcile.NotASpreadsheet, "«%s» không phải là bảng tính, dù tên tệp có thể ghi như vậy. Gửi lại đúng tệp bảng tính."},
		{sheet.ErrDamaged, reconcile.Damaged, "«%s» bị hỏng, có thể do tải lên dở dang. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."},
		{pull.ErrNotShared, reconcile.NotShared, ""},
		{pull.ErrWrongKind, reconcile.Unsupported, ""},
		{pull.ErrCredentials, reconcile.Unreachable, ""},
		{pull.ErrQuota, reconcile.Unreachable, ""},
		{pull.ErrNotFound, reconcile.Unreachable, ""},
		{pull.ErrDenied, reconcile.Unreachable, ""},
		{pull.ErrBusy, reconcile.Unreachable, ""},
		{pull.ErrUnreachable, reconcile.Unreachable, ""},
		{errLost, reconcile.Unreachable, "Chương trình bị ngắt nhiều lần khi đang đọc «%s». Lần chạy sau sẽ đọc lại; nếu vẫn bị ngắt, báo người quản trị kiểm tra bộ nhớ của máy."},
		{context.DeadlineExceeded, reconcile.Unreachable, "Đọc «%s» quá thời gian cho phép. Lần chạy sau sẽ đọc lại."},
		{fs.ErrNotExist, reconcile.Unreachable, "Không còn thấy «%s». Lần chạy sau sẽ tìm lại."},
	}
}

// messageOf is the text for people that a source's error carries. A source
// without words of its own passes those of its cause on.
func messageOf(err error) string {
	if e, ok := errors.AsType[*pull.Error](err); ok {
		return cmp.Or(e.Message, e.Error())
	}
	return "Chưa đọc được nguồn dữ liệu. Lần chạy sau sẽ đọc lại."
}

// reasonOf says in plain Vietnamese why a run ended early.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, postgres.ErrUnavailable):
		return "Mất kết nối cơ sở dữ liệu. Kiểm tra PostgreSQL rồi chạy lại; dữ liệu đã lưu vẫn nguyên vẹn."
	case errors.Is(err, postgres.ErrFull):
		return "Ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng dung lượng rồi chạy lại; dữ liệu đã lưu vẫn nguyên vẹn."
	case errors.Is(err, errLost):
		return "Chương trình bị ngắt nhiều lần khi đang đối soát. Báo người quản trị kiểm tra bộ nhớ của máy; lần chạy sau sẽ thử lại."
	case errors.Is(err, errPanic):
		return "Lỗi trong chương trình khi đối soát. Gửi nhật ký cho người quản trị; lần chạy sau sẽ thử lại."
	case errors.Is(err, context.Canceled):
		return "Dừng theo yêu cầu. Lần chạy sau làm tiếp từ đầu; dữ liệu đã lưu vẫn nguyên vẹn."
	}
	return "Đối soát không hoàn thành: " + err.Error()
}

// publishReason says in plain Vietnamese why a target's reports could not be
// written, and what to do.
func (p *Pipeline) publishReason(target string, cause error) string {
	whose := p.cfg.Register.AgencyName(target)
	switch target {
	case consolidated:
		whose = "Ban Tổ chức"
	case "":
		whose = "đơn vị chưa rõ"
	}
	return fmt.Sprintf("Chưa ghi được báo cáo của %s: %s", whose, writeReason(target, cause))
}

func writeReason(target string, cause error) string {
	switch {
	case errors.Is(cause, push.ErrNoSpace):
		return "ổ đĩa chứa thư mục báo cáo đã đầy. Giải phóng dung lượng rồi chạy lại."
	case errors.Is(cause, push.ErrTargetOpen):
		return "tệp đang mở trong chương trình khác. Đóng tệp rồi chạy lại."
	case errors.Is(cause, push.ErrNoPermission):
		return "không có quyền ghi" + at(cause) + ". Cấp quyền cho tài khoản đang chạy doisoat."
	case errors.Is(cause, push.ErrOutside):
		return "«" + agencyFolder(target) + "» trong thư mục báo cáo không phải là thư mục con của nó. Đổi tên hoặc xóa rồi chạy lại."
	case errors.Is(cause, postgres.ErrUnavailable):
		return "mất kết nối cơ sở dữ liệu. Lần chạy sau sẽ ghi."
	case errors.Is(cause, errLost):
		return "chương trình bị ngắt nhiều lần khi đang ghi. Lần chạy sau sẽ ghi."
	}
	if e, ok := errors.AsType[*google.Error](cause); ok {
		return e.Message + "."
	}
	if at := at(cause); at != "" {
		return "không ghi được" + at + ". Kiểm tra thư mục báo cáo rồi chạy lại."
	}
	return cause.Error()
}

// at is the path that an error of the file system is about.
func at(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return " «" + e.Path + "»"
	}
	return ""
}
