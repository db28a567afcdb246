//go:build unix

package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDeathOnFullDisk: what the server says before it dies is told apart, and
// what an earlier one said is not taken for it.
func TestDeathOnFullDisk(t *testing.T) {
	t.Parallel()
	const full = "2024-03-05 01:00:03.346 UTC [23] FATAL:  could not write lock file \"postmaster.pid\": No space left on device\n" +
		"2024-03-05 01:00:03.353 UTC [19] LOG:  database system is shut down\n"
	const other = "2024-03-06 01:00:03.353 UTC [31] FATAL:  data directory \"/srv/data\" has invalid permissions\n"
	for name, tt := range map[string]struct {
		before, after string
		full          bool
	}{
		"the disk is full":      {"", full, true},
		"it was full yesterday": {full, other, false},
		"another fault":         {"", other, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &Server{layout: layout{log: filepath.Join(t.TempDir(), "server.log")}}
			if err := os.WriteFile(s.layout.log, []byte(tt.before), 0o600); err != nil {
				t.Fatal(err)
			}
			log, err := s.openLog()
			if err != nil {
				t.Fatal(err)
			}
			defer log.Close()
			if _, err := log.WriteString(tt.after); err != nil {
				t.Fatal(err)
			}
			err = s.deathReport()
			if errors.Is(err, ErrFull) != tt.full || !errors.Is(err, errServerDied) {
				t.Errorf("the report is %v", err)
			}
			if lines := strings.TrimSpace(tt.after); !strings.Contains(err.Error(), lines[len(lines)-20:]) {
				t.Errorf("the server's last words are missing: %v", err)
			}
		})
	}
}
