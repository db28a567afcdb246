package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

func (a *app) sourcesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "sources",
		Short:   a.lang.pick("Nguồn dữ liệu: liệt kê, kiểm tra", "The sources: list, test"),
		Example: example("doisoat sources list", "doisoat sources test"),
	}
	cmd.AddCommand(a.sourcesListCommand(), a.sourcesTestCommand())
	return cmd
}

func (a *app) sourcesListCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "list",
		Short:   a.lang.pick("Từng nguồn và từng tệp: lần đọc cuối, lần thay đổi cuối, tình trạng", "Each source and file: last read, last change, state"),
		Example: example("doisoat sources list --config doisoat.yaml"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				known, err := s.knownSources(cmd.Context())
				if err != nil {
					return err
				}
				return a.printSources(s, known)
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

// knownSources is what the store knows of the sources and their documents.
type knownSources struct {
	documents []*reconcile.Document
	readings  map[string]reconcile.SourceRun
	faults    map[string]string
	viewOnly  []postgres.ViewOnly
}

func (s *system) knownSources(ctx context.Context) (known knownSources, err error) {
	if known.documents, err = s.store.LoadDocuments(ctx, s.plan.ID); err != nil {
		return known, err
	}
	if known.readings, err = s.store.LastReadings(ctx, s.plan.ID); err != nil {
		return known, err
	}
	if known.faults, err = s.sourceFaults(ctx); err != nil {
		return known, err
	}
	known.viewOnly, err = s.store.ViewOnly(ctx, s.plan.ID)
	return known, err
}

// sourceFaults tells, by source, why the last run could not list it.
func (s *system) sourceFaults(ctx context.Context) (map[string]string, error) {
	faults := make(map[string]string)
	runs, err := s.store.Runs(ctx, s.plan.ID, 1)
	if err != nil || len(runs) == 0 {
		return faults, err
	}
	lines, err := s.store.SourceRuns(ctx, s.plan.ID, runs[0].ID)
	for _, line := range lines {
		if line.Status == reconcile.SourceFailed {
			faults[line.Source] = line.Error
		}
	}
	return faults, err
}

func (a *app) printSources(s *system, known knownSources) error {
	moment := func(t time.Time) string {
		if t.IsZero() {
			return "–"
		}
		return t.In(s.cfg.TimeZone).Format("15:04 02/01/2006")
	}
	var b strings.Builder
	for _, source := range append(append([]pull.Source{}, s.sources...), s.inputs...) {
		fmt.Fprintf(&b, "%s\n", source.ID())
		if fault := known.faults[source.ID()]; fault != "" {
			fmt.Fprintf(&b, "    ✗ %s\n", fault)
		}
	}
	table := tabwriter.NewWriter(&b, 2, 4, 2, ' ', 0)
	fmt.Fprintln(table, a.lang.pick("\nTệp\tĐơn vị\tLần đọc cuối\tThay đổi lần cuối\tĐăng ký\tTình trạng",
		"\nFile\tAgency\tLast read\tLast change\tRegistrations\tState"))
	for _, d := range known.documents {
		if strings.HasPrefix(d.Source, s.answers.ID()+"/") {
			continue
		}
		state := a.lang.pick("đọc được", "readable")
		switch {
		case d.Failure != nil:
			state = d.Failure.Message
		case slices.ContainsFunc(known.viewOnly, func(v postgres.ViewOnly) bool { return v.Source == d.Source }):
			state = a.lang.pick("đọc được, chỉ cho xem: không ghi được sai lệch vào", "readable, view only: nothing can be written into it")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\n", d.File, d.Agency,
			moment(known.readings[d.Source].Finished), moment(d.Received), len(d.Registrations()), state)
	}
	_ = table.Flush() // a strings.Builder never fails
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

func (a *app) sourcesTestCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "test",
		Short:   a.lang.pick("Thử kết nối từng nguồn, không đọc nội dung và không cần cơ sở dữ liệu", "Try each source, reading no content and without database"),
		Example: example("doisoat sources test --config doisoat.yaml"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.configure(settings)
			if err != nil {
				return err
			}
			if bad := a.testSources(cmd.Context(), s); bad != (partialError{}) {
				return &bad
			}
			return nil
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

// testSources tries each source and says how to mend those that fail.
func (a *app) testSources(ctx context.Context, s *system) (bad partialError) {
	for _, source := range append(append([]pull.Source{}, s.sources...), s.inputs...) {
		if err := source.Test(ctx); err != nil {
			if errors.Is(err, pull.ErrViewOnly) {
				bad.viewOnly++
			} else {
				bad.sources++
			}
			a.say(false, source.ID(), a.explain(err))
			continue
		}
		a.say(true, source.ID(), "")
	}
	return bad
}

// say prints one line of a check-up, and below it the remedy.
func (a *app) say(good bool, what, remedy string) {
	mark := "✓"
	if !good {
		mark = "✗"
	}
	a.line(mark, what, remedy)
}

// note prints what is no fault and yet worth knowing.
func (a *app) note(what, remedy string) {
	a.line("!", a.lang.pick("Lưu ý: ", "Note: ")+what, remedy)
}

func (a *app) line(mark, what, remedy string) {
	fmt.Fprintln(a.out, mark+" "+what)
	for line := range strings.Lines(remedy) {
		fmt.Fprintln(a.out, "    "+strings.TrimSpace(line))
	}
}
