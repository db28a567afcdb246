package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// canon is all that an office knows and shows, without times, run numbers and
// numbers that only say in which order rows were stored, and without hashes, that
// are made from what the office's own key sealed: what two offices with
// the same sheets have in common, whatever happened to them meanwhile.
type canon struct {
	tables  map[string][]string // table → its rows as text
	reports map[string][]string // path → its cells as text
}

// canonicalQueries read the tables whose content does not depend on how often,
// and when, an office ran.
func canonicalQueries() map[string]string {
	// Of a versioned table all rows count, the closed ones as well: a run that
	// was disturbed must not leave a version that no sheet ever had. Reports
	// that were read back are left out: how often that happens is no matter.
	const versioned = `SELECT (to_jsonb(t) - '{hash,id,from_run,valid_from,to_run,valid_to,received}'::text[]
		|| jsonb_build_object('open', t.valid_to IS NULL)) FROM %s AS t WHERE source NOT LIKE 'reports:%%'`
	queries := map[string]string{
		"discrepancy":  `SELECT (to_jsonb(t) - '{hash,first_run,first_seen,last_seen,gone_run}'::text[]) FROM discrepancy AS t`,
		"events":       `SELECT (to_jsonb(t) - '{event_id,run_id,at}'::text[]) FROM discrepancy_event AS t`,
		"answers":      `SELECT (to_jsonb(t) - '{answer_id,id,run_id,at,seen,seen_at,from_run,to_run,valid_from,valid_to,first_seen,last_seen}'::text[]) FROM answer AS t`,
		"holds":        `SELECT (to_jsonb(t) - '{run_id,held_since}'::text[]) FROM document_hold AS t`,
		"report_state": `SELECT to_jsonb(path) FROM report_state`,
		// Who is who, without the numbers of the persons.
		"persons": `SELECT to_jsonb(string_agg(plan_id || ' ' || roll || ' ' || registration_key || ' ' || active, E'\n' ORDER BY plan_id, roll, registration_key))
			FROM person_registration GROUP BY person_id`,
		// Nothing that a run has to do is left undone.
		"undone": `SELECT to_jsonb(kind || ' ' || state || ' ' || args::text) FROM river_job
			WHERE kind <> 'nightly' AND state NOT IN ('completed', 'cancelled', 'discarded')
			AND (args->>'run')::bigint = (SELECT max(run_id) FROM run)`,
	}
	// How the disk knows a file is left out: the same file is another version
	// when it is no longer quite new.
	queries["document"] = strings.Replace(fmt.Sprintf(versioned, "document"), ") FROM",
		` || jsonb_build_object('version', regexp_replace(t.version, '^stat:[^;]*;?', ''))) FROM`, 1) + " AND valid_to IS NULL"
	for _, table := range []string{"sheet", "registration", "allocation", "estimate_line", "result"} {
		queries[table] = fmt.Sprintf(versioned, table)
	}
	return queries
}

// canon reads the office's state.
func (o *office) canon() canon {
	o.t.Helper()
	c := canon{tables: make(map[string][]string), reports: make(map[string][]string)}
	store := pgtest.Open(o.t, o.database, postgres.Options{})
	for name, query := range canonicalQueries() {
		rows, err := store.Pool().Query(o.t.Context(), query)
		if err != nil {
			o.t.Fatal(err)
		}
		for rows.Next() {
			var row json.RawMessage // whose seals the connection opens
			if err := rows.Scan(&row); err != nil {
				o.t.Fatal(err)
			}
			c.tables[name] = append(c.tables[name], string(row))
		}
		if err := rows.Err(); err != nil {
			o.t.Fatalf("%s: %v", name, err)
		}
		slices.Sort(c.tables[name])
	}
	for path := range o.reportFiles() {
		name, err := filepath.Rel(o.path("reports"), path)
		if err != nil {
			o.t.Fatal(err)
		}
		c.reports[name] = o.cells(path)
	}
	return c
}

// passing finds the texts in a report that tell when, and in which run, it was
// made: today, or yesterday for a test over midnight.
func (o *office) passing() *regexp.Regexp {
	zone := time.FixedZone("", 7*60*60)
	today := time.Now().In(zone)
	return regexp.MustCompile(`\d{1,2}:\d\d(:\d\d)?|(?i)lần (chạy|đối soát)( số)? \d+|` +
		today.Format("02/01/2006") + "|" + today.AddDate(0, 0, -1).Format("02/01/2006"))
}

// cells are the texts of a workbook's cells. The ledger of runs is left out.
func (o *office) cells(path string) []string {
	o.t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Errorf("a report cannot be opened: %v", err)
		return nil
	}
	defer book.Close()
	var all []string
	passing := o.passing()
	for _, sheet := range book.GetSheetList() {
		if sheet == "Nhật ký" {
			continue
		}
		rows, err := book.GetRows(sheet)
		if err != nil {
			o.t.Fatal(err)
		}
		for i, row := range rows {
			all = append(all, passing.ReplaceAllString(fmt.Sprintf("%s %d: %s", sheet, i+1, strings.Join(row, " | ")), "…"))
		}
	}
	return all
}

// sameAs holds the state to that of an undisturbed office.
func (c canon) sameAs(t *testing.T, want canon) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want.tables)) {
		if diff := cmp.Diff(want.tables[name], c.tables[name]); diff != "" {
			t.Errorf("%s differs from an undisturbed office's:\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(want.reports, c.reports); diff != "" {
		t.Errorf("the reports differ from an undisturbed office's:\n%s", diff)
	}
}

// clean holds the office's folders to files that belong there: no part of a
// file, nothing temporary.
func (o *office) clean() {
	o.t.Helper()
	for path := range o.reportFiles() {
		if !strings.HasSuffix(path, ".xlsx") || strings.HasPrefix(filepath.Base(path), ".") {
			o.t.Errorf("%s was left behind", path)
		}
	}
	left, err := filepath.Glob(o.path("tmp", "*"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, path := range left {
		o.t.Errorf("%s was left in the folder for temporary files", path)
	}
	_ = os.Remove(o.path("tmp"))
}
