package web

import (
	"bytes"
	"html/template"
	"net/http"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// statusPage is what the page's template sees.
type statusPage struct {
	pipeline.Status
	Last    reconcile.Run
	HasLast bool
	Failed  []reconcile.SourceRun
	Bars    []bar
}

// bar is an amount of money against the approved budget.
type bar struct {
	Label  string
	Amount reconcile.VND
	Share  int // percent of the budget, not above 100
	Over   bool
}

// status shows how the plan stands.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	state, err := s.service.Status(r.Context())
	if err != nil {
		s.log.ErrorContext(r.Context(), "status page", "error", err)
		http.Error(w, "Chưa đọc được cơ sở dữ liệu. Thử lại sau ít phút; người quản trị xem nhật ký của dịch vụ.", http.StatusServiceUnavailable)
		return
	}
	state.Next = s.next(state.Now)
	page := statusPage{Status: state}
	page.Last, page.HasLast = lastFinished(state.Runs)
	for _, source := range state.Sources {
		if source.Status == reconcile.SourceFailed {
			page.Failed = append(page.Failed, source)
		}
	}
	if page.HasLast {
		page.Bars = bars(state.Plan.Approved, page.Last.Counts)
	}
	var body bytes.Buffer
	if err := s.page.Execute(&body, page); err != nil {
		s.log.ErrorContext(r.Context(), "status page", "error", err)
		http.Error(w, "Trang đang có lỗi.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = body.WriteTo(w) // the reader may have gone
}

func bars(approved reconcile.VND, c reconcile.RunCounts) []bar {
	all := []bar{{Label: "Dự toán", Amount: c.BudgetEstimated}, {Label: "Dự kiến theo đăng ký hợp lệ", Amount: c.BudgetProjected}}
	for i := range all {
		b := &all[i]
		b.Over = b.Amount > approved
		b.Share = 100
		if !b.Over && approved > 0 {
			b.Share = int(b.Amount * 100 / approved)
		}
	}
	return all
}

// words are the functions of the page's template.
func (s *Server) words() template.FuncMap {
	return template.FuncMap{
		"moment": func(t time.Time) string {
			if t.IsZero() {
				return "–"
			}
			return t.In(s.zone).Format("15:04 02/01/2006")
		},
		"took": func(r reconcile.Run) string {
			if r.Finished.IsZero() {
				return "đang chạy"
			}
			return r.Finished.Sub(r.Started).Round(100 * time.Millisecond).String()
		},
		"runState":    runState,
		"sourceState": sourceState,
		"trigger":     trigger,
	}
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
