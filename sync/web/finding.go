package web

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// findingPage is what the template of one finding sees.
type findingPage struct {
	reconcile.Discrepancy
	Places  []place
	History []event
	// Answers and Verdicts are what the visitor may choose from, nil when they
	// may say nothing.
	Answers  []reconcile.Answer
	Verdicts []reconcile.Verdict
	People   bool // the visitor may look the person up
}

// place is where a finding points.
type place struct {
	File, At string
	Link     string // of a Google spreadsheet, "" for files
}

// event is one line of a finding's history.
type event struct {
	At       time.Time
	What, By string
	Text     string
}

// seen returns the finding that the address names, if the visitor may see it.
func (v *visit) seen() (reconcile.Discrepancy, error) {
	d, err := v.Store.Finding(v.r.Context(), v.Plan.ID, reconcile.DiscrepancyCode(v.r.PathValue("code")))
	if err == nil && !v.sees(d.Agency) {
		err = errNotFound
	}
	return d, err
}

// finding shows one finding with all that happened to it.
func (v *visit) finding() error {
	d, err := v.seen()
	if err != nil {
		return err
	}
	if err := v.log(seenFinding, d.Code); err != nil {
		return err
	}
	page := findingPage{Discrepancy: d, People: v.mayLookUp()}
	if page.Places, err = v.placesOf(&d); err != nil {
		return err
	}
	if page.History, err = v.history(d.Code); err != nil {
		return err
	}
	if d.Status != reconcile.StatusGone {
		if v.user.Role == reconcile.UserAgency {
			page.Answers = reconcile.Answers()
		}
		if v.user.Decides() {
			page.Verdicts = reconcile.Verdicts()
		}
	}
	return v.show("finding", "Sai lệch "+d.Code, page)
}

func (v *visit) placesOf(d *reconcile.Discrepancy) ([]place, error) {
	all := append([]reconcile.Origin{d.Place}, d.Related...)
	sources := make([]string, len(all))
	for i := range all {
		sources[i] = all[i].Source
	}
	names, err := v.Store.DocumentNames(v.r.Context(), v.Plan.ID, sources)
	if err != nil {
		return nil, err
	}
	var places []place
	for _, o := range all {
		p := place{File: names[o.Source], At: o.String()}
		if id, ok := strings.CutPrefix(o.Source, "google_sheet:"); ok {
			p.Link = "https://docs.google.com/spreadsheets/d/" + id
		}
		if p.File != "" || p.At != "" {
			places = append(places, p)
		}
	}
	return places, nil
}

// history is what runs found and what people said, oldest first.
func (v *visit) history(code string) ([]event, error) {
	events, err := v.Store.Events(v.r.Context(), v.Plan.ID, code)
	if err != nil {
		return nil, err
	}
	said, err := v.Store.SaidOn(v.r.Context(), v.Plan.ID, code)
	if err != nil {
		return nil, err
	}
	var all []event
	for _, e := range events {
		all = append(all, event{At: e.At, What: eventWord(e.Event)})
	}
	for i := range said {
		all = append(all, v.saidEvent(&said[i]))
	}
	slices.SortStableFunc(all, func(a, b event) int { return a.At.Compare(b.At) })
	return all, nil
}

func (v *visit) saidEvent(s *postgres.Said) event {
	e := event{At: s.Seen, What: "Đơn vị trả lời", Text: strings.Trim(s.Word+": "+s.Text, ": "), By: "trong bảng tính"}
	if s.Kind == "decision" {
		e.What, e.By = "Quyết định", "trong sổ tổng hợp"
	}
	if s.Withdrawn {
		e.What += " được rút lại"
	}
	if login := reconcile.SaidOnPage(s.Source); login != "" {
		e.By = "trên trang này"
		// Who of the office decided is the office's matter.
		if v.user.Role != reconcile.UserAgency || s.Kind == "response" {
			e.By = login + ", trên trang này"
		}
	}
	return e
}

func eventWord(word string) string {
	words := map[string]string{
		"found": "Phát hiện", "changed": "Nội dung thay đổi", "gone": "Không còn", "reopened": "Tái diễn",
		"waived": "Được chấp nhận", "unwaived": "Thôi được chấp nhận",
	}
	return cmp.Or(words[word], word)
}

// answer keeps what the agency says on its finding.
func (v *visit) answer() error {
	if err := v.r.ParseForm(); err != nil {
		return errForm
	}
	d, err := v.seen()
	if err != nil {
		return err
	}
	answer, text := reconcile.Answer(v.r.PostFormValue("answer")), v.r.PostFormValue("text")
	switch {
	case d.Status == reconcile.StatusGone:
		return &refusal{409, "Sai lệch này không còn nữa nên không cần trả lời."}
	case !slices.Contains(reconcile.Answers(), answer):
		return &refusal{422, "Chưa chọn câu trả lời. Quay lại trang trước, chọn một trong bốn câu trả lời rồi gửi lại."}
	case len(text) > longestText:
		return errTooLong
	}
	if err := v.log(saidAnswer, d.Code); err != nil {
		return err
	}
	if err := v.Service.Answer(v.r.Context(), v.user, d.Code, answer, text); err != nil {
		return err
	}
	v.redirect("/findings/" + d.Code + "?ok=answered")
	return nil
}

// longestText bounds what is written beside an answer or a decision, in bytes.
const longestText = 8000

var errTooLong = &refusal{422, "Nội dung quá dài. Quay lại trang trước và rút gọn còn dưới 4.000 ký tự."}
