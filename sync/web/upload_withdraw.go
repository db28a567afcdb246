package web

import (
	"fmt"
	"net/http"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// sentFiles are the files that the visitor may see, in the order in which they
// were sent, and which of them were taken back.
type sentFiles struct {
	all       []postgres.Upload
	withdrawn map[int64]postgres.UploadWithdrawal
}

// version is one file of a document.
type version struct {
	postgres.Upload
	Withdrawn *postgres.UploadWithdrawal // nil when it was not taken back
}

func (v *visit) sentUploads() (sentFiles, error) {
	agencies, all := v.user.Scope(v.Register)
	if !all && agencies == nil {
		agencies = []string{}
	}
	sent, err := v.Store.SentUploads(v.r.Context(), v.Plan.ID, agencies)
	if err != nil {
		return sentFiles{}, err
	}
	withdrawn, err := v.Store.UploadWithdrawals(v.r.Context(), v.Plan.ID)
	return sentFiles{sent, withdrawn}, err
}

// standing are the files that were not taken back.
func (s sentFiles) standing() []postgres.Upload { return pipeline.Standing(s.all, s.withdrawn) }

// documents are the file of each document that counts, or the last one where all
// were taken back.
func (s sentFiles) documents() []postgres.Upload {
	documents := pipeline.Current(s.standing())
	known := make(map[int64]bool, len(documents))
	for i := range documents {
		known[documents[i].Document] = true
	}
	for _, u := range pipeline.Current(s.all) {
		if !known[u.Document] {
			documents = append(documents, u)
		}
	}
	slices.SortFunc(documents, compareSent)
	return documents
}

// versions are the files of a document, newest first.
func (s sentFiles) versions(document int64) []version {
	var all []version
	for _, u := range slices.Backward(s.all) {
		if u.Document != document {
			continue
		}
		one := version{Upload: u}
		if w, ok := s.withdrawn[u.ID]; ok {
			one.Withdrawn = &w
		}
		all = append(all, one)
	}
	return all
}

// mayWithdraw reports whether the visitor may take the file back: the office
// any, others what was sent for an agency of theirs alone.
func (v *visit) mayWithdraw(u postgres.Upload) bool {
	return v.sendsForAll() || v.sends() && u.Own && v.sees(u.Agency)
}

// withdrawUpload takes a file back that was sent by mistake.
func (v *visit) withdrawUpload() error {
	u, err := v.sentUpload()
	if err != nil {
		return err
	}
	if !v.mayWithdraw(u) {
		return errNotFound
	}
	if v.r.PostFormValue("sure") != "yes" {
		return &refusal{http.StatusUnprocessableEntity, "Chưa xác nhận. Quay lại trang trước, đánh dấu ô xác nhận rồi bấm Rút tệp."}
	}
	if err := v.log(tookBack, fmt.Sprintf("%s (tệp số %d)", u.Name, u.ID)); err != nil {
		return err
	}
	done, err := v.Service.Withdraw(v.r.Context(), v.user.Login, u.ID)
	if err != nil {
		return err
	}
	if !done {
		return &refusal{http.StatusConflict, "Tệp này đã được rút, hoặc đã có tệp gửi sau thay cho nó. Quay lại trang trước và tải lại trang."}
	}
	v.redirect(fmt.Sprintf("/uploads/%d?ok=withdrawn", u.ID))
	return nil
}

// withdrawnState is how far a file that was taken back has gone.
func (v *visit) withdrawnState(u postgres.Upload, w postgres.UploadWithdrawal) (uploadState, error) {
	switch w.Run {
	case "", reconcile.RunRunning:
		return uploadState{Word: "đã rút, chờ đối soát", Waiting: true}, nil
	case reconcile.RunFailed:
		return uploadState{Word: "đã rút, chờ lần đối soát kế tiếp"}, nil
	}
	held, err := v.Service.UploadHeld(v.r.Context(), u.Document)
	if held {
		return uploadState{
			Word:   "đã rút, chờ Ban Tổ chức xác nhận",
			Detail: "Rút tệp làm mất nhiều dòng, nên vẫn tính như cũ đến khi Ban Tổ chức chấp nhận sai lệch NG05 của tệp này.",
		}, err
	}
	return uploadState{Word: "đã rút"}, err
}
