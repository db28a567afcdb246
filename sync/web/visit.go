package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// visit is one request, with who makes it.
type visit struct {
	*Server
	w    http.ResponseWriter
	r    *http.Request
	at   time.Time
	user reconcile.User // zero when nobody is signed in
	// session is the hash of the token that the browser sent and that is good.
	session []byte
}

// usualBody is the largest body of a request in bytes, that of a form.
const usualBody = 128 << 10

// serve answers requests for one address of the table: nobody gets to its
// handler who may not.
func (s *Server) serve(route *Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit := route.body
		if limit == 0 {
			limit = usualBody
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		v := &visit{Server: s, w: w, r: r, at: s.Now()}
		err := v.identify()
		if err == nil {
			err = v.admit(route)
		}
		if err == nil {
			err = route.handle(v)
		}
		if err != nil {
			v.fail(err)
		}
	})
}

// refusal is an answer that is no page: its words are for the reader.
type refusal struct {
	status int
	words  string
}

func (r *refusal) Error() string { return r.words }

// errNotFound is also the answer to whatever belongs to somebody else: that it
// is there is told to nobody who may not see it.
var (
	errNotFound  = &refusal{http.StatusNotFound, "Không có trang này, hoặc bạn không được xem nội dung đó."}
	errForbidden = &refusal{http.StatusForbidden, "Tài khoản của bạn không được làm việc này."}
	errForm      = &refusal{http.StatusBadRequest, "Biểu mẫu gửi lên không đầy đủ hoặc quá dài. Quay lại trang trước, tải lại rồi gửi lần nữa."}
)

// admit turns away who may not ask for the address. Those who are not signed
// in are sent to the sign-in, from where they come back.
func (v *visit) admit(route *Route) error {
	switch {
	case route.Lets(v.user.Role):
		return nil
	case v.user != reconcile.User{}:
		return errForbidden
	case v.r.Method == http.MethodGet || v.r.Method == http.MethodHead:
		v.redirect("/sign-in?next=" + url.QueryEscape(v.r.URL.RequestURI()))
		return errAnswered
	}
	return &refusal{http.StatusUnauthorized, "Bạn chưa đăng nhập, hoặc phiên làm việc đã hết hạn. Đăng nhập rồi làm lại."}
}

// errAnswered ends the handling of a request that has its answer.
var errAnswered = errors.New("answered already")

// fail answers a request that went wrong, in words for the reader; what an
// engineer needs is logged.
func (v *visit) fail(err error) {
	var refused *refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errAnswered):
		return
	case errors.As(err, &refused):
	case errors.As(err, &tooLarge):
		refused = errForm
	case errors.Is(err, postgres.ErrNotFound):
		refused = errNotFound
	case v.r.Context().Err() != nil:
		return // the reader has gone
	case v.databaseAway(err):
		v.Log.ErrorContext(v.r.Context(), "page", "path", v.r.URL.Path, "error", err)
		refused = &refusal{http.StatusServiceUnavailable, "Chưa đọc được cơ sở dữ liệu. Thử lại sau ít phút; người quản trị xem nhật ký của dịch vụ."}
	default:
		v.Log.ErrorContext(v.r.Context(), "page", "path", v.r.URL.Path, "error", err)
		refused = &refusal{http.StatusInternalServerError, "Trang đang có lỗi. Người quản trị xem nhật ký của dịch vụ."}
	}
	if err := v.showAs(refused.status, "refusal", "Không thực hiện được", refused.words); err != nil {
		http.Error(v.w, refused.words, refused.status)
	}
}

// databaseAway reports whether the error is one of those that pass.
func (v *visit) databaseAway(err error) bool {
	if errors.Is(err, postgres.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), 3*time.Second)
	defer cancel()
	return v.Service.Healthy(ctx) != nil
}

func (v *visit) redirect(to string) { http.Redirect(v.w, v.r, to, http.StatusSeeOther) }

// sees reports whether the visitor may see what belongs to the agency.
func (v *visit) sees(agency string) bool { return v.user.Sees(v.Register, agency) }

// log keeps that the visitor saw or changed personal data. It comes first: what
// cannot be logged is not shown.
func (v *visit) log(action, subject string) error {
	const longest = 500
	if len(subject) > longest {
		subject = strings.ToValidUTF8(subject[:longest], "") + "…"
	}
	return v.Store.LogAccess(v.r.Context(), v.Plan.ID, v.user, v.address(), action, subject, v.at)
}

// address is the machine that asks. A proxy that is known says for whom it
// does: of what the header lists, the last machine that is no proxy itself,
// since all before it may have been made up.
func (v *visit) address() string {
	peer := hostOf(v.r.RemoteAddr)
	if !v.isProxy(peer) {
		return peer
	}
	hops := strings.Split(strings.Join(v.r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := hostOf(strings.TrimSpace(hops[i]))
		if hop == "" {
			break
		}
		peer = hop
		if !v.isProxy(hop) {
			break
		}
	}
	return peer
}
