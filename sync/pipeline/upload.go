package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
	"doisoat/sync/pull"
)

// DraftLife is how long a file that was checked may wait for its sending.
const DraftLife = time.Hour

// Send sends a draft: the file becomes the next version of the document that
// it replaces, or a new document where replaces is 0, and its reconciliation is
// queued, all in one transaction. ErrNotFound as postgres.SendDraft has it.
func (p *Pipeline) Send(ctx context.Context, sender string, draft, replaces int64) (sent postgres.Upload, err error) {
	now := p.now()
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		sent, err = p.cfg.Store.SendDraft(ctx, tx, p.cfg.Plan.ID, sender, draft, replaces, now.Add(-DraftLife), now)
		if err != nil {
			return err
		}
		if _, err := p.client.InsertTx(ctx, tx, sentArgs{Plan: p.cfg.Plan.ID}, p.insertOpts()); err != nil {
			return fmt.Errorf("queue the reconciliation of what was sent: %w", err)
		}
		return nil
	})
	return sent, err
}

// sentArgs is the job that starts a run for files that were sent.
type sentArgs struct {
	Plan string `json:"plan"`
}

func (sentArgs) Kind() string { return "sent" }

// sentWorker starts a run unless one that began meanwhile took the files, or
// left out what was taken back. While
// a run is under way, which may have passed its sources, it waits.
type sentWorker struct {
	river.WorkerDefaults[sentArgs]
	p *Pipeline
}

// waitForRun is how long the job waits before it looks again.
const waitForRun = 2 * time.Second

// Work is called by River.
func (w *sentWorker) Work(ctx context.Context, _ *river.Job[sentArgs]) error {
	waiting, err := w.p.uploadsWait(ctx)
	if err != nil || !waiting {
		return err
	}
	run, err := w.p.begin(ctx, "upload")
	if _, running := errors.AsType[*postgres.RunningError](err); running {
		return river.JobSnooze(waitForRun)
	}
	if err != nil {
		return err
	}
	w.p.cfg.Log.InfoContext(ctx, "run started for what was sent", "run", run)
	return nil
}

// takeUploads makes the run that begins the one of everything that was sent so
// far, and removes what nobody sent in time.
func (p *Pipeline) takeUploads(ctx context.Context, tx postgres.Tx, run int64) error {
	if err := p.cfg.Store.DropOldDrafts(ctx, tx, p.cfg.Plan.ID, p.now().Add(-DraftLife)); err != nil {
		return err
	}
	if err := p.cfg.Store.TakeWithdrawals(ctx, tx, p.cfg.Plan.ID, run); err != nil {
		return err
	}
	return p.cfg.Store.TakeUploads(ctx, tx, p.cfg.Plan.ID, run)
}

// ownOnly leaves of a document that an agency sent by itself what is its to
// say: no decisions, no allocations, and answers to its own findings alone.
// Whoever may write a file could otherwise accept what it is told to mend.
func (p *Pipeline) ownOnly(ctx context.Context, item pull.Item, d *reconcile.Document) (*reconcile.Document, error) {
	if !item.Own || d.Failure != nil {
		return d, nil
	}
	found, err := p.cfg.Store.Discrepancies(ctx, p.cfg.Plan.ID, postgres.Filter{Agency: item.Agency})
	if err != nil {
		return nil, fmt.Errorf("load whose findings are answered: %w", err)
	}
	own := make(map[string]bool, len(found))
	for i := range found {
		own[found[i].Code] = true
	}
	kept := *d
	kept.Sheets = slices.Clone(d.Sheets)
	for i := range kept.Sheets {
		s := &kept.Sheets[i]
		before := len(s.Responses) + len(s.Decisions) + len(s.Allocations)
		s.Responses = slices.DeleteFunc(slices.Clone(s.Responses), func(r reconcile.Response) bool { return !own[r.Code] })
		s.Decisions, s.Allocations = nil, nil
		if dropped := before - len(s.Responses); dropped > 0 {
			p.cfg.Log.WarnContext(ctx, "what an agency's own file says and is not its to say", "document", d.Source, "sheet", s.Name, "entries", dropped)
		}
	}
	return &kept, nil
}

// Refusal says why the file cannot be sent, in Vietnamese, "" when it can: it
// is unreadable, or an agency sends by itself what only the office may say.
func (c Checked) Refusal(own bool) string {
	if c.Document.Failure != nil {
		return c.Document.Failure.Message
	}
	for i := range c.Document.Sheets {
		if s := &c.Document.Sheets[i]; own && s.Role == reconcile.RoleAllocation {
			return fmt.Sprintf("Trang «%s» là bảng phân bổ chỉ tiêu, chỉ Ban Tổ chức gửi được. Bỏ trang này rồi chọn lại tệp.", s.Name)
		}
	}
	return ""
}

// KindOf says what a file is a list of: the roles of its sheets with the
// programs that they are about. A corrected file has the same.
func KindOf(p *reconcile.Plan, d *reconcile.Document) string {
	programs := make(map[reconcile.Role][]string)
	for i := range d.Sheets {
		s := &d.Sheets[i]
		switch s.Role {
		case reconcile.RoleOther, reconcile.RoleDiscrepancies, reconcile.RoleSummary:
			continue
		}
		of := programs[s.Role]
		for _, r := range s.Registrations() {
			of = append(of, r.Program)
		}
		for j := range s.Estimates {
			of = append(of, s.Estimates[j].Programs...)
		}
		for _, r := range s.Results {
			of = append(of, r.Learner.Program)
		}
		programs[s.Role] = of
	}
	var parts []string
	for role, of := range programs {
		slices.Sort(of)
		of = slices.DeleteFunc(slices.Compact(of), func(code string) bool { return p.Program(code) == nil })
		parts = append(parts, string(role)+" "+strings.Join(of, ","))
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

// Replaced is the document that a draft is most likely a corrected version of,
// 0 for none: the last of its agency under the same name, whatever marks of a
// later sending it has, else the only one of the same kind.
func Replaced(p *reconcile.Plan, current []postgres.Upload, draft postgres.Upload) int64 {
	var alike []int64
	for _, u := range slices.Backward(current) {
		switch {
		case u.Agency != draft.Agency:
		case rule.SameFileName(original(u.Name), original(draft.Name), p.Year):
			return u.Document
		case u.Kind != "" && u.Kind == draft.Kind:
			alike = append(alike, u.Document)
		}
	}
	if len(alike) == 1 {
		return alike[0]
	}
	return 0
}

// original is the name of the file that an annotated copy was made from.
func original(name string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	before, _, _ := strings.Cut(stem, reconcile.AnnotatedSuffix)
	return before + path.Ext(name)
}

// Current returns the last upload of each document, in the order in which they
// were sent.
func Current(sent []postgres.Upload) []postgres.Upload {
	last := make(map[int64]int, len(sent))
	for i := range sent {
		last[sent[i].Document] = i
	}
	var current []postgres.Upload
	for i := range sent {
		if last[sent[i].Document] == i {
			current = append(current, sent[i])
		}
	}
	return current
}
