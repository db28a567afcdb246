//go:build !race

// The runs of this file start no goroutine of their own, and are many: the
// detector, to which they would show nothing, would take minutes.

package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
)

// Whatever people do to their lists from run to run, findings, persons and what
// the reports say are those of a database that never saw another version of
// them.
func TestRunsAfterEditsAreAsFromScratch(t *testing.T) {
	t.Parallel()
	const steps, edits = 10, 4
	seed := uint64(20240315)
	rng := rand.New(rand.NewPCG(seed, 1))
	known, fresh := newNation(t, 1, 240), newNation(t, 1, 240)
	known.times.reset()
	fresh.times.reset()
	lists := newLists(known.provinces[0])
	for step := range steps {
		var done []string
		for range rng.IntN(edits + 1) {
			done = append(done, lists.edit(rng))
		}
		for _, n := range []*nation{known, fresh} {
			n.round += step % 3
			lists.store(n)
		}
		lists.saved()
		fresh.exec(`TRUNCATE discrepancy, reconciliation, person, person_registration, person_roll, completed_program CASCADE`)
		known.reconcile(0)
		fresh.reconcile(0)
		if diff := gocmp.Diff(fresh.said(), known.said()); diff != "" {
			t.Fatalf("seed %d, step %d, after %q: from scratch and not:\n%s", seed, step, done, diff)
		}
	}
}

// lists are the documents of a plan as their senders have them.
type lists struct {
	documents map[string]*reconcile.Document // by source
	changed   map[string]bool
	gone      []string
	edits     int
}

func newLists(v *province) *lists {
	l := &lists{documents: make(map[string]*reconcile.Document), changed: make(map[string]bool)}
	for i := range v.agencies() {
		d := v.document(i, edit{})
		l.documents[d.Source] = d
	}
	return l
}

// edit does one of the things that people do, and says what it was.
func (l *lists) edit(rng *rand.Rand) string {
	l.edits++
	source := pick(rng, slices.Sorted(maps.Keys(l.documents)))
	d := l.documents[source]
	l.changed[source] = true
	d.Version = fmt.Sprint("edit ", l.edits)
	s := &d.Sheets[rng.IntN(len(d.Sheets))]
	rows := registered(s)
	if len(rows) == 0 {
		return "nothing in " + source
	}
	at := pick(rng, rows)
	r := s.Rows[at].Registrations[0]
	switch rng.IntN(8) {
	case 0:
		s.Rows = slices.Delete(s.Rows, at, at+1)
		s.NonEmptyRows = len(s.Rows)
		return "row deleted in " + source
	case 1:
		l.copyRow(rng, r)
		return "row copied from " + source
	case 2:
		return "list sent again: " + l.resend(d)
	case 3:
		if len(l.documents) > 20 {
			delete(l.documents, source)
			l.gone = append(l.gone, source)
			return "file deleted: " + source
		}
	}
	return mend(rng, r) + " in " + source
}

func registered(s *reconcile.Sheet) []int {
	var rows []int
	for i := range s.Rows {
		if len(s.Rows[i].Registrations) > 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

// mend changes one value of a registration.
func mend(rng *rand.Rand, r *reconcile.Registration) string {
	field, text := reconcile.FieldFullName, ""
	switch rng.IntN(5) {
	case 0:
		r.FullName = pick(rng, families) + " " + pick(rng, middles) + " " + pick(rng, givens)
		text = r.FullName
	case 1:
		r.BirthDate.Year = 1966 + rng.IntN(34)
		field, text = reconcile.FieldBirthDate, r.BirthDate.Vietnamese()
	case 2:
		r.CitizenID = fmt.Sprintf("0510%08d", rng.IntN(1e8))
		field, text = reconcile.FieldCitizenID, r.CitizenID
	case 3:
		r.Phone = fmt.Sprintf("09%08d", rng.IntN(40)) // some office's
		field, text = reconcile.FieldPhone, r.Phone
	case 4:
		r.Position = pick(rng, positions)
		field, text = reconcile.FieldPosition, r.Position
	}
	reading := r.Readings.Get(field)
	r.Readings = r.Readings.Clone()
	r.Readings.Set(field, reconcile.Reading{Cell: reading.Cell, Text: text})
	return "mended: " + string(field)
}

// copyRow puts a person down in another list, too.
func (l *lists) copyRow(rng *rand.Rand, r *reconcile.Registration) {
	source := pick(rng, slices.Sorted(maps.Keys(l.documents)))
	d := l.documents[source]
	s := &d.Sheets[0]
	row := s.Rows[len(s.Rows)-1].Number + 1
	again := *r
	again.Agency, again.Key = d.Agency, ""
	again.Origin = reconcile.Origin{Source: source, Sheet: s.Name, Row: row}
	again.Readings = r.Readings.Clone()
	s.Rows = append(s.Rows, reconcile.Row{Number: row, Kind: reconcile.RowRegistration, Registrations: []*reconcile.Registration{&again}})
	s.NonEmptyRows = len(s.Rows)
	l.changed[source] = true
	d.Version = fmt.Sprint("copied ", l.edits)
}

// resend sends all of a document once more, under a name of a later sending.
func (l *lists) resend(d *reconcile.Document) string {
	again := *d
	again.File = fmt.Sprintf("dang ky 2024 (%d).xlsx", l.edits)
	again.Source = fmt.Sprintf("folder:inbox/%s/%s", d.Agency, again.File)
	again.Sheets = slices.Clone(d.Sheets)
	for i := range again.Sheets {
		s := &again.Sheets[i]
		s.Rows = slices.Clone(s.Rows)
		for k := range s.Rows {
			s.Rows[k].Registrations = slices.Clone(s.Rows[k].Registrations)
			for n, r := range s.Rows[k].Registrations {
				copied := *r
				copied.Origin.Source, copied.Readings = again.Source, r.Readings.Clone()
				s.Rows[k].Registrations[n] = &copied
			}
		}
	}
	l.documents[again.Source] = &again
	l.changed[again.Source] = true
	return again.File
}

// store brings the database to what the senders have now.
func (l *lists) store(n *nation) {
	n.inTx(func(ctx context.Context, tx postgres.Tx) error {
		plan, now := n.provinces[0].plan.ID, n.pipelines[0].now()
		for _, source := range slices.Sorted(maps.Keys(l.changed)) {
			if d := l.documents[source]; d != nil {
				if _, err := n.store.SaveDocument(ctx, tx, plan, 1, d, now); err != nil {
					return err
				}
			}
		}
		_, err := n.store.MarkMissing(ctx, tx, plan, 1, l.gone, now)
		return err
	})
}

func (l *lists) saved() { clear(l.changed); l.gone = nil }

// said is what a run found and what it tells people, without how long that has
// been known.
type said struct {
	Found   []reconcile.Discrepancy
	Persons []string
	Tabs    map[string]report.Tab
}

func (n *nation) said() said {
	n.b.Helper()
	ctx, p := context.Background(), n.pipelines[0]
	runs, err := n.store.Runs(ctx, p.cfg.Plan.ID, 1)
	if err != nil {
		n.b.Fatal(err)
	}
	data, err := p.loadReportData(ctx, runs[0].ID)
	if err != nil {
		n.b.Fatal(err)
	}
	data.Discrepancies = slices.DeleteFunc(data.Discrepancies, func(d reconcile.Discrepancy) bool { return d.Status == reconcile.StatusGone })
	for i := range data.Discrepancies {
		d := &data.Discrepancies[i]
		d.FirstSeen, d.LastSeen, d.Reopened, d.New = time.Time{}, time.Time{}, 0, false
	}
	slices.SortFunc(data.Discrepancies, func(a, b reconcile.Discrepancy) int { return cmp.Compare(a.Code, b.Code) })
	ids, err := n.store.PersonIDs(ctx, p.cfg.Plan.ID)
	if err != nil {
		n.b.Fatal(err)
	}
	members := make(map[string][]string)
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		members[ids[key]] = append(members[ids[key]], key)
	}
	s := said{Found: data.Discrepancies, Tabs: make(map[string]report.Tab)}
	for _, keys := range members {
		s.Persons = append(s.Persons, fmt.Sprintf("%q", keys))
	}
	slices.Sort(s.Persons)
	for _, d := range data.Documents {
		s.Tabs[d.Source] = report.DiscrepancySheet(data, d.Agency, d)
	}
	return s
}
