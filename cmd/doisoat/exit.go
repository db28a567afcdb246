package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// The exit codes, public in the interfaces.
const (
	exitDone        = 0
	exitFailed      = 1
	exitPartial     = 3 // done, but some sources could not be read
	exitInterrupted = 130
)

// partialError says that the work is done but for some documents.
type partialError struct{ sources int }

func (e *partialError) Error() string {
	return fmt.Sprintf("%d nguồn không đọc được", e.sources)
}

// exit tells the user what went wrong and returns the exit code.
func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	if partial, ok := errors.AsType[*partialError](err); ok {
		fmt.Fprintln(a.errOut, a.lang.pickf("Đã xong, nhưng %d nguồn không đọc được.", "Done, but %d sources could not be read.", partial.sources))
		return exitPartial
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(a.errOut, a.lang.pick("Đã dừng theo yêu cầu. Dữ liệu đã lưu vẫn nguyên vẹn; lần chạy sau làm tiếp.",
			"Stopped on request. What was stored is consistent; the next run goes on."))
		return exitInterrupted
	}
	fmt.Fprintln(a.errOut, a.lang.pick("Lỗi: ", "Error: ")+a.explain(err))
	return exitFailed
}

// explanation is what people read for an error: what failed is in the error's
// own text, the remedy stands here.
type explanation struct {
	err    error
	vi, en string
}

// explanations is the one table from errors to words.
func explanations() []explanation {
	return []explanation{
		{
			postgres.ErrUnavailable,
			"Không kết nối được cơ sở dữ liệu PostgreSQL. Kiểm tra máy chủ đang chạy và địa chỉ trong `database` hoặc DATABASE_URL; xem `doisoat doctor`.",
			"PostgreSQL cannot be reached. Check that the server runs and the address in `database` or DATABASE_URL; see `doisoat doctor`.",
		},
		{
			syscall.ENOSPC,
			"Ổ đĩa đầy. Giải phóng dung lượng rồi chạy lại; không có tệp nào bị ghi dở.",
			"The disk is full. Free some space and run again; no file is half written.",
		},
		{
			fs.ErrPermission,
			"Không đủ quyền. Cấp quyền cho tài khoản đang chạy doisoat với tệp hoặc thư mục này.",
			"Permission denied. Give the account that runs doisoat access to this file or folder.",
		},
	}
}

// explain is the text of the error with its remedy.
func (a *app) explain(err error) string {
	for _, e := range explanations() {
		if errors.Is(err, e.err) {
			return a.lang.pick(e.vi, e.en) + "\n  (" + err.Error() + ")"
		}
	}
	if source, ok := errors.AsType[*pull.Error](err); ok {
		return cmp.Or(source.Message, source.Error())
	}
	return err.Error()
}
