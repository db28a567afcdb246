package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doisoat/sync/pipeline"
)

// A machine that joins others has to see their folders; alone it works with
// what it has.
func TestJoinOtherMachines(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an)
	b.run()
	_, err := b.store.Pool().Exec(t.Context(), `
		INSERT INTO worker (plan_id, name, host, started_at, seen_at) VALUES ($1, 'doisoat/may-chu-2-1-x', 'may-chu-2', now(), now())`, b.plan.ID)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(folder string) {
		t.Helper()
		_, err := b.pipeline().Run(t.Context(), "manual")
		shared, ok := errors.AsType[*pipeline.NotSharedError](err)
		if !ok || shared.Folder != folder || !slices.Contains(shared.Hosts, "may-chu-2") || !strings.Contains(err.Error(), "--roles") {
			t.Errorf("joining without %s: %v", folder, err)
		}
	}
	b.run() // it sees what they see

	away := b.inbox + " (chưa gắn)"
	rename := func(from, to string) {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	rename(b.inbox, away)
	refused("folder:inbox")
	rename(away, b.inbox)

	rename(b.reports, away)
	if err := os.MkdirAll(b.reports, 0o755); err != nil {
		t.Fatal(err)
	}
	refused(b.reports)
}
