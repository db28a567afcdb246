package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doisoat/reconcile"
)

func (a *app) runCommand() *cobra.Command {
	var settings settingsFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: a.lang.pick("Đối soát một lần ngay bây giờ", "Reconcile once, now"),
		Long: a.lang.pick("Đọc mọi nguồn đã thay đổi, đối soát và ghi báo cáo.\n"+
			"Mã thoát: 0 xong, 3 xong nhưng có nguồn không đọc hoặc không ghi được, 1 lỗi, 130 bị dừng.",
			"Reads every source that changed, reconciles and writes the reports.\n"+
				"Exit code: 0 done, 3 done but some sources could not be read or written, 1 failed, 130 stopped."),
		Example: example("doisoat run --config doisoat.yaml", "doisoat run --json | tail -n 1"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				return a.runOnce(cmd.Context(), s, "manual", asJSON)
			})
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.pick("in JSON Lines: từng nguồn, rồi tổng hợp ở dòng cuối", "print JSON Lines: each source, then the summary as the last line"))
	return cmd
}

// runOnce works one run, shows its progress and prints its summary. The error
// says whether sources failed.
func (a *app) runOnce(ctx context.Context, s *system, trigger string, asJSON bool) error {
	progress := a.newProgress()
	p, err := s.newPipeline(ctx, progress.event)
	if err != nil {
		return err
	}
	run, err := p.Run(ctx, trigger)
	progress.close()
	if run.ID == 0 {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	sources, listErr := s.store.SourceRuns(ctx, s.plan.ID, run.ID)
	viewOnly, viewErr := s.store.ViewOnly(ctx, s.plan.ID)
	if err = errors.Join(err, listErr, viewErr); err != nil {
		return err
	}
	if asJSON {
		err = a.printRunJSON(run, sources)
	} else {
		err = a.printRun(s, run, sources, viewOnly)
	}
	if err != nil {
		return err
	}
	return a.runOutcome(run)
}

// runOutcome turns the ledger's line into the command's error. A report that
// could not be written weighs more than a source that could not be read: the
// work is not done.
func (a *app) runOutcome(run reconcile.Run) error {
	switch {
	case run.Status == reconcile.RunFailed:
		return a.errorf("lần chạy %d không hoàn thành: %s", "run %d did not finish: %s", run.ID, run.Error)
	case run.Error != "":
		return a.errorf("lần chạy %d: %s", "run %d: %s", run.ID, run.Error)
	case run.Counts.SourcesFailed > 0 || run.Counts.SourcesViewOnly > 0:
		return &partialError{sources: run.Counts.SourcesFailed, viewOnly: run.Counts.SourcesViewOnly}
	}
	return nil
}

// ranSource and ranSummary are the public JSON of `run --json`.
type ranSource struct {
	Source        string                 `json:"source"`
	File          string                 `json:"file"`
	Agency        string                 `json:"agency,omitempty"`
	Status        reconcile.SourceStatus `json:"status"`
	Rows          int                    `json:"rows"`
	Registrations int                    `json:"registrations"`
	NotUnderstood int                    `json:"not_understood"`
	Error         string                 `json:"error,omitempty"`
}

type ranSummary struct {
	Run      int64               `json:"run"`
	Status   reconcile.RunStatus `json:"status"`
	Sources  ranSources          `json:"sources"`
	Rows     ranRows             `json:"rows"`
	Findings ranFindings         `json:"findings"`
	Budget   ranBudget           `json:"budget"`
	Reports  int                 `json:"reports_written"`
	Duration int64               `json:"duration_ms"`
	Error    string              `json:"error,omitempty"`
}

type ranSources struct {
	Read      int `json:"read"`
	Unchanged int `json:"unchanged"`
	Failed    int `json:"failed"`
	ViewOnly  int `json:"view_only"` // read, but not to be written into
}

type ranRows struct {
	NonEmpty      int `json:"nonempty"`
	Registrations int `json:"registrations"`
	NotUnderstood int `json:"not_understood"`
}

type ranFindings struct {
	New    int `json:"new"`
	Open   int `json:"open"`
	Gone   int `json:"gone"`
	Waived int `json:"waived"`
}

type ranBudget struct {
	Approved  reconcile.VND `json:"approved"`
	Estimated reconcile.VND `json:"estimated"`
	Projected reconcile.VND `json:"projected"`
}

func (a *app) printRunJSON(run reconcile.Run, sources []reconcile.SourceRun) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	for _, s := range sources {
		err := encoder.Encode(ranSource{
			Source: s.Source, File: s.File, Agency: s.Agency, Status: s.Status,
			Rows: s.Rows, Registrations: s.Registrations, NotUnderstood: s.NotUnderstood, Error: s.Error,
		})
		if err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	c := run.Counts
	return encoder.Encode(ranSummary{
		Run: run.ID, Status: run.Status,
		Sources:  ranSources{c.SourcesRead, c.SourcesUnchanged, c.SourcesFailed, c.SourcesViewOnly},
		Rows:     ranRows{c.RowsNonEmpty, c.RowsRegistrations, c.RowsNotUnderstood},
		Findings: ranFindings{c.FindingsNew, c.FindingsOpen, c.FindingsGone, c.FindingsWaived},
		Budget:   ranBudget{c.BudgetApproved, c.BudgetEstimated, c.BudgetProjected},
		Reports:  c.ReportsWritten, Duration: run.Finished.Sub(run.Started).Milliseconds(), Error: run.Error,
	})
}
