package web

import (
	"encoding/hex"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/pipeline"
)

// uploadState is how far a file that was sent has come.
type uploadState struct {
	Word    string
	Waiting bool // it will change by itself
	Bad     bool
	Detail  string
}

// uploadPage is what the template of one file sees.
type uploadPage struct {
	sentFile
	Outcome  postgres.UploadOutcome
	Hash     string
	Versions []version // of its document, newest first
	Last     bool      // no later version stands
	// Withdrawn tells who took it back and when, nil when nobody did.
	Withdrawn *postgres.UploadWithdrawal
	Withdraw  bool // the visitor may take it back
	Earlier   bool // there is an earlier version, which would count again
	Findings  []reconcile.Discrepancy
	Errors    int
	Warnings  int
	More      int  // findings that are not listed
	Copy      bool // the copy with findings can be had
}

// upload shows one file that was sent and what became of it.
func (v *visit) upload() error {
	u, err := v.sentUpload()
	if err != nil {
		return err
	}
	sent, err := v.sentUploads()
	if err != nil {
		return err
	}
	page := uploadPage{Hash: hex.EncodeToString(u.Hash)}
	page.Versions = sent.versions(u.Document)
	standing := slices.DeleteFunc(slices.Clone(page.Versions), func(o version) bool { return o.Withdrawn != nil })
	page.Last = len(standing) == 0 || compareSent(standing[0].Upload, u) <= 0
	stands := len(standing) > 0 && standing[0].ID == u.ID
	if w, ok := sent.withdrawn[u.ID]; ok {
		page.Withdrawn = &w
	}
	page.Withdraw, page.Earlier = stands && v.mayWithdraw(u), len(standing) > 1
	outcomes, err := v.Service.UploadOutcomes(v.r.Context(), u.ID)
	if err != nil {
		return err
	}
	outcome, taken := outcomes[u.ID]
	files, err := v.states([]postgres.Upload{u}, sent)
	if err != nil {
		return err
	}
	page.sentFile, page.Outcome = files[0], outcome
	page.Copy = stands && taken && !outcome.Finished.IsZero() && outcome.Status != reconcile.SourceFailed
	if page.Copy {
		if err := v.findFindings(&page); err != nil {
			return err
		}
	}
	if err := v.log(seenUpload, u.Name); err != nil {
		return err
	}
	v.allowScript()
	return v.show("upload", u.Name, page)
}

// sentUpload is the file that the address names, if the visitor may see it.
func (v *visit) sentUpload() (postgres.Upload, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil {
		return postgres.Upload{}, errNotFound
	}
	u, err := v.Store.Upload(v.r.Context(), v.Plan.ID, id)
	if err == nil && !v.sees(u.Agency) {
		err = errNotFound
	}
	return u, err
}

// findFindings lists what is open in the file's document.
func (v *visit) findFindings(page *uploadPage) error {
	found, err := v.Store.Discrepancies(v.r.Context(), v.Plan.ID, postgres.Filter{
		Source: pipeline.UploadSource(page.Document), Status: reconcile.StatusOpen,
	})
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(d reconcile.Discrepancy) bool { return !v.sees(d.Agency) })
	for i := range found {
		switch found[i].Severity {
		case reconcile.SeverityError:
			page.Errors++
		case reconcile.SeverityWarning:
			page.Warnings++
		}
	}
	page.More = max(0, len(found)-findingsShown)
	page.Findings = found[:len(found)-page.More]
	return nil
}

// states adds to files what became of them.
func (v *visit) states(uploads []postgres.Upload, sent sentFiles) ([]sentFile, error) {
	ids := make([]int64, len(uploads))
	for i := range uploads {
		ids[i] = uploads[i].ID
	}
	outcomes, err := v.Service.UploadOutcomes(v.r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	files := make([]sentFile, len(uploads))
	for i, u := range uploads {
		outcome, taken := outcomes[u.ID]
		state := stateOf(outcome, taken)
		if w, ok := sent.withdrawn[u.ID]; ok {
			if state, err = v.withdrawnState(u, w); err != nil {
				return nil, err
			}
		}
		files[i] = sentFile{u, state}
	}
	return files, nil
}

func stateOf(o postgres.UploadOutcome, taken bool) uploadState {
	switch {
	case !taken:
		return uploadState{Word: "chờ đối soát", Waiting: true}
	case o.Run == reconcile.RunRunning:
		return uploadState{Word: "đang đối soát", Waiting: true}
	case o.Run == reconcile.RunFailed:
		return uploadState{Word: "chưa đối soát xong", Bad: true, Detail: o.RunError}
	case o.Status == reconcile.SourceFailed:
		return uploadState{Word: report.SourceWord(o.Status), Bad: true, Detail: o.Error}
	case o.Status == "":
		return uploadState{Word: "chờ lần đối soát kế tiếp"}
	}
	return uploadState{Word: "đã đối soát", Detail: o.Error}
}

// uploadFile hands out a file as it was sent.
func (v *visit) uploadFile() error {
	u, err := v.sentUpload()
	if err != nil {
		return err
	}
	if err := v.log(seenFile, u.Name); err != nil {
		return err
	}
	content, err := v.Store.UploadContent(v.r.Context(), v.Plan.ID, u.ID)
	if err == nil {
		v.download(u.Name, content)
	}
	return err
}

// uploadCopy hands out the copy with findings of a file's document.
func (v *visit) uploadCopy() error {
	u, err := v.sentUpload()
	if err != nil {
		return err
	}
	if err := v.log(seenReport, u.Name); err != nil {
		return err
	}
	made, err := v.Service.AnnotatedCopy(v.r.Context(), pipeline.UploadSource(u.Document))
	if err == nil {
		v.download(made.Name, made.Content)
	}
	return err
}

// download hands a file out that browsers store and never show: what is in it
// was made by somebody else.
func (v *visit) download(name string, content []byte) {
	h := v.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(content) // the reader may have gone
	}
}
