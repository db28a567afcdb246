package postgres_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/reconcile/postgres/seal"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// unsealed is how a database was before there was a key.
func unsealed(bool) (*seal.Key, error) { return nil, nil }

// numbers are those that the told documents hold, in the forms of their cells.
var numbers = []string{"051079001234", "51079001234", "051 079 001 235", "212345678"}

// tell puts numbers into all places where people write them.
func (l *ledger) tell() {
	l.t.Helper()
	d := roster("Nguyễn Văn An", "Phạm Thị Bé")
	sheet := &d.Sheets[0]
	sheet.Title = "DANH SÁCH 212345678"
	sheet.Rows[0].Text = "Người lập: 051 079 001 235"
	for _, row := range sheet.Rows[1:] {
		r := row.Registrations[0]
		r.Position, r.AgencyText, r.ProgramText = "Phó Trưởng phòng 212345678", "Sở Nội vụ (051 079 001 235)", "CCLLCT 212345678"
		r.Phone, r.Note = "212345678", "đổi CMND 212345678"
	}
	sheet.Allocations = []reconcile.Allocation{{Agency: "S03", Text: "051 079 001 235", Origin: reconcile.Origin{Source: d.Source, Sheet: sheet.Name, Row: 40}}}
	learner := *sheet.Rows[1].Registrations[0]
	sheet.Results = []*reconcile.Result{{Learner: learner, Class: "K1", Decision: "QĐ 12 (212345678)"}}
	l.save(d, day(2))

	f := birthDate("Nguyễn Văn An")
	f.Message, f.Found, f.Expected, f.Remedy = "Số 051079001234 sai", "51079001234", "051 079 001 235", "Sửa 212345678."
	l.find(day(2), f)
	code := f.Code(planID)
	l.decide(day(2), code, "đúng là 051 079 001 235")
	f.Message = "Số 212345678 sai"
	l.find(day(2), f)

	persons := []reconcile.Person{{Members: []*reconcile.Registration{sheet.Rows[1].Registrations[0]}}}
	if err := l.SavePersons(context.Background(), planID, l.run, persons, nil, day(2)); err != nil {
		l.t.Fatal(err)
	}
	upload := postgres.Upload{Agency: "S03", Kind: "registration", Name: "a.csv", Sender: "an@snv.example.vn", Checked: json.RawMessage(`{"rows":["051079001234"],"sum":212345678}`)}
	if _, err := l.SaveDraft(context.Background(), planID, upload, []byte("An;051079001234"), day(1), day(2)); err != nil {
		l.t.Fatal(err)
	}
}

// told is all that can be read back.
func (l *ledger) told() (told struct {
	Documents []*reconcile.Document
	Findings  []reconcile.Discrepancy
	Drafts    []string
},
) {
	l.t.Helper()
	told.Documents, told.Findings = l.load(), l.discrepancies(postgres.Filter{})
	drafts, err := l.Drafts(context.Background(), planID, "an@snv.example.vn", day(1))
	if err != nil {
		l.t.Fatal(err)
	}
	for _, d := range drafts {
		told.Drafts = append(told.Drafts, string(d.Checked))
	}
	return told
}

func (l *ledger) holdsNoNumber() {
	l.t.Helper()
	all := pgtest.Dump(l.t, l.Store)
	for _, number := range numbers {
		for line := range strings.Lines(all) {
			if i := strings.Index(line, number); i >= 0 {
				// JSON numbers are counts and money.
				if name, _, _ := strings.Cut(line, ":"); name == "upload" && strings.Contains(line[max(0, i-10):i], "sum") {
					continue
				}
				l.t.Errorf("%s is to be read: …%s…", number, line[max(0, i-60):min(len(line), i+20)])
			}
		}
	}
}

// Nobody who reads the tables learns a number that people wrote anywhere, and
// whoever asks the store does.
func TestNumbersAreSealed(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	l.tell()
	l.holdsNoNumber()

	open := newLedgerOn(t, pgtest.NewURL(t), postgres.Options{Key: unsealed})
	open.tell()
	if diff := cmp.Diff(open.told(), l.told(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-in the clear +sealed):\n%s", diff)
	}
}

// A database from before it had a key is sealed when it gets one, history and
// all, and goes on as it was.
func TestSealingAnOlderDatabase(t *testing.T) {
	t.Parallel()
	url := pgtest.NewURL(t)
	old := newLedgerOn(t, url, postgres.Options{Key: unsealed})
	old.tell()
	old.next(day(3))
	old.save(roster("Phạm Thị Bé"), day(3)) // closes what was said before
	want := old.told()
	times, err := old.DocumentTimes(t.Context(), planID, roster().Source)
	if err != nil {
		t.Fatal(err)
	}

	l := &ledger{Store: pgtest.Open(t, url, postgres.Options{}), t: t, run: old.run}
	l.holdsNoNumber()
	if diff := cmp.Diff(want, l.told(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	before, err := old.DocumentAsOf(t.Context(), planID, roster().Source, times[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(before.Sheets[0].Title, "212345678") {
		t.Error("a store without the key reads what is sealed")
	}
	after, err := l.DocumentAsOf(t.Context(), planID, roster().Source, times[0])
	if err != nil {
		t.Fatal(err)
	}
	if after.Sheets[0].Title != "DANH SÁCH 212345678" {
		t.Errorf("history says %q", after.Sheets[0].Title)
	}
	// What is read again is written once more, and then no more.
	l.save(roster("Phạm Thị Bé"), day(4))
	if changes := l.save(roster("Phạm Thị Bé"), day(5)); changes.Any() {
		t.Errorf("written again: %+v", changes)
	}
}

func TestKeyOfTheDatabase(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	url := pgtest.NewURL(t)
	dir := t.TempDir()
	source := func(name string) postgres.KeySource {
		return func(bool) (*seal.Key, error) { return seal.ReadKey(filepath.Join(dir, name)) }
	}
	var keys []*seal.Key
	for _, name := range []string{"một", "hai"} {
		key, err := seal.CreateKey(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	l := newLedgerOn(t, url, postgres.Options{Key: source("một")})
	l.tell()
	want := l.told()

	refused := func(key postgres.KeySource, want error) {
		t.Helper()
		store, err := postgres.Open(ctx, url, postgres.Options{Key: key})
		if err == nil {
			store.Close()
		}
		if !errors.Is(err, want) {
			t.Errorf("opened with %v, want %v", err, want)
		}
	}
	refused(unsealed, postgres.ErrSealed)
	refused(nil, postgres.ErrSealed)
	refused(source("hai"), seal.ErrWrongKey)
	refused(source("ba"), seal.ErrNoKey)

	if err := l.Rekey(ctx, keys[1], keys[0]); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("changed by a stranger: %v", err)
	}
	tables := func() []byte { return []byte(pgtest.Dump(t, l.Store)) }
	before := tables()
	if err := l.Rekey(ctx, keys[0], keys[1]); err != nil {
		t.Fatal(err)
	}
	lines := func(b []byte) [][]byte {
		return slices.DeleteFunc(bytes.Split(b, []byte("\n")), func(line []byte) bool { return bytes.HasPrefix(line, []byte("sealing:")) })
	}
	if !slices.EqualFunc(lines(before), lines(tables()), bytes.Equal) {
		t.Error("rows were rewritten")
	}
	refused(source("một"), seal.ErrWrongKey)
	again := &ledger{Store: pgtest.Open(t, url, postgres.Options{Key: source("hai")}), t: t, run: l.run}
	if diff := cmp.Diff(want, again.told(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	plain := newLedgerOn(t, pgtest.NewURL(t), postgres.Options{Key: unsealed})
	if err := plain.Rekey(ctx, keys[0], keys[1]); !errors.Is(err, postgres.ErrNotSealed) || plain.Sealed() {
		t.Errorf("a database in the clear: %v", err)
	}
}
