package web

import (
	"bytes"
	"context"
	"fmt"
	"runtime/debug"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/pipeline"
)

// checkResult is what the check says of one file, as a draft keeps it.
type checkResult struct {
	Format   string         `json:"format"`
	Sheets   []checkedSheet `json:"sheets"`
	Errors   int            `json:"errors"`
	Warnings int            `json:"warnings"`
	Notes    int            `json:"notes"`
	Findings []checkedPlace `json:"findings"`
	More     int            `json:"more"` // findings that are not listed
}

type checkedSheet struct {
	Name          string `json:"name"`
	Role          string `json:"role"`
	Rows          int    `json:"rows"`
	Registrations int    `json:"registrations"`
	NotUnderstood int    `json:"not_understood"`
}

type checkedPlace struct {
	Rule     string             `json:"rule"`
	Severity reconcile.Severity `json:"severity"`
	Place    string             `json:"place"`
	Message  string             `json:"message"`
	Remedy   string             `json:"remedy"`
}

// Word names the severity.
func (c checkedPlace) Word() string { return report.SeverityWord(c.Severity) }

// findingsShown is how many findings a check lists; all are counted.
const findingsShown = 200

func verdictOf(c pipeline.Checked) checkResult {
	d := c.Document
	v := checkResult{Format: string(d.Format)}
	for i := range d.Sheets {
		s := &d.Sheets[i]
		v.Sheets = append(v.Sheets, checkedSheet{s.Name, report.RoleWord(s.Role), s.NonEmptyRows, len(s.Registrations()), s.NotUnderstood()})
	}
	for _, severity := range []reconcile.Severity{reconcile.SeverityError, reconcile.SeverityWarning, reconcile.SeverityInfo} {
		for i := range c.Findings {
			f := &c.Findings[i]
			if f.Severity != severity {
				continue
			}
			switch severity {
			case reconcile.SeverityError:
				v.Errors++
			case reconcile.SeverityWarning:
				v.Warnings++
			default:
				v.Notes++
			}
			if len(v.Findings) == findingsShown {
				v.More++
				continue
			}
			v.Findings = append(v.Findings, checkedPlace{f.Rule, f.Severity, f.Place.String(), f.Message, f.Remedy})
		}
	}
	return v
}

// check reads the file and applies the rules, one file at a time for each two
// processors. A file that makes the reader fail refuses itself alone.
func (v *visit) check(agency string, f received) (checked pipeline.Checked, refused string, err error) {
	ctx, cancel := context.WithTimeout(v.r.Context(), checkWithin)
	defer cancel()
	select {
	case v.receiver.checks <- struct{}{}:
		defer func() { <-v.receiver.checks }()
	case <-ctx.Done():
		return checked, "Máy chủ đang bận kiểm tra tệp của người khác. Gửi lại sau ít phút.", v.r.Context().Err()
	}
	defer func() {
		if fault := recover(); fault != nil {
			v.Log.ErrorContext(ctx, "a fault in reading a file", "size", len(f.content), "fault", fault, "stack", string(debug.Stack()))
			refused = fmt.Sprintf("Không đọc được «%s». Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.", f.name)
		}
	}()
	checked, err = v.Checker.Check(ctx, pipeline.Candidate{
		Name: f.name, Agency: agency, Content: bytes.NewReader(f.content), Size: int64(len(f.content)),
	})
	switch {
	case err == nil:
		return checked, checked.Refusal(!v.sendsForAll()), nil
	case v.r.Context().Err() != nil:
		return checked, "", err // the sender has gone
	}
	return checked, fmt.Sprintf("Đọc «%s» quá thời gian cho phép. Xóa các trang và dòng thừa hoặc tách thành nhiều tệp rồi gửi lại.", f.name), nil
}
