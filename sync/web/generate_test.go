package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
)

// generate fills the site with findings of all agencies, rules, severities and
// ages.
func (s *site) generate(t testing.TB, n int) {
	t.Helper()
	ctx := context.Background()
	rules := []string{"DL02", "DL03", "DK01", "TL02", "CT03", "DL10"}
	findings := make([]reconcile.Finding, 0, n)
	for i := range n {
		agency := s.register.Agencies[i%len(s.register.Agencies)].Code
		f := finding(i, agency, fmt.Sprintf("Nguyễn Văn Số %d", i%5000), []reconcile.Severity{reconcile.SeverityError, reconcile.SeverityWarning, reconcile.SeverityInfo}[i%3])
		f.Rule, f.Program = rules[i%len(rules)], s.plan.Programs[i%len(s.plan.Programs)].Code
		findings = append(findings, f)
	}
	for part := range 4 { // seen first on four days
		now := s.now.AddDate(0, 0, part-40)
		err := s.store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			run, err := s.store.StartRun(ctx, tx, s.plan.ID, "schedule", now)
			if err != nil {
				return err
			}
			if _, err := s.store.SaveFindings(ctx, tx, s.plan.ID, run, findings[:n*(part+1)/4], now); err != nil {
				return err
			}
			return s.store.CloseRun(ctx, tx, s.plan.ID, run, now.Add(time.Minute))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	figures := report.Figures{Money: report.MoneyFigures{HasEstimates: true}}
	for i := range s.plan.Programs {
		p := &s.plan.Programs[i]
		figures.Programs = append(figures.Programs, report.ProgramFigures{
			Code: p.Code, Quota: p.Quota, HasLimit: p.Quota.Places > 0, Limit: p.Quota.Places, Count: report.Count{Registered: p.Quota.Places, Valid: p.Quota.Places / 2},
		})
	}
	body, err := json.Marshal(&report.Summary{Figures: figures, AgencyCount: len(s.register.Agencies)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.SaveFigures(ctx, s.plan.ID, "", 4, body); err != nil {
		t.Fatal(err)
	}
}

// settle does what the server does by itself after a while: it looks at its
// tables, so that the planner knows them.
func (s *site) settle(t testing.TB) {
	t.Helper()
	for _, table := range []string{"discrepancy", "answer", "discrepancy_event"} {
		if _, err := s.store.Pool().Exec(context.Background(), "VACUUM ANALYZE "+table); err != nil {
			t.Fatal(err)
		}
	}
}

// decideOnSome decides on, and answers, the first n findings of the list.
func (s *site) decideOnSome(t testing.TB, n int) {
	t.Helper()
	ctx := context.Background()
	codes, err := s.store.FindingCodes(ctx, s.plan.ID, postgres.FindingQuery{Status: reconcile.StatusOpen, Limit: n})
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		run, err := s.store.NextRun(ctx, tx, s.plan.ID)
		if err != nil {
			return err
		}
		decisions, responses := make([]reconcile.Decision, n), make([]reconcile.Response, n)
		for i, code := range codes {
			decisions[i] = reconcile.Decision{Code: code, Verdict: "ý kiến", Text: "Gửi hồ sơ", Origin: reconcile.Origin{Source: "page:office@example.vn"}}
			responses[i] = reconcile.Response{Code: code, Answer: "dữ liệu đúng", Origin: reconcile.Origin{Source: "page:agency@example.vn"}}
		}
		if _, err := s.store.SaveDecisions(ctx, tx, s.plan.ID, run, decisions, s.now); err != nil {
			return err
		}
		_, err = s.store.SaveResponses(ctx, tx, s.plan.ID, run, responses, s.now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
