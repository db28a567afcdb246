package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

func (a *app) historyCommand() *cobra.Command {
	var settings settingsFlags
	var source, at string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "history",
		Short: a.lang.pick("Bảng tính đã ghi gì vào một ngày trước đây", "What a sheet said on an earlier day"),
		Long: a.lang.pick("Không có --at: các thời điểm mà tài liệu thay đổi. Có --at: nội dung của tài liệu vào cuối ngày đó,\n"+
			"hoặc vào đúng giờ đó, theo giờ Việt Nam. Không dữ liệu nào bị xóa: cái đã thay hoặc đã rút vẫn còn ở đây.",
			"Without --at: the moments at which the document changed. With --at: what it said at the end of that\n"+
				"day, or at that time, in Vietnam. Nothing is ever deleted: what was replaced or withdrawn is still here."),
		Example: example(`doisoat history --source "S03/dang ky.xlsx"`,
			`doisoat history --source "S03/dang ky.xlsx" --at 2024-03-03`,
			`doisoat history --source folder:inbox/S03/dang\ ky.xlsx --at "2024-03-03 08:00" --json`),
		Args: a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				id, err := a.findSource(cmd, s, source)
				if err != nil {
					return err
				}
				if at == "" {
					return a.printTimes(cmd, s, id, asJSON)
				}
				moment, err := a.momentOf(at, s.cfg.TimeZone)
				if err != nil {
					return err
				}
				document, err := s.store.DocumentAsOf(cmd.Context(), s.plan.ID, id, moment)
				if err != nil {
					return err
				}
				return a.printAsOf(document, moment, asJSON)
			})
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().StringVar(&source, "source", "", a.lang.pick("tài liệu: mã như trong «findings --json», phần cuối của mã, hoặc tên tệp", "the document: as 'findings --json' names it, the end of that, or the file's name"))
	cmd.Flags().StringVar(&at, "at", "", a.lang.pick("ngày (2024-03-03: cuối ngày đó) hoặc giờ (2024-03-03 08:00)", "a day (2024-03-03: its end) or a time (2024-03-03 08:00)"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.pick("in JSON Lines, như «check --json»", "print JSON Lines, as 'check --json' does"))
	return cmd
}

// findSource returns the identity of the one document, of today or of earlier,
// that ends with what the user wrote, or of today's document that people call
// so: an identity from Google or from the page has no file's name in it.
func (a *app) findSource(cmd *cobra.Command, s *system, written string) (string, error) {
	if written == "" {
		return "", &usageError{command: cmd.CommandPath(), vi: "cần tên tài liệu: --source", en: "which document? --source"}
	}
	known, err := s.store.DocumentSources(cmd.Context(), s.plan.ID)
	if err != nil {
		return "", err
	}
	names, err := s.store.DocumentNames(cmd.Context(), s.plan.ID, known)
	if err != nil {
		return "", err
	}
	wanted := reconcile.Key(written)
	var found []string
	for _, id := range known {
		key := reconcile.Key(id)
		if id == written || key == wanted {
			return id, nil
		}
		if !strings.HasPrefix(id, s.answers.ID()+"/") && (strings.HasSuffix(key, wanted) || reconcile.Key(names[id]) == wanted) {
			found = append(found, id)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", a.errorf("không có tài liệu «%s»; xem `doisoat sources list`", "there is no document «%s»; see `doisoat sources list`", written)
	}
	return "", a.errorf("«%s» có thể là nhiều tài liệu, ghi rõ một trong: %s", "«%s» may be several documents, name one of: %s", written, strings.Join(found, ", "))
}

// momentOf reads a day, which means its end, or a time, in the office's zone.
func (a *app) momentOf(text string, zone *time.Location) (time.Time, error) {
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if moment, err := time.ParseInLocation(layout, text, zone); err == nil {
			return moment, nil
		}
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, &usageError{
			command: "doisoat history",
			vi:      fmt.Sprintf("không hiểu thời điểm %q; ghi như 2024-03-03 hoặc 2024-03-03 08:00", text),
			en:      fmt.Sprintf("the time %q is not understood; write 2024-03-03 or 2024-03-03 08:00", text),
		}
	}
	return moment, nil
}

// changeTime is the public JSON of `history` without --at.
type changeTime struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
	// There: after it the document was in its source.
	There         bool `json:"there"`
	Registrations int  `json:"registrations"`
}

func (a *app) printTimes(cmd *cobra.Command, s *system, source string, asJSON bool) error {
	times, err := s.store.DocumentTimes(cmd.Context(), s.plan.ID, source)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	for _, at := range times {
		change := changeTime{Source: source, At: at.In(s.cfg.TimeZone)}
		document, err := s.store.DocumentAsOf(cmd.Context(), s.plan.ID, source, at)
		if change.There = err == nil; change.There {
			change.Registrations = len(document.Registrations())
		} else if !errors.Is(err, postgres.ErrNotFound) {
			return err
		}
		if asJSON {
			err = encoder.Encode(change)
		} else {
			state := a.lang.pickf("%d đăng ký", "%d registrations", change.Registrations)
			if !change.There {
				state = a.lang.pick("không còn ở nguồn", "no longer in its source")
			}
			_, err = fmt.Fprintf(a.out, "%s  %s\n", change.At.Format("15:04:05 02/01/2006"), state)
		}
		if err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	return nil
}

// printAsOf prints the document as `check` does; a person also gets the lines.
func (a *app) printAsOf(d *reconcile.Document, at time.Time, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(a.out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(checkedJSON(d.Source, d, nil))
	}
	fmt.Fprintln(a.out, a.lang.pickf("Vào lúc %s:", "At %s:", at.Format("15:04:05 02/01/2006")))
	if err := a.printChecked(d.Source, d, nil); err != nil {
		return err
	}
	for _, r := range d.Registrations() {
		if _, err := fmt.Fprintf(a.out, "  %s %d: %s, %s, %s\n", r.Origin.Sheet, r.Origin.Row, r.FullName, r.BirthDate, r.Program); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	return nil
}
