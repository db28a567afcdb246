package postgres

import (
	"context"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// PersonEntry is one registration of a person, as lists of people show it.
type PersonEntry struct {
	Person    int64  `db:"person_id"`
	Key       string `db:"registration_key"`
	Name      string `db:"full_name"`
	BirthDate string `db:"birth_date"` // YYYY, YYYY-MM or YYYY-MM-DD, "" when not known
	Job       string `db:"job"`
	Unit      string `db:"unit"`
	Agency    string `db:"agency"`
}

const personEntryColumns = `person_id, registration_key, full_name, birth_date, job, unit, agency`

// PeopleNamed returns the registrations that count in the plan of people whose
// given name (the last word, without marks) is that of the name, at most limit
// of them: of the agencies in scope, nil being all.
func (s *Store) PeopleNamed(ctx context.Context, planID, name string, scope []string, limit int) ([]PersonEntry, error) {
	given := givenName(&reconcile.Registration{FullName: name})
	return s.personEntries(ctx, `
		SELECT `+personEntryColumns+` FROM person_registration
		WHERE plan_id = $1 AND active AND roll = 'registration' AND given_name = $2 AND ($3::text[] IS NULL OR agency = ANY($3))
		ORDER BY full_name, person_id, registration_key LIMIT $4`, planID, storable(given), scope, limit)
}

// PersonEntries returns the registrations of one person that count in the
// plan: of the agencies in scope, nil being all.
func (s *Store) PersonEntries(ctx context.Context, planID string, person int64, scope []string) ([]PersonEntry, error) {
	return s.personEntries(ctx, `
		SELECT `+personEntryColumns+` FROM person_registration
		WHERE person_id = $2 AND plan_id = $1 AND active AND roll = 'registration' AND ($3::text[] IS NULL OR agency = ANY($3))
		ORDER BY registration_key COLLATE "C"`, planID, person, scope)
}

func (s *Store) personEntries(ctx context.Context, sql string, args ...any) ([]PersonEntry, error) {
	const doing = "đọc danh sách người"
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, wrap(doing, err)
	}
	entries, err := pgx.CollectRows(rows, pgx.RowToStructByName[PersonEntry])
	for i := range entries {
		entries[i].Job, entries[i].Unit = s.seal.Open(entries[i].Job), s.seal.Open(entries[i].Unit)
	}
	return entries, wrap(doing, err)
}
