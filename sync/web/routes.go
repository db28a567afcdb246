package web

import (
	"net/http"
	"slices"

	"doisoat/reconcile"
)

// Route is one address of the page and who may ask for it.
type Route struct {
	Method, Path string
	// May are the roles that are let in; nil is everybody, signed in or not.
	May []reconcile.UserRole
	// Menu is the page's name in the menu of those who may, "" for none.
	Menu string

	handle func(*visit) error
	body   int64 // the largest request body in bytes, 0 for the usual
	sends  bool  // it is there only where files are sent through the page
}

// roles writes down who may.
func roles(r ...reconcile.UserRole) []reconcile.UserRole { return r }

// signedIn is everybody who is known.
func signedIn() []reconcile.UserRole { return reconcile.UserRoles() }

// overseers look after more than one agency.
func overseers() []reconcile.UserRole {
	return roles(reconcile.UserOffice, reconcile.UserPartyBloc, reconcile.UserStateBloc, reconcile.UserAuditor)
}

// Routes is the table of all addresses. A page is a line here.
func Routes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/{$}", handle: (*visit).status},
		{Method: http.MethodGet, Path: "/healthz", handle: (*visit).healthz},
		{Method: http.MethodGet, Path: "/readyz", handle: (*visit).readyz},
		{Method: http.MethodGet, Path: "/metrics", handle: (*visit).showMetrics},
		{Method: http.MethodGet, Path: "/style.css", handle: (*visit).style},
		{Method: http.MethodGet, Path: "/guides", handle: (*visit).showGuides},
		{Method: http.MethodGet, Path: "/guides/{name}", handle: (*visit).showGuide},
		{Method: http.MethodGet, Path: "/guides/pictures/{name}", handle: (*visit).guidePicture},
		{Method: http.MethodGet, Path: "/sign-in", handle: (*visit).signInForm},
		{Method: http.MethodPost, Path: "/sign-in", handle: (*visit).signIn},
		{Method: http.MethodGet, Path: "/sign-in/oidc", handle: (*visit).toProvider},
		{Method: http.MethodGet, Path: "/sign-in/oidc/callback", handle: (*visit).fromProvider},
		{Method: http.MethodGet, Path: "/link/{token}", handle: (*visit).linkForm},
		{Method: http.MethodPost, Path: "/link/{token}", handle: (*visit).useLink},
		{Method: http.MethodPost, Path: "/sign-out", May: signedIn(), handle: (*visit).signOut},

		{Method: http.MethodGet, Path: "/overview", May: signedIn(), Menu: "Tổng quan", handle: (*visit).overview},
		{Method: http.MethodPost, Path: "/runs", May: roles(reconcile.UserOffice), handle: (*visit).runNow},
		{Method: http.MethodGet, Path: "/findings", May: signedIn(), Menu: "Sai lệch", handle: (*visit).findings},
		{Method: http.MethodGet, Path: "/findings/{code}", May: signedIn(), handle: (*visit).finding},
		{Method: http.MethodPost, Path: "/findings/{code}/answer", May: roles(reconcile.UserAgency), handle: (*visit).answer},
		{Method: http.MethodPost, Path: "/decisions", May: roles(reconcile.UserOffice, reconcile.UserPartyBloc, reconcile.UserStateBloc), handle: (*visit).decide},
		{Method: http.MethodGet, Path: "/upload.js", sends: true, handle: (*visit).uploadScript},
		{Method: http.MethodGet, Path: "/uploads", May: signedIn(), Menu: "Gửi tệp", sends: true, handle: (*visit).uploads},
		{Method: http.MethodPost, Path: "/uploads/check", May: maySend(), sends: true, body: largestForm(), handle: (*visit).checkUpload},
		{Method: http.MethodPost, Path: "/uploads/send", May: maySend(), sends: true, handle: (*visit).sendUpload},
		{Method: http.MethodPost, Path: "/uploads/drop", May: maySend(), sends: true, handle: (*visit).dropUpload},
		{Method: http.MethodGet, Path: "/uploads/{id}", May: signedIn(), sends: true, handle: (*visit).upload},
		{Method: http.MethodPost, Path: "/uploads/{id}/withdraw", May: maySend(), sends: true, handle: (*visit).withdrawUpload},
		{Method: http.MethodGet, Path: "/uploads/{id}/file", May: signedIn(), sends: true, handle: (*visit).uploadFile},
		{Method: http.MethodGet, Path: "/uploads/{id}/copy", May: signedIn(), sends: true, handle: (*visit).uploadCopy},
		{Method: http.MethodGet, Path: "/sources", May: signedIn(), Menu: "Nguồn dữ liệu", handle: (*visit).sources},
		{Method: http.MethodGet, Path: "/people", May: overseers(), Menu: "Tìm người", handle: (*visit).people},
		{Method: http.MethodGet, Path: "/people/{id}", May: overseers(), handle: (*visit).person},
		{Method: http.MethodGet, Path: "/reports", May: signedIn(), Menu: "Báo cáo", handle: (*visit).reports},
		{Method: http.MethodGet, Path: "/reports/{path...}", May: signedIn(), handle: (*visit).report},
		{Method: http.MethodGet, Path: "/access-log", May: roles(reconcile.UserOffice, reconcile.UserAuditor), Menu: "Nhật ký truy cập", handle: (*visit).accessLog},
	}
}

// Public reports whether the address is open to people who are not signed in.
func (r *Route) Public() bool { return r.May == nil }

// Lets reports whether somebody of the role is let in.
func (r *Route) Lets(role reconcile.UserRole) bool { return r.Public() || slices.Contains(r.May, role) }
