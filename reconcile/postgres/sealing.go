package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Numbers of persons, and the files that were sent, stand encrypted in the
// tables (package seal). They are sealed where a row is made for the server:
// citizen_id as a whole, and in all other texts of people whatever may be such
// a number. They are opened where rows are read, JSON by the connection itself.

// KeySource gives the master key. Sealed says whether the database is sealed
// with it already; when it is not, the source may make a new one. A nil key, or
// no source, leaves an unsealed database as it is.
type KeySource func(sealed bool) (*seal.Key, error)

// opener lets the connections of a pool open JSON. They are there before the
// key is: it is read from the database.
type opener struct{ sealer atomic.Pointer[seal.Sealer] }

func (o *opener) register(types *pgtype.Map) {
	codec := pgtype.JSONCodec{Marshal: json.Marshal, Unmarshal: o.unmarshal}
	types.RegisterType(&pgtype.Type{Name: "json", OID: pgtype.JSONOID, Codec: &codec})
	types.RegisterType(&pgtype.Type{Name: "jsonb", OID: pgtype.JSONBOID, Codec: &pgtype.JSONBCodec{Marshal: codec.Marshal, Unmarshal: codec.Unmarshal}})
}

func (o *opener) unmarshal(text []byte, value any) error {
	return json.Unmarshal(o.sealer.Load().OpenJSON(text), value)
}

// unlock reads the data key, nil for a database that is not sealed. The first
// key that a database gets seals what is in it already.
func unlock(ctx context.Context, pool *pgxpool.Pool, source KeySource) (*seal.Sealer, error) {
	const doing = "mở khóa cơ sở dữ liệu"
	if source == nil {
		source = func(bool) (*seal.Key, error) { return nil, nil }
	}
	var sealer *seal.Sealer
	wrapped, err := wrappedKey(ctx, pool)
	if err == nil && wrapped == nil {
		// Of several programs that start at once, one seals.
		err = locked(ctx, pool, func() error {
			if wrapped, err = wrappedKey(ctx, pool); err != nil || wrapped != nil {
				return err
			}
			sealer, err = sealFirst(ctx, pool, source)
			return err
		})
	}
	if err == nil && wrapped != nil {
		sealer, err = openKey(source, wrapped)
	}
	return sealer, wrap(doing, err)
}

func wrappedKey(ctx context.Context, pool *pgxpool.Pool) (wrapped []byte, err error) {
	err = pool.QueryRow(ctx, `SELECT wrapped FROM sealing`).Scan(&wrapped)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return wrapped, err
}

func openKey(source KeySource, wrapped []byte) (*seal.Sealer, error) {
	key, err := source(true)
	switch {
	case err != nil:
		return nil, err
	case key == nil:
		return nil, ErrSealed
	}
	return key.Sealer(wrapped)
}

// ErrSealed: the database's numbers of persons are encrypted, and no key was
// given.
var ErrSealed = errors.New("số căn cước trong cơ sở dữ liệu này được mã hóa, cần tệp khóa")

func sealFirst(ctx context.Context, pool *pgxpool.Pool, source KeySource) (*seal.Sealer, error) {
	key, err := source(false)
	if err != nil || key == nil {
		return nil, err
	}
	sealer, wrapped, err := key.NewSealer()
	if err != nil {
		return nil, err
	}
	var rewritten []string
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO sealing (wrapped) VALUES ($1)`, wrapped); err != nil {
			return err
		}
		for _, t := range sealedTables() {
			some, err := t.seal(ctx, tx, sealer)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			if some {
				rewritten = append(rewritten, t.name)
			}
		}
		return nil
	})
	// The rows as they were lie in the tables' files until these are made anew.
	for _, table := range rewritten {
		if err == nil {
			_, err = pool.Exec(ctx, `VACUUM (FULL, ANALYZE) `+table)
		}
	}
	return sealer, err
}

// Rekey makes another master key the one that opens the database; the rows stay
// as they are. Programs that run go on, and need the new key when they start
// again. ErrSealed when the database is not sealed at all, seal.ErrWrongKey when
// it is not sealed with the old key.
func (s *Store) Rekey(ctx context.Context, old, key *seal.Key) error {
	const doing = "đổi khóa cơ sở dữ liệu"
	return wrap(doing, s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		var wrapped []byte
		err := tx.QueryRow(ctx, `SELECT wrapped FROM sealing FOR UPDATE`).Scan(&wrapped)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrNotSealed
		}
		if err != nil {
			return err
		}
		if wrapped, err = old.Rewrap(wrapped, key); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE sealing SET wrapped = $1`, wrapped)
		return err
	}))
}

// ErrNotSealed: nothing in the database is encrypted.
var ErrNotSealed = errors.New("cơ sở dữ liệu này chưa được mã hóa")

// Sealed reports whether numbers of persons are encrypted in the database.
func (s *Store) Sealed() bool { return s.seal != nil }

// sealedTable is a table with columns that are sealed.
type sealedTable struct {
	name string
	// whole are columns of which the text is sealed as one, texts and documents
	// (JSON) those in which numbers are, and files those of bytes.
	whole, texts, documents, files []string
	// forget are what was made of the columns in the clear: it is emptied where a
	// row is sealed, and made anew by the next run.
	forget []string
}

// sealedTables says what is sealed. Whoever writes one of these columns seals
// it by the same word.
func sealedTables() []sealedTable {
	return []sealedTable{
		{name: "sheet", texts: []string{"title"}, documents: []string{"columns", "rows", "answers", "converted", "uncalculated"}, forget: []string{"hash"}},
		{
			name: "registration", whole: []string{"citizen_id"}, texts: []string{"job", "agency_text", "program_text", "phone", "note"},
			documents: []string{"career", "readings"}, forget: []string{"hash"},
		},
		{name: "allocation", texts: []string{"text"}, forget: []string{"hash"}},
		{name: "estimate_line", texts: []string{"text"}, documents: []string{"readings"}, forget: []string{"hash"}},
		{name: "result", texts: []string{"decision"}, documents: []string{"learner"}, forget: []string{"hash"}},
		{name: "person_registration", whole: []string{"citizen_id"}, texts: []string{"job", "unit", "phone"}, forget: []string{"traits"}},
		{name: "discrepancy", texts: []string{"message", "found", "expected", "remedy"}, forget: []string{"hash"}},
		{name: "discrepancy_event", documents: []string{"before"}},
		{name: "answer", texts: []string{"word", "text"}},
		{name: "upload", documents: []string{"checked"}},
		{name: "file_content", files: []string{"content"}},
	}
}
