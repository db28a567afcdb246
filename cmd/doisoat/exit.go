package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/backup"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/postgres/seal"
	"doisoat/sync/pull"
)

// The exit codes, public in the interfaces.
const (
	exitDone        = 0
	exitFailed      = 1
	exitPartial     = 3 // done, but some sources could not be read, or not be written into
	exitInterrupted = 130
)

// partialError says that the work is done but for some documents.
type partialError struct {
	sources  int // could not be read
	viewOnly int // were read, but may not be written into
}

func (e *partialError) Error() string { return e.words(vietnamese) }

func (e *partialError) words(l language) string {
	var all []string
	if e.sources > 0 {
		all = append(all, l.pickf("%d nguồn không đọc được", "%d sources could not be read", e.sources))
	}
	if e.viewOnly > 0 {
		all = append(all, l.pickf("%d bảng tính chỉ cho xem, không ghi được sai lệch vào", "%d spreadsheets may only be viewed, not written into", e.viewOnly))
	}
	return strings.Join(all, l.pick(", và ", ", and "))
}

// exit tells the user what went wrong and returns the exit code.
func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	if partial, ok := errors.AsType[*partialError](err); ok {
		fmt.Fprintln(a.errOut, a.lang.pickf("Đã xong, nhưng %s.", "Done, but %s.", partial.words(a.lang)))
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
		// A private server that had no room is away, too.
		{
			postgres.ErrFull,
			"Ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng dung lượng rồi chạy lại; dữ liệu đã lưu vẫn nguyên vẹn.",
			"The database's disk is full. Free some space and run again; what was stored is consistent.",
		},
		{
			embedded.ErrFull,
			"Ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng dung lượng rồi chạy lại; dữ liệu đã lưu vẫn nguyên vẹn.",
			"The database's disk is full. Free some space and run again; what was stored is consistent.",
		},
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
			postgres.ErrAuth,
			"Cơ sở dữ liệu từ chối tài khoản hoặc mật khẩu. Sửa địa chỉ trong DATABASE_URL.",
			"The database refuses the account or its password. Correct the address in DATABASE_URL.",
		},
		{
			postgres.ErrNoDatabase,
			"Máy chủ không có cơ sở dữ liệu này. Tạo bằng lệnh createdb, hoặc sửa tên trong địa chỉ.",
			"The server has no such database. Make it with createdb, or correct the name in the address.",
		},
		{
			postgres.ErrNoRights,
			"Tài khoản không đủ quyền trên cơ sở dữ liệu. Cho tài khoản làm chủ cơ sở dữ liệu này, hoặc để tài khoản làm chủ chạy `doisoat database grant` sau mỗi lần nâng cấp.",
			"The account has too few rights on the database. Make it the owner of the database, or let the owner run `doisoat database grant` after each upgrade.",
		},
		{
			backup.ErrNoProgram,
			"Máy này không có pg_dump, pg_restore cùng phiên bản với máy chủ. Cài gói postgresql-client của phiên bản đó.",
			"This machine lacks pg_dump and pg_restore of the server's version. Install postgresql-client of that version.",
		},
		{
			backup.ErrExists,
			"Tệp sao lưu đã có và không bị ghi đè. Chọn tên khác.",
			"The backup's file is there already and is not overwritten. Choose another name.",
		},
		{
			backup.ErrNotEmpty,
			"Chỉ khôi phục được vào cơ sở dữ liệu trống. Tạo cơ sở dữ liệu mới, hoặc với cơ sở dữ liệu riêng chọn thư mục dữ liệu mới bằng --data.",
			"A backup can only be restored into an empty database. Make a new one or, for the private database, choose a new directory with --data.",
		},
		{
			seal.ErrNoKey,
			"Số căn cước trong cơ sở dữ liệu được mã hóa, và thiếu tệp khóa. Chép tệp khóa từ máy đã tạo nó (hoặc từ nơi cất) vào đúng chỗ này, hoặc chỉ tệp khác bằng `key_file`, DOISOAT_KEY_FILE.",
			"Citizens' numbers are encrypted in the database, and the key's file is missing. Copy it from the machine that made it (or from where it is kept) to this place, or name another by `key_file`, DOISOAT_KEY_FILE.",
		},
		{
			postgres.ErrSealed,
			"Đặt `key_file` trong cấu hình, hoặc biến DOISOAT_KEY_FILE, thành tệp khóa của cơ sở dữ liệu này.",
			"Set `key_file` in the configuration, or DOISOAT_KEY_FILE, to the key's file of this database.",
		},
		{
			seal.ErrWrongKey,
			"Tệp khóa không phải của cơ sở dữ liệu này. Dùng tệp khóa đã cất cùng bản sao lưu, hoặc tệp mới nhất nếu khóa đã đổi.",
			"The key's file is not this database's. Use the one that was kept with the backup or, when the key was changed, the newest one.",
		},
		{
			seal.ErrBadKey,
			"Tệp khóa bị hỏng hoặc không phải tệp khóa. Tạo khóa mới chỉ khi cơ sở dữ liệu chưa mã hóa: openssl rand -base64 32 > TỆP.",
			"The key's file is damaged, or something else. Only for a database that is not encrypted yet make a new one: openssl rand -base64 32 > FILE.",
		},
		{
			embedded.ErrNoServer,
			"Máy này không có PostgreSQL để chạy cơ sở dữ liệu riêng.",
			"This machine has no PostgreSQL for the private database.",
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
	if running, ok := errors.AsType[*postgres.RunningError](err); ok && a.lang == english {
		return fmt.Sprintf("Run %d of this plan is under way, since %s. Wait until it has ended, then run again.",
			running.Run.ID, running.Run.Started.Format("15:04 02/01/2006"))
	}
	for _, e := range explanations() {
		if errors.Is(err, e.err) {
			return a.lang.pick(e.vi, e.en) + "\n  (" + a.detail(err) + ")"
		}
	}
	if usage, ok := errors.AsType[*usageError](err); ok {
		what := a.lang.pick(usage.vi, usage.en)
		if !strings.HasSuffix(what, "?") {
			what += "."
		}
		return a.lang.pickf("%s Xem: %s --help", "%s See: %s --help", what, usage.command)
	}
	if source, ok := errors.AsType[*pull.Error](err); ok {
		return cmp.Or(source.Message, source.Error())
	}
	return err.Error()
}

// detail is the error's own text. Our errors speak Vietnamese; of those, an
// English screen shows what the system says: the path, the address.
func (a *app) detail(err error) string {
	if a.lang == vietnamese {
		return err.Error()
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return file.Error()
	}
	return "--lang vi: details"
}
