package web

import (
	"cmp"
	"fmt"
	"html/template"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// words are the functions of the templates.
func (s *Server) words() template.FuncMap {
	return template.FuncMap{
		"moment":      s.moment,
		"took":        took,
		"runState":    report.RunWord,
		"trigger":     report.TriggerWord,
		"sourceState": report.SourceWord,
		"number":      report.Number,
		"day":         func(t time.Time) string { return t.In(s.Zone).Format("02/01/2006") },
		"severity":    report.SeverityWord,
		"status":      func(d reconcile.Discrepancy) string { return report.StatusWord(&d) },
		"rule":        func(id string) string { return cmp.Or(s.Service.RuleTitles()[id], id) },
		"program":     s.Plan.ProgramName,
		"answerMeans": func(id string, a string) string {
			return report.AnswerMeaning(s.Service.Meaning(id), reconcile.Answer(a))
		},
		"verdictMeans": func(id string, v string) string {
			return report.VerdictMeaning(s.Service.Meaning(id), reconcile.Verdict(v))
		},
		"pair":       func(a, b, chosen string) option { return option{a, b, chosen} },
		"link":       findingsLink,
		"ago":        s.ago,
		"born":       bornWord,
		"size":       sizeWord,
		"lines":      func(lines []line, key, title string) linesTable { return linesTable{lines, key, title} },
		"own":        func(lines []sourceLine) sourcesPage { return sourcesPage{Sources: lines, One: true} },
		"agency":     s.agencyName,
		"who":        s.who,
		"accessRole": func(role string) string { return roleWord(reconcile.UserRole(role)) },
		"action":     actionWord,
		"script":     func() string { return "/upload.js?" + scriptVersion },
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
	return report.DurationWord(r.Finished.Sub(r.Started))
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

// option is an entry of a list to choose from, as its template sees it.
type option struct{ A, B, Chosen string }

// ago is how long ago it was, for people.
func (s *Server) ago(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	d := s.Now().Sub(t)
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d phút trước", max(0, int(d/time.Minute)))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d giờ trước", int(d/time.Hour))
	}
	return fmt.Sprintf("%d ngày trước", int(d/(24*time.Hour)))
}

// linesTable is a table of findings counted by something, as its template sees
// it.
type linesTable struct {
	Lines      []line
	Key, Title string
}

// bornWord writes a date of birth as far as it is known.
func bornWord(text string) string {
	date, err := reconcile.ParseDate(text)
	if err != nil {
		return text
	}
	return date.Vietnamese()
}

func sizeWord(n int64) string { return report.Number(int((n+1023)/1024)) + " KB" }
