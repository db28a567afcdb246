package web

import (
	"html/template"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// words are the functions of the templates.
func (s *Server) words() template.FuncMap {
	return template.FuncMap{
		"moment":       s.moment,
		"took":         took,
		"runState":     runState,
		"trigger":      trigger,
		"sourceState":  sourceState,
		"number":       report.Number,
		"agency":       s.agencyName,
		"who":          s.who,
		"accessRole":   func(role string) string { return roleWord(reconcile.UserRole(role)) },
		"action":       actionWord,
		"severityWord": report.SeverityWord,
		"script":       func() string { return "/upload.js?" + scriptVersion },
	}
}

func (s *Server) moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(s.Zone).Format("15:04 02/01/2006")
}

func took(r reconcile.Run) string {
	if r.Finished.IsZero() {
		return "đang chạy"
	}
	return r.Finished.Sub(r.Started).Round(100 * time.Millisecond).String()
}

// agencyName names an agency; what belongs to none is the office's.
func (s *Server) agencyName(code string) string {
	if code == "" {
		return s.Plan.Issuer
	}
	return s.Register.AgencyName(code)
}

// who says whom the user stands for.
func (s *Server) who(u reconcile.User) string {
	if u.Role == reconcile.UserAgency {
		return s.Register.AgencyName(u.Agency)
	}
	return roleWord(u.Role)
}

func roleWord(role reconcile.UserRole) string {
	switch role {
	case reconcile.UserOffice:
		return "Ban Tổ chức"
	case reconcile.UserPartyBloc:
		return "Cơ quan đầu mối " + report.BlocWord(reconcile.PartyBloc)
	case reconcile.UserStateBloc:
		return "Cơ quan đầu mối " + report.BlocWord(reconcile.StateBloc)
	case reconcile.UserAgency:
		return "Cơ quan, đơn vị"
	case reconcile.UserAuditor:
		return "Kiểm tra, giám sát (chỉ xem)"
	}
	return string(role)
}

func runState(status reconcile.RunStatus) string {
	switch status {
	case reconcile.RunDone:
		return "xong"
	case reconcile.RunPartial:
		return "xong, có nguồn lỗi"
	case reconcile.RunFailed:
		return "không hoàn thành"
	}
	return "đang chạy"
}

func sourceState(status reconcile.SourceStatus) string {
	switch status {
	case reconcile.SourceRead:
		return "đọc mới"
	case reconcile.SourceUnchanged:
		return "không đổi"
	case reconcile.SourceGone:
		return "không còn"
	}
	return "không đọc được"
}

func trigger(t string) string {
	switch t {
	case "schedule":
		return "theo lịch"
	case "demo":
		return "chạy thử"
	}
	return "bằng tay"
}
