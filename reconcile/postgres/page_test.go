package postgres_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// What is decided on the page stands, whether the workbooks of the last run show
// it already or still show what stood before; nothing else is said by them.
func TestDecisionOnThePage(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := newLedger(t)
	finding := birthDate("Nguyễn Văn An")
	code := finding.Code(planID)
	l.find(day(2), finding)
	office := reconcile.User{Login: "btc@tinhuy.example.vn", Role: reconcile.UserOffice}
	head := reconcile.User{Login: "truongban@tinhuy.example.vn", Role: reconcile.UserOffice}
	minute := 0
	decide := func(source, verdict string) {
		t.Helper()
		minute++
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			run := l.run
			if reconcile.SaidOnPage(source) != "" {
				var err error
				if run, err = l.NextRun(ctx, tx, planID); err != nil {
					return err
				}
			}
			d := reconcile.Decision{Code: code, Verdict: verdict, Origin: reconcile.Origin{Source: source}}
			_, err := l.SaveDecisions(ctx, tx, planID, run, []reconcile.Decision{d}, day(3).Add(time.Duration(minute)*time.Minute))
			return err
		})
	}
	stands := func(want string) {
		t.Helper()
		found, err := l.Finding(ctx, planID, code)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if found.Decision != nil {
			got = found.Decision.Verdict
		}
		if got != want {
			t.Errorf("%q stands, want %q", got, want)
		}
	}
	const all, bloc = "reports:all.xlsx", "reports:bloc.xlsx"
	decide(all, "chấp nhận")
	l.next(day(3))
	decide(all, "chấp nhận")
	decide(bloc, "chấp nhận")
	// The run is under way: some of its reports may show this, others not.
	decide(office.Source(), "không chấp nhận")
	l.next(day(4))
	decide(bloc, "chấp nhận")
	stands("không chấp nhận")
	decide(bloc, "không chấp nhận")
	decide(all, "không chấp nhận")
	stands("không chấp nhận")
	// Somebody else on the page, and then the first again: the last word counts.
	decide(head.Source(), "ý kiến")
	stands("ý kiến")
	decide(office.Source(), "không chấp nhận")
	stands("không chấp nhận")
	decide(head.Source(), "ý kiến")
	stands("ý kiến")
	l.next(day(5))
	decide(all, "không chấp nhận") // as the reports of the run before show it
	decide(bloc, "không chấp nhận")
	stands("ý kiến")
	// A word of its own in a workbook overrules the page.
	l.next(day(6))
	decide(all, "ý kiến")
	decide(bloc, "chấp nhận")
	stands("chấp nhận")

	said, err := l.SaidOn(ctx, planID, code)
	if err != nil || len(said) < 6 || said[0].Source != all || said[1].Source != office.Source() {
		t.Errorf("said %+v, %v", said, err)
	}
	if _, err := l.Finding(ctx, planID, "DL02-XXXXXXXX"); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a code that nobody has: %v", err)
	}
}

// withFindings gives a ledger thirty findings: of two agencies and the office, of all
// severities, in two runs.
func withFindings(t *testing.T) *ledger {
	l := newLedger(t)
	var findings []reconcile.Finding
	for i := range 30 {
		f := birthDate(fmt.Sprintf("Nguyễn Văn %c", 'A'+i%26))
		f.Subject = fmt.Sprintf("S03|CCLLCT-TT|%02d", i)
		f.Severity = []reconcile.Severity{reconcile.SeverityInfo, reconcile.SeverityError, reconcile.SeverityWarning}[i%3]
		f.Agency = []string{"S03", "H01", "", "S03", "S03"}[i%5]
		f.Program = []string{"CCLLCT-TT", "CCLLCT-KTT"}[i%2]
		findings = append(findings, f)
	}
	l.find(day(2), findings[:20]...)
	l.next(day(3))
	l.find(day(3), findings...)
	return l
}

func TestFindingList(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := withFindings(t)
	all, err := l.FindingList(ctx, planID, postgres.FindingQuery{Status: reconcile.StatusOpen})
	if err != nil || len(all) != 30 {
		t.Fatalf("%d findings, %v", len(all), err)
	}
	if first, last := all[0], all[29]; first.Severity != reconcile.SeverityError || !first.FirstSeen.Equal(day(2)) ||
		last.Severity != reconcile.SeverityInfo || !last.FirstSeen.Equal(day(3)) || !last.New || first.New {
		t.Errorf("from %+v to %+v", first, last)
	}
	// In pages, from key to key, it is the same list.
	var paged []string
	q := postgres.FindingQuery{Status: reconcile.StatusOpen, Limit: 7}
	for {
		page, err := l.FindingList(ctx, planID, q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range page {
			paged = append(paged, page[i].Code)
		}
		if len(page) < q.Limit {
			break
		}
		q.After = postgres.KeyOf(&page[len(page)-1])
	}
	codes, err := l.FindingCodes(ctx, planID, postgres.FindingQuery{Status: reconcile.StatusOpen})
	if err != nil || !slices.Equal(paged, codes) || len(codes) != 30 {
		t.Errorf("pages %q, codes %q, %v", paged, codes, err)
	}
	for i := range all {
		if all[i].Code != codes[i] {
			t.Fatalf("place %d: %s and %s", i, all[i].Code, codes[i])
		}
	}
}

func TestFindingQueries(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := withFindings(t)
	answered := l.discrepancies(postgres.Filter{Agency: "H01"})[0].Code
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		r := reconcile.Response{Code: answered, Answer: "dữ liệu đúng", Origin: reconcile.Origin{Source: "page:an@h01.example.vn"}}
		_, err := l.SaveResponses(ctx, tx, planID, l.run+1, []reconcile.Response{r}, day(3))
		return err
	})
	for _, c := range []struct {
		name  string
		query postgres.FindingQuery
		want  int
	}{
		{"an agency", postgres.FindingQuery{Agency: "S03"}, 18},
		{"in no scope", postgres.FindingQuery{Scope: []string{}}, 0},
		{"another's scope", postgres.FindingQuery{Agency: "S03", Scope: []string{"H01"}}, 0},
		{"the scope of two", postgres.FindingQuery{Scope: []string{"H01", "S03"}}, 24},
		{"the office's own", postgres.FindingQuery{Office: true}, 6},
		{"errors", postgres.FindingQuery{Severity: reconcile.SeverityError}, 10},
		{"a rule", postgres.FindingQuery{Rule: "DL02"}, 30},
		{"another rule", postgres.FindingQuery{Rule: "DL03"}, 0},
		{"a program", postgres.FindingQuery{Program: "CCLLCT-TT"}, 15},
		{"a person", postgres.FindingQuery{Person: "Nguyễn Văn A"}, 2},
		{"old ones", postgres.FindingQuery{Until: day(3)}, 20},
		{"new ones", postgres.FindingQuery{From: day(3)}, 10},
		{"answered", postgres.FindingQuery{Answered: new(true)}, 1},
		{"not answered", postgres.FindingQuery{Answered: new(false)}, 29},
		{"decided", postgres.FindingQuery{Decided: new(true)}, 0},
		{"by code", postgres.FindingQuery{Codes: []string{answered, "X"}}, 1},
		{"by code, another's", postgres.FindingQuery{Codes: []string{answered}, Scope: []string{"S03"}}, 0},
		{"waived", postgres.FindingQuery{Status: reconcile.StatusWaived}, 0},
		{"no code", postgres.FindingQuery{Codes: []string{}}, 0},
		{"hostile", postgres.FindingQuery{Rule: "' OR 1=1 --", Person: "\x00"}, 0},
	} {
		if c.query.Status == "" {
			c.query.Status = reconcile.StatusOpen
		}
		found, err := l.FindingList(ctx, planID, c.query)
		if err != nil || len(found) != c.want {
			t.Errorf("%s: %d findings (%v), want %d", c.name, len(found), err, c.want)
		}
	}
	counts, err := l.TallyFindings(ctx, planID)
	if err != nil {
		t.Fatal(err)
	}
	n, s03 := 0, 0
	for _, c := range counts {
		n += c.N
		if c.Agency == "S03" && c.Severity == reconcile.SeverityError && c.FirstSeen.Equal(day(2)) {
			s03 += c.N
		}
	}
	if n != 30 || s03 != 4 {
		t.Errorf("tally of %d, %d of them old errors of S03", n, s03)
	}
	if last, err := l.LastTallied(ctx, planID); err != nil || last.Run != l.run || !last.At.Equal(day(3)) {
		t.Errorf("last tallied %+v, %v", last, err)
	}
}

// TestListsUseIndexes: a page of a list reads as many rows as it shows.
func TestListsUseIndexes(t *testing.T) {
	t.Parallel()
	l := withFindings(t)
	for name, condition := range map[string]string{
		"discrepancy_status": `status = 'open'`,
		"discrepancy_agency": `agency = 'S03' AND status = 'open'`,
		"discrepancy_rule":   `rule = 'DL02' AND status = 'open'`,
	} {
		var plan []string
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			if _, err := tx.Exec(ctx, `SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off`); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, `EXPLAIN SELECT * FROM discrepancy d WHERE plan_id = '`+planID+`' AND `+condition+`
				AND ((CASE d.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END), d.first_seen, d.code) > (2, now(), 'X')
				ORDER BY (CASE d.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END), first_seen, code LIMIT 50`)
			if err != nil {
				return err
			}
			for rows.Next() {
				var line string
				if err := rows.Scan(&line); err != nil {
					return err
				}
				plan = append(plan, line)
			}
			return rows.Err()
		})
		if text := strings.Join(plan, "\n"); !strings.Contains(text, name) || strings.Contains(text, "Sort") {
			t.Errorf("%s:\n%s", condition, text)
		}
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := newLedger(t)
	if _, err := l.Figures(ctx, planID, reconcile.PartyBloc); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("before the first run: %v", err)
	}
	for _, run := range []int64{2, 3, 1} { // a late report of an old run overwrites nothing
		if err := l.SaveFigures(ctx, planID, reconcile.PartyBloc, run, json.RawMessage(fmt.Sprintf(`{"Quota": %d}`, run))); err != nil {
			t.Fatal(err)
		}
	}
	if body, err := l.Figures(ctx, planID, reconcile.PartyBloc); err != nil || string(body) != `{"Quota": 3}` {
		t.Errorf("figures %s, %v", body, err)
	}
}

func TestPeopleNamed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := newLedger(t)
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		for i, p := range []struct{ name, given, agency, roll string }{
			{"Nguyễn Văn Ân", "an", "S03", "registration"},
			{"Lê Thị An", "an", "H01", "registration"},
			{"Trần Bình", "binh", "S03", "registration"},
			{"Phạm An", "an", "S03", "result"},
		} {
			var id int64
			if err := tx.QueryRow(ctx, `INSERT INTO person (first_seen) VALUES (now()) RETURNING person_id`).Scan(&id); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `INSERT INTO person_registration (plan_id, registration_key, person_id, active, from_run, roll, full_name, given_name, agency)
				VALUES ($1, $2, $3, true, 1, $4, $5, $6, $7)`, planID, fmt.Sprint(p.agency, "|CCLLCT-TT|", i), id, p.roll, p.name, p.given, p.agency)
			if err != nil {
				return err
			}
		}
		return nil
	})
	named := func(name string, scope []string) (all []string) {
		entries, err := l.PeopleNamed(ctx, planID, name, scope, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			all = append(all, e.Name)
			own, err := l.PersonEntries(ctx, planID, e.Person, scope)
			if err != nil || len(own) != 1 || own[0] != e {
				t.Errorf("entries of %s: %+v, %v", e.Name, own, err)
			}
		}
		return all
	}
	if got := named("ngọc ẤN", nil); !slices.Equal(got, []string{"Lê Thị An", "Nguyễn Văn Ân"}) {
		t.Errorf("named An: %q", got)
	}
	if got := named("An", []string{"S03"}); !slices.Equal(got, []string{"Nguyễn Văn Ân"}) {
		t.Errorf("named An in S03: %q", got)
	}
	if got := named("", nil); got != nil {
		t.Errorf("without a name: %q", got)
	}
}
