package google

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"google.golang.org/api/googleapi"
)

// The reasons for which Google cannot be used; errors of this package wrap one
// of them.
var (
	ErrNotShared   = errors.New("not shared with the service's account")
	ErrCredentials = errors.New("google refuses the service's credentials")
	ErrDisabled    = errors.New("the api is not enabled in the google cloud project")
	ErrQuota       = errors.New("google's quota is used up")
	ErrUnreachable = errors.New("google does not answer")
	// ErrNotNative: the file is no Google spreadsheet, an uploaded Excel file
	// for instance, which the Sheets API cannot read.
	ErrNotNative = errors.New("not a native google spreadsheet")
	// ErrTooLarge: the answer is larger than the service takes.
	ErrTooLarge = errors.New("google's answer is too large")
	// ErrReadOnly: the account may read the spreadsheet and not write into it.
	ErrReadOnly = errors.New("shared with the service's account for reading only")
	// ErrLocked: somebody forbade changes of the part that was to be written.
	ErrLocked = errors.New("a part of the spreadsheet is protected from the service's account")
	// ErrNoDownload: the file's owner does not let readers download it.
	ErrNoDownload = errors.New("the file may not be downloaded")
	// ErrRefused: Google does not accept the request as it is.
	ErrRefused = errors.New("google refuses the request")
	// ErrUnsure goes with another reason when a write may have been applied.
	ErrUnsure = errors.New("the write may have been applied")
)

// Error is a failure in words for people. The text holds no secret and nothing
// that Google's answer or the request held.
type Error struct {
	Kind    error
	Message string // plain Vietnamese, with the remedy
	Status  int    // of HTTP, 0 when there was no answer
	// Reason is Google's own word for it ("PERMISSION_DENIED"), "" when none.
	Reason string

	unsure bool
	err    error
}

// Error is the Vietnamese text, with Google's code for those who can use it.
func (e *Error) Error() string {
	switch {
	case e.Status != 0 && e.Reason != "":
		return fmt.Sprintf("%s (Google: %d %s)", e.Message, e.Status, e.Reason)
	case e.Status != 0:
		return fmt.Sprintf("%s (Google: %d)", e.Message, e.Status)
	}
	return e.Message
}

// Unwrap makes errors.Is find the reason and the cause.
func (e *Error) Unwrap() []error {
	all := []error{e.Kind}
	if e.unsure {
		all = append(all, ErrUnsure)
	}
	if e.err != nil {
		all = append(all, e.err)
	}
	return all
}

// explain turns the library's error into one that says what to do.
func (c *Client) explain(what target, err error, unsure bool) error {
	e := &Error{unsure: unsure, err: err}
	var te *tokenError
	var ge *googleapi.Error
	switch {
	case errors.As(err, &te):
		explainToken(e, te)
	case errors.As(err, &ge):
		e.Status, e.Reason = ge.Code, reasonOf(ge)
		c.explainStatus(e, what, ge)
	case errors.Is(err, ErrTooLarge):
		e.Kind = ErrTooLarge
		e.Message = fmt.Sprintf("%s %s quá lớn; hãy xóa các trang không dùng đến hoặc tách thành nhiều bảng tính", what.noun, what.id)
	default:
		e.Kind = ErrUnreachable
		e.Message = fmt.Sprintf("%s không trả lời; hãy kiểm tra kết nối mạng, chương trình sẽ thử lại ở lần chạy sau", what.api)
	}
	return e
}

func (c *Client) explainStatus(e *Error, what target, ge *googleapi.Error) {
	switch {
	case e.Status == http.StatusUnauthorized, isScopeReason(e.Reason):
		e.Kind = ErrCredentials
		e.Message = "Google không chấp nhận tài khoản của chương trình; hãy kiểm tra tệp khóa và quyền của tài khoản"
	case isDisabledReason(e.Reason):
		e.Kind = ErrDisabled
		e.Message = fmt.Sprintf("chưa bật %s API; hãy bật trong dự án Google Cloud của tài khoản dịch vụ", what.api)
	case e.Status == http.StatusTooManyRequests, e.Status == http.StatusForbidden && isRateReason(e.Reason):
		e.Kind = ErrQuota
		e.Message = "đã hết hạn mức gọi Google; chương trình sẽ thử lại ở lần chạy sau"
	case e.Status == http.StatusForbidden && what.kind == write:
		e.Kind = ErrReadOnly
		e.Message = fmt.Sprintf("chỉ được xem, không được ghi %s %s; hãy chia sẻ lại cho %s với quyền Người chỉnh sửa", what.noun, what.id, c.AccountName())
	case e.Status == http.StatusForbidden && isDownloadReason(e.Reason):
		e.Kind = ErrNoDownload
		e.Message = fmt.Sprintf("chủ của %s %s không cho người xem tải xuống; hãy bỏ hạn chế tải xuống, hoặc chia sẻ cho %s với quyền Người chỉnh sửa", what.noun, what.id, c.AccountName())
	case e.Status == http.StatusForbidden, e.Status == http.StatusNotFound:
		e.Kind = ErrNotShared
		e.Message = fmt.Sprintf("không mở được %s %s; hãy chia sẻ cho %s với quyền Người chỉnh sửa, và kiểm tra lại mã trong cấu hình", what.noun, what.id, c.AccountName())
	case e.Status == http.StatusBadRequest && isOfficeFile(ge):
		e.Kind = ErrNotNative
		e.Message = fmt.Sprintf("%s không phải Bảng tính Google mà là tệp Excel tải lên; hãy mở bằng Google Trang tính, chọn Tệp > Lưu dưới dạng Google Trang tính, rồi dùng mã của bảng tính mới", what.id)
	case e.Status == http.StatusBadRequest && isLocked(ge):
		e.Kind = ErrLocked
		e.Message = fmt.Sprintf("trong %s %s có vùng bị khóa không cho sửa; hãy vào Dữ liệu > Bảo vệ trang tính và dải ô, bỏ khóa của trang do chương trình ghi hoặc thêm %s vào những người được sửa", what.noun, what.id, c.AccountName())
	case e.Status >= http.StatusInternalServerError:
		e.Kind = ErrUnreachable
		e.Message = fmt.Sprintf("%s đang gặp sự cố; chương trình sẽ thử lại ở lần chạy sau", what.api)
	default:
		e.Kind = ErrRefused
		e.Message = fmt.Sprintf("%s từ chối yêu cầu về %s", what.api, what.id)
	}
}

// AccountName is the account in words for people, also when its address is not
// known.
func (c *Client) AccountName() string {
	if c.account == "" {
		return "tài khoản Google của chương trình"
	}
	return c.account
}

// explainToken says why there is no token. The answer of the token endpoint
// stays out of the text.
func explainToken(e *Error, te *tokenError) {
	if !tokenRefused(te) {
		e.Kind = ErrUnreachable
		e.Message = "không lấy được mã truy cập từ Google; hãy kiểm tra kết nối mạng, chương trình sẽ thử lại ở lần chạy sau"
		return
	}
	e.Kind = ErrCredentials
	e.Message = "Google không chấp nhận khóa của tài khoản; khóa có thể đã bị xóa hoặc hết hạn, hãy tạo khóa mới và sửa google.credentials"
	var re *oauth2.RetrieveError
	if errors.As(te, &re) {
		e.Status = re.Response.StatusCode
		e.Reason = tokenReason(re).Code
		if isClockSkew(re) {
			e.Message = "Google không chấp nhận khóa vì đồng hồ của máy sai giờ; hãy bật đồng bộ giờ (NTP) trên máy này"
		}
	}
}

// tokenRefused reports whether asking for a token again is of no use.
func tokenRefused(te *tokenError) bool {
	var re *oauth2.RetrieveError
	if errors.As(te, &re) {
		s := re.Response.StatusCode
		return s >= 400 && s < 500 && s != http.StatusTooManyRequests && s != http.StatusRequestTimeout
	}
	// A key that cannot be parsed never reaches the network.
	return strings.Contains(te.err.Error(), "private key")
}

type tokenFault struct {
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

func tokenReason(re *oauth2.RetrieveError) tokenFault {
	f := tokenFault{Code: re.ErrorCode, Description: re.ErrorDescription}
	if f.Code == "" && json.Unmarshal(re.Body, &f) != nil {
		return tokenFault{}
	}
	return f
}

// maxSkew is how far Google lets the machine's clock be off.
const maxSkew = 5 * time.Minute

// isClockSkew reports whether the key was refused because of our clock: Google
// says so in words, and the answer's Date shows it.
func isClockSkew(re *oauth2.RetrieveError) bool {
	f := tokenReason(re)
	if f.Code != "invalid_grant" {
		return false
	}
	if strings.Contains(f.Description, "reasonable timeframe") || strings.Contains(f.Description, "short-lived token") {
		return true
	}
	date, err := http.ParseTime(re.Response.Header.Get("Date"))
	return err == nil && time.Since(date).Abs() > maxSkew
}

// reasonOf is Google's word for an error: the reason of an ErrorInfo detail,
// of the older list of errors, or the canonical status.
func reasonOf(ge *googleapi.Error) string {
	var body struct {
		Error struct {
			Status  string
			Details []struct{ Reason string }
			Errors  []struct{ Reason string }
		}
	}
	if json.Unmarshal([]byte(ge.Body), &body) != nil {
		return ""
	}
	for _, d := range body.Error.Details {
		if d.Reason != "" {
			return d.Reason
		}
	}
	for _, d := range body.Error.Errors {
		if d.Reason != "" {
			return d.Reason
		}
	}
	return body.Error.Status
}

func isRateReason(reason string) bool {
	switch reason {
	case "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "quotaExceeded", "dailyLimitExceeded", "RESOURCE_EXHAUSTED":
		return true
	}
	return false
}

func isDownloadReason(reason string) bool {
	return reason == "cannotDownloadFile" || reason == "fileNotDownloadable" || reason == "cannotDownloadAbusiveFile"
}

func isDisabledReason(reason string) bool {
	return reason == "SERVICE_DISABLED" || reason == "accessNotConfigured"
}

func isScopeReason(reason string) bool {
	return reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT" || reason == "insufficientScopes"
}

// isLocked recognises the refusal of a change in a protected range, for which
// Google has no word but the sentence that people see.
func isLocked(ge *googleapi.Error) bool {
	return strings.Contains(ge.Message, "edit a protected cell or object")
}

// isOfficeFile recognises the Sheets API's refusal of an uploaded file.
func isOfficeFile(ge *googleapi.Error) bool {
	return reasonOf(ge) == "FAILED_PRECONDITION" || reasonOf(ge) == "failedPrecondition" ||
		strings.Contains(ge.Message, "not supported for this document")
}
