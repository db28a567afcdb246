package pipeline

import (
	"context"
	"log/slog"
	"strings"
	"testing"
)

func TestJobLog(t *testing.T) {
	var b strings.Builder
	log := slog.New(jobLog{slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})})
	job := aboutJob(context.Background(), slog.Int64("run", 7), slog.String("source", "folder:inbox/S03/a.xlsx"))
	log.WarnContext(job, "một")
	log.WarnContext(job, "hai", "run", 8)
	log.With("plan", "p").WarnContext(context.Background(), "ba")
	want := "level=WARN msg=một run=7 source=folder:inbox/S03/a.xlsx\n" +
		"level=WARN msg=hai run=8 source=folder:inbox/S03/a.xlsx\n" +
		"level=WARN msg=ba plan=p\n"
	if b.String() != want {
		t.Errorf("the log is\n%swant\n%s", &b, want)
	}
}
