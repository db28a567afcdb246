package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5/pgconn"
)

// What can be wrong with the database as such; errors.Is finds them in every
// error of this package.
var (
	// ErrUnavailable: the server cannot be reached, or went away in mid-work.
	ErrUnavailable = errors.New("không kết nối được với cơ sở dữ liệu")
	// ErrAuth: the server refuses the account or its password.
	ErrAuth = errors.New("cơ sở dữ liệu từ chối tài khoản hoặc mật khẩu")
	// ErrNoDatabase: the server has no database of that name.
	ErrNoDatabase = errors.New("máy chủ không có cơ sở dữ liệu này")
	// ErrNoRights: the account may not do what the program needs.
	ErrNoRights = errors.New("tài khoản không đủ quyền trên cơ sở dữ liệu")
	// ErrTooOld: the server is older than PostgreSQL 13.
	ErrTooOld = errors.New("PostgreSQL quá cũ, cần phiên bản 13 trở lên")
	// ErrNewerSchema: a newer doisoat has already changed the tables.
	ErrNewerSchema = errors.New("cơ sở dữ liệu thuộc phiên bản doisoat mới hơn chương trình này")
	// ErrFull: the server has no room left on its disk.
	ErrFull = errors.New("ổ đĩa của cơ sở dữ liệu đã đầy")
	// ErrBadURL: the address of the database cannot be read.
	ErrBadURL = errors.New("địa chỉ cơ sở dữ liệu không hợp lệ, cần dạng postgres://người-dùng@máy-chủ:5432/tên")
	// ErrNotFound: the plan, run or document that was asked for is not stored.
	ErrNotFound = errors.New("không có trong cơ sở dữ liệu")
)

// RunningError says that another run of the plan is alive.
type RunningError struct{ Run reconcile.Run }

// Error names the run and since when it has been going.
func (e *RunningError) Error() string {
	return fmt.Sprintf("kế hoạch %s đang được đối soát (lần chạy %d, bắt đầu %s); chờ lần chạy đó xong rồi chạy lại",
		e.Run.Plan, e.Run.ID, e.Run.Started.Format("15:04 02/01/2006"))
}

// failure is an error of the server or the driver as this package shows it:
// without the values that PostgreSQL puts into its details (they are people's
// data), yet with what an engineer needs to find the cause.
type failure struct {
	doing string
	kind  error // one of the sentinels above, or nil
	cause error // context errors and errors of ours, kept for errors.Is
	hint  string
}

func (f *failure) Error() string {
	parts := []string{f.doing}
	for _, e := range []error{f.kind, f.cause} {
		if e != nil {
			parts = append(parts, e.Error())
		}
	}
	text := strings.Join(parts, ": ")
	if f.hint != "" {
		text += " (" + f.hint + ")"
	}
	return text
}

func (f *failure) Unwrap() []error {
	var all []error
	for _, e := range []error{f.kind, f.cause} {
		if e != nil {
			all = append(all, e)
		}
	}
	return all
}

// wrap gives err the words for what was being done. Errors of the server and
// of the driver are reduced to what is safe to log; all others stay whole.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if _, ours := errors.AsType[*failure](err); ours {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if pg := serverError(err); pg != nil {
		return &failure{doing: doing, kind: kindOf(pg), hint: hintOf(pg)}
	}
	if ctx := contextError(err); ctx != nil {
		return &failure{doing: doing, cause: ctx}
	}
	if isConnectionLoss(err) {
		return &failure{doing: doing, kind: ErrUnavailable, hint: networkHint(err)}
	}
	if quotesValue(err) {
		return &failure{doing: doing, hint: "a value that does not fit its column"}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// quotesValue reports whether the driver could not write a value in the server's
// form, of which it has no type of error, and which it quotes.
func quotesValue(err error) bool { return strings.Contains(err.Error(), "failed to encode args") }

// serverError is what the server said, nil when it is not the server's error.
func serverError(err error) *pgconn.PgError {
	pg, _ := errors.AsType[*pgconn.PgError](err)
	return pg
}

// kindOf maps the server's error to what it means for people, nil when it means
// a mistake of ours.
func kindOf(pg *pgconn.PgError) error {
	if isFull(pg) {
		return ErrFull
	}
	switch pg.Code {
	case "28000", "28P01":
		return ErrAuth
	case "3D000":
		return ErrNoDatabase
	case "42501", "25006":
		return ErrNoRights
	case "57P01", "57P02", "57P03", "57P05", "53300":
		return ErrUnavailable
	}
	if strings.HasPrefix(pg.Code, "08") {
		return ErrUnavailable
	}
	return nil
}

// hintOf tells where the server's error arose. The server's own message is
// kept only for classes of errors in which it cannot quote values.
func hintOf(pg *pgconn.PgError) string {
	hint := "SQLSTATE " + pg.Code
	for _, name := range []string{pg.TableName, pg.ColumnName, pg.ConstraintName} {
		if name != "" {
			hint += ", " + name
		}
	}
	// Connections, accounts, databases, names and rights, resources, operators.
	for _, class := range []string{"08", "28", "3D", "42", "53", "57P", "58"} {
		if strings.HasPrefix(pg.Code, class) {
			return hint + ": " + pg.Message
		}
	}
	return hint
}

func contextError(err error) error {
	for _, ctx := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, ctx) {
			return ctx
		}
	}
	return nil
}

func isConnectionLoss(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, lost := range []error{
		io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed,
		pgconn.ErrConnClosed,
	} {
		if errors.Is(err, lost) {
			return true
		}
	}
	return false
}

// networkHint is the innermost cause of a failed connection: "connection
// refused", "no such host". It never holds the address's password.
func networkHint(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Error()
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dns.Error()
	}
	return "mất kết nối"
}
