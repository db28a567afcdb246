package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
	"doisoat/sync/sheet"
)

// TestEveryFailureHasWords: whatever a source or the reader refuses a document
// for, its sender is told in words.
func TestEveryFailureHasWords(t *testing.T) {
	remedy := errors.New("hãy chia sẻ bảng tính cho doisoat@du-an.iam.gserviceaccount.com")
	for _, tt := range []struct {
		err  error
		code reconcile.FailureCode
		says string
	}{
		{sheet.ErrEmpty, reconcile.EmptyFile, "dang ky.xlsx"},
		{sheet.ErrEncrypted, reconcile.Encrypted, "Bỏ mật khẩu"},
		{fmt.Errorf("open: %w", sheet.ErrDamaged), reconcile.Damaged, "dang ky.xlsx"},
		{&pull.Error{Kind: pull.ErrNotShared, Err: remedy}, reconcile.NotShared, "doisoat@du-an.iam.gserviceaccount.com"},
		{&pull.Error{Kind: pull.ErrCredentials, Err: remedy}, reconcile.Unreachable, "hãy chia sẻ"},
		{&pull.Error{Kind: pull.ErrDenied, Message: "Không có quyền đọc thư mục.", Err: fs.ErrPermission}, reconcile.Unreachable, "Không có quyền đọc thư mục."},
		{pull.ErrUnreachable, reconcile.Unreachable, "Lần chạy sau"},
		{context.DeadlineExceeded, reconcile.Unreachable, "quá thời gian"},
		{errors.New("unexpected"), reconcile.Damaged, "dang ky.xlsx"},
	} {
		failure, _ := pipeline.FailureOf("dang ky.xlsx", tt.err)
		if failure.Code != tt.code || !strings.Contains(failure.Message, tt.says) {
			t.Errorf("%v: %s %q, want %s with %q", tt.err, failure.Code, failure.Message, tt.code, tt.says)
		}
	}
}
