package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// Files are sent in two steps: a file is checked and kept as a draft, which its
// sender alone sees and which is removed after a while; then the sender sends
// the draft, without the file being transferred again.

// maySend are those who may send files: an agency its own, a bloc's office those
// of its agencies, the office any.
func maySend() []reconcile.UserRole {
	return roles(reconcile.UserOffice, reconcile.UserPartyBloc, reconcile.UserStateBloc, reconcile.UserAgency)
}

func (v *visit) sends() bool { return slices.Contains(maySend(), v.user.Role) }

// sendsForAll reports whether what the visitor sends is the office's word, also
// where it says decisions or allocations.
func (v *visit) sendsForAll() bool { return v.user.Role == reconcile.UserOffice }

// draftsAtOnce is how many drafts one sender may have.
const draftsAtOnce = 30

// uploadsPage is what the template of the page sees.
type uploadsPage struct {
	Sends    bool
	Agencies []reconcile.Agency // to choose from, nil where there is no choice
	Any      bool               // the sheets may say whose file it is
	MaxMB    int64
	Files    int
	Results  []draft // of drafts, and of files that cannot be sent
	Sent     []sentFile
	// Start and Older are the addresses of the list's start and of the next
	// page, "" where one is there already or there is none.
	Start, Older string
}

// draft is a file that was checked.
type draft struct {
	postgres.Upload
	Refused string // why it cannot be sent, "" when it can
	checkResult
	Until    time.Time
	Earlier  []postgres.Upload // documents that it may replace
	Replaces int64
	key      string // of one that is no draft
}

// Key names the file within the page.
func (d draft) Key() string { return "file-" + cmp.Or(d.key, strconv.FormatInt(d.ID, 10)) }

// sentFile is a file that was sent, with what became of it.
type sentFile struct {
	postgres.Upload
	State uploadState
}

// uploads shows what may be sent and what was.
func (v *visit) uploads() error { return v.showUploads(http.StatusOK, nil) }

// sentAtOnce is how many files a page lists; each document's own page has all
// of its versions.
const sentAtOnce = 50

func (v *visit) showUploads(status int, refused []draft) error {
	page := uploadsPage{Sends: v.sends(), MaxMB: pipeline.LargestFile() >> 20, Files: filesAtOnce, Results: refused, Any: v.sendsForAll()}
	sent, err := v.sentUploads()
	if err != nil {
		return err
	}
	if page.Sends {
		drafts, err := v.drafts(pipeline.Current(sent.standing()))
		if err != nil {
			return err
		}
		page.Results = append(page.Results, drafts...)
	}
	page.Agencies = v.choice()
	if page.Sent, err = v.states(v.pageOf(&page, sent), sent); err != nil {
		return err
	}
	if err := v.log(seenUploads, "tệp đã gửi"); err != nil {
		return err
	}
	v.allowScript()
	return v.showAs(status, "uploads", "Gửi tệp", page)
}

// pageOf are the files to be listed, newest first: those before the one that the
// address names, which a later one may have replaced since.
func (v *visit) pageOf(page *uploadsPage, sent sentFiles) []postgres.Upload {
	current := sent.documents()
	before, _ := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64) // no number: from the newest on
	if i := slices.IndexFunc(sent.all, func(u postgres.Upload) bool { return u.ID == before }); i >= 0 {
		page.Start = "/uploads#sent"
		from := slices.IndexFunc(current, func(u postgres.Upload) bool { return compareSent(u, sent.all[i]) >= 0 })
		if from >= 0 {
			current = current[:from]
		}
	}
	slices.Reverse(current)
	if len(current) > sentAtOnce {
		current = current[:sentAtOnce]
		page.Older = fmt.Sprintf("/uploads?before=%d#sent", current[sentAtOnce-1].ID)
	}
	return current
}

// compareSent orders files as they were sent.
func compareSent(a, b postgres.Upload) int {
	return cmp.Or(a.Sent.Compare(b.Sent), cmp.Compare(a.ID, b.ID))
}

// choice lists the agencies that the visitor may send for, nil when there is
// one only.
func (v *visit) choice() []reconcile.Agency {
	if v.user.Role == reconcile.UserAgency {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Register.Agencies), func(a reconcile.Agency) bool { return !v.sees(a.Code) })
}

func (v *visit) drafts(current []postgres.Upload) ([]draft, error) {
	kept, err := v.Store.Drafts(v.r.Context(), v.Plan.ID, v.user.Login, v.at.Add(-pipeline.DraftLife))
	if err != nil {
		return nil, err
	}
	drafts := make([]draft, len(kept))
	for i, u := range kept {
		d := draft{Upload: u, Until: u.Created.Add(pipeline.DraftLife), Replaces: pipeline.Replaced(v.Plan, current, u)}
		if err := json.Unmarshal(u.Checked, &d.checkResult); err != nil {
			return nil, fmt.Errorf("read what the check of draft %d said: %w", u.ID, err)
		}
		for _, c := range current {
			if c.Agency == u.Agency {
				d.Earlier = append(d.Earlier, c)
			}
		}
		drafts[i] = d
	}
	return drafts, nil
}

// checkUpload takes files in, checks them and keeps those that can be sent.
func (v *visit) checkUpload() error {
	leave, err := v.receiver.enter(v.r.Context(), v.session, v.r.ContentLength)
	if err != nil {
		return err
	}
	defer leave()
	chosen, files, err := v.receive()
	if err != nil {
		return err
	}
	agency, err := v.sendingAgency(chosen)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return &refusal{http.StatusBadRequest, "Chưa chọn tệp nào. Quay lại trang trước và chọn tệp cần gửi."}
	}
	kept, err := v.Store.Drafts(v.r.Context(), v.Plan.ID, v.user.Login, v.at.Add(-pipeline.DraftLife))
	if err != nil {
		return err
	}
	if len(kept)+len(files) > draftsAtOnce {
		return &refusal{http.StatusConflict, fmt.Sprintf("Bạn còn %d tệp đã kiểm tra mà chưa gửi. Gửi hoặc bỏ bớt rồi kiểm tra tiếp.", len(kept))}
	}
	var refused []draft
	for i, f := range files {
		r, err := v.keepDraft(agency, f)
		if err != nil {
			return err
		}
		if r != nil {
			r.key = "refused-" + strconv.Itoa(i)
			refused = append(refused, *r)
		}
	}
	if len(refused) > 0 {
		return v.showUploads(http.StatusUnprocessableEntity, refused)
	}
	v.redirect("/uploads#checked")
	return nil
}

// sendingAgency is the agency that the visitor sends for.
func (v *visit) sendingAgency(chosen string) (string, error) {
	switch {
	case v.user.Role == reconcile.UserAgency:
		return v.user.Agency, nil
	case chosen == "" && v.sendsForAll():
		return "", nil
	case v.Register.Agency(chosen) != nil && v.sees(chosen):
		return chosen, nil
	}
	return "", &refusal{http.StatusBadRequest, "Chưa chọn cơ quan, hoặc cơ quan không thuộc phạm vi của bạn. Quay lại trang trước và chọn cơ quan gửi tệp."}
}

// keepDraft checks a file and keeps it; it returns a file that cannot be sent,
// of which nothing is kept.
func (v *visit) keepDraft(agency string, f received) (*draft, error) {
	checked, refused, err := v.check(agency, f)
	if err != nil {
		return nil, err
	}
	if err := v.log(checkedFile, f.name); err != nil {
		return nil, err
	}
	u := postgres.Upload{Agency: agency, Own: !v.sendsForAll(), Name: f.name, Size: int64(len(f.content)), Sender: v.user.Login}
	if refused != "" {
		d := &draft{Upload: u, Refused: refused}
		if checked.Document != nil && checked.Document.Failure == nil {
			d.checkResult = verdictOf(checked)
		}
		return d, nil
	}
	if u.Agency == "" {
		u.Agency = checked.Document.Agency
	}
	u.Kind = pipeline.KindOf(v.Plan, checked.Document)
	if u.Checked, err = json.Marshal(verdictOf(checked)); err != nil {
		return nil, fmt.Errorf("keep what the check said: %w", err)
	}
	_, err = v.Store.SaveDraft(v.r.Context(), v.Plan.ID, u, f.content, v.at.Add(-pipeline.DraftLife), v.at)
	return nil, err
}

// sendUpload sends a draft.
func (v *visit) sendUpload() error {
	id, err := v.number("draft")
	if err != nil {
		return err
	}
	replaces, err := v.number("replaces")
	if err != nil {
		return err
	}
	if err := v.log(sentUpload, "tệp số "+strconv.FormatInt(id, 10)); err != nil {
		return err
	}
	sent, err := v.Service.Send(v.r.Context(), v.user.Login, id, replaces)
	if err != nil {
		return err
	}
	v.redirect("/uploads/" + strconv.FormatInt(sent.ID, 10) + "?ok=sent")
	return nil
}

// dropUpload removes a draft of the visitor.
func (v *visit) dropUpload() error {
	id, err := v.number("draft")
	if err != nil {
		return err
	}
	if err := v.Store.DropDraft(v.r.Context(), v.Plan.ID, v.user.Login, id); err != nil {
		return err
	}
	v.redirect("/uploads?ok=dropped")
	return nil
}

// number reads a field of the form.
func (v *visit) number(field string) (int64, error) {
	n, err := strconv.ParseInt(v.r.PostFormValue(field), 10, 64)
	if err != nil || n < 0 {
		return 0, errForm
	}
	return n, nil
}
