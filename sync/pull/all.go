package pull

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// Deps is what sources need from the program.
type Deps struct {
	// Google gives the client of the Google sources. It is asked for when one
	// of them is used, so that bad credentials do not stop other sources.
	Google func(ctx context.Context) (*google.Client, error)
	// Uploads are the files of the upload source; nil where there is none.
	Uploads Uploads
	// Limits of what a file may make the reader do; zero is the default.
	Limits sheet.Limits
	// Pause waits before a file that was changed a moment ago is looked at
	// again; nil waits on the clock.
	Pause func(ctx context.Context, d time.Duration) error
	// Now is the clock; nil is the machine's.
	Now func() time.Time
}

// sources lists every type of source, one line each.
func sources() map[string]func(Settings, Deps) (Source, error) {
	return map[string]func(Settings, Deps) (Source, error){
		"folder":        newFolder,
		"google_drive":  newGoogleDrive,
		"google_sheet":  newGoogleSheet,
		"google_report": newGoogleReport,
		"reports":       newReports,
		"upload":        newUpload,
	}
}

// Types are the types of source, sorted.
func Types() []string { return slices.Sorted(maps.Keys(sources())) }

// New makes the source that the settings ask for. It touches neither disk nor
// network; Test does.
func New(s Settings, d Deps) (Source, error) {
	build, ok := sources()[s.Type]
	if !ok {
		return nil, fmt.Errorf("không có loại nguồn %q; các loại nguồn: %s", s.Type, strings.Join(Types(), ", "))
	}
	return build(s, d.withDefaults())
}

func (d Deps) withDefaults() Deps {
	if d.Limits == (sheet.Limits{}) {
		d.Limits = sheet.DefaultLimits()
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Pause == nil {
		d.Pause = pause
	}
	return d
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
