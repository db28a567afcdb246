package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// NotSharedError says that this machine does not see what the others that work
// the same plan see.
type NotSharedError struct {
	Folder string
	Hosts  []string // the other machines
	cause  error    // why the folder cannot be read; nil when it is another one
}

// Error names the folder and says what to do.
func (e *NotSharedError) Error() string {
	others := strings.Join(e.Hosts, ", ")
	const remedy = "gắn cùng một thư mục dùng chung (NFS, SMB) trên mọi máy, hoặc chạy máy này không có vai trò worker (--roles scheduler,web)"
	if e.cause != nil {
		return fmt.Sprintf("máy này không đọc được %s mà máy %s đang dùng; %s: %v", e.Folder, others, remedy, e.cause)
	}
	return fmt.Sprintf("thư mục báo cáo %s của máy này không có báo cáo nào mà máy %s đã ghi; %s", e.Folder, others, remedy)
}

// Unwrap is why the folder cannot be read.
func (e *NotSharedError) Unwrap() error { return e.cause }

// CheckShared makes sure that this machine can work any job of the plan, when
// other machines work it, too; a *NotSharedError says why it cannot. It has to read every folder that is a source,
// and its reports folder has to be theirs. A worker without them would call
// sources lost that the others read, and scatter the reports.
func (p *Pipeline) CheckShared(ctx context.Context) error {
	hosts, err := p.cfg.Store.OtherHosts(ctx, p.cfg.Plan.ID)
	if err != nil || len(hosts) == 0 {
		return err
	}
	for _, s := range p.sources() {
		if inGoogle(s.ID()) {
			continue
		}
		if err := s.Test(ctx); err != nil {
			return &NotSharedError{Folder: s.ID(), Hosts: hosts, cause: err}
		}
	}
	known, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return err
	}
	written, seen := 0, 0
	for path := range known {
		if inGoogle(path) {
			continue
		}
		written++
		if _, err := os.Stat(filepath.Join(p.cfg.Reports, path)); err == nil {
			seen++
		}
	}
	if written > 0 && seen == 0 {
		return &NotSharedError{Folder: p.cfg.Reports, Hosts: hosts}
	}
	return nil
}

// inGoogle reports whether a source, or what is known of a report, is on
// Google, which is the same from everywhere.
func inGoogle(id string) bool { return strings.HasPrefix(id, "google_") }
