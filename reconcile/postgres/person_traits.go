package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"
)

// traits are the columns of person_registration that say what a person is known
// by, in the order of traitColumns, as the table has them.
type traits []string

var traitColumns = []string{
	"full_name", "given_name", "birth_date", "sex", "citizen_id", "party_date", "job", "agency", "unit", "phone",
}

func traitsOf(r *reconcile.Registration, sealer *seal.Sealer) traits {
	return traits{
		storable(r.FullName), storable(givenName(r)), r.BirthDate.String(), string(r.Sex), sealer.Whole(storable(r.CitizenID)), r.PartyDate.String(),
		sealer.Text(storable(r.Position)), storable(r.Agency), sealer.Text(storable(r.AgencyText)), sealer.Text(storable(r.Phone)),
	}
}

// Those by which persons of other lists are looked up.
func (t traits) given() string   { return t[1] }
func (t traits) born() string    { return t[2] }
func (t traits) citizen() string { return t[4] }
func (t traits) phone() string   { return t[9] }

func (t traits) hash() string {
	b := make([]byte, 0, 256)
	for i, text := range t {
		if i > 0 {
			b = append(b, 0)
		}
		b = append(b, text...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// givenName is the last word of the name without marks: a lost space, a middle
// name left out and most slips leave it as it is.
func givenName(r *reconcile.Registration) string {
	last := ""
	for word := range strings.FieldsSeq(reconcile.ASCII(r.FullName)) {
		last = word
	}
	return last
}

// foreign selects registrations r of other lists so that they can be compared
// with those of the plan $1: an agency that has a name of its own plan's is that
// plan's, any other is known by its name, since codes mean other bodies there.
const foreign = `
	SELECT r.person_id, r.plan_id, r.registration_key, r.full_name, r.birth_date, r.sex, r.citizen_id, r.party_date, r.job,
		CASE r.plan_id WHEN $1 THEN coalesce(theirs.code, '') ELSE coalesce(own.code, theirs.name, '') END AS agency,
		r.unit, r.phone
	FROM person_registration r
	LEFT JOIN agency theirs ON theirs.plan_id = r.plan_id AND theirs.code = r.agency
	LEFT JOIN agency own ON own.plan_id = $1 AND own.name = theirs.name AND r.plan_id <> $1`

// foreignRow is a row of foreign.
type foreignRow struct {
	Person    int64  `db:"person_id"`
	Plan      string `db:"plan_id"`
	Key       string `db:"registration_key"`
	FullName  string `db:"full_name"`
	BirthDate string `db:"birth_date"`
	Sex       string `db:"sex"`
	CitizenID string `db:"citizen_id"`
	PartyDate string `db:"party_date"`
	Job       string `db:"job"`
	Agency    string `db:"agency"`
	Unit      string `db:"unit"`
	Phone     string `db:"phone"`
}

// registration is as much of it as a person is known by. Its key is no key of
// the plan that asks.
func (f *foreignRow) registration(sealer *seal.Sealer) (*reconcile.Registration, error) {
	born, err := reconcile.ParseDate(f.BirthDate)
	if err != nil {
		return nil, err
	}
	party, err := reconcile.ParseDate(f.PartyDate)
	return &reconcile.Registration{
		Key: f.Plan + "\x1f" + f.Key, FullName: f.FullName, BirthDate: born, Sex: reconcile.Sex(f.Sex), CitizenID: sealer.Open(f.CitizenID),
		PartyDate: party, Position: sealer.Open(f.Job), Agency: f.Agency, AgencyText: sealer.Open(f.Unit), Phone: sealer.Open(f.Phone),
	}, err
}
