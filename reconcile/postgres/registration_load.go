package postgres

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// Registrations are by far the most rows of a plan, so they are read in their
// binary form straight into what they become: no row in between, no sorting by
// the server, texts that recur held once, and readings without a general
// reader of JSON.

// rosterRow is a registration and its place in the sheet.
type rosterRow struct {
	number, entry int
	r             *reconcile.Registration
}

// rosters reads the snapshot's registrations by sheet, in no order.
func rosters(ctx context.Context, tx Tx, at snapshot, tabs map[place]*sheetRow, sealer *seal.Sealer) (map[place][]rosterRow, error) {
	table := registrations()
	list := append([]string{"source"}, append(table.keys, table.values...)...)
	formats := make(pgx.QueryResultFormats, len(list))
	for i := range formats {
		formats[i] = pgx.BinaryFormatCode
	}
	sql := `SELECT ` + strings.Join(list, ", ") + ` FROM ` + table.table + ` WHERE ` + at.condition
	rows, err := tx.Query(ctx, sql, append([]any{formats}, at.args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[place][]rosterRow)
	reader := registrationReader{words: make(map[string]string), seal: sealer}
	for rows.Next() {
		reader.values = rows.RawValues()
		where := place{source: reader.word(), sheet: reader.integer()}
		row := rosterRow{number: reader.integer(), entry: reader.integer()}
		tab := tabs[where]
		if tab == nil {
			continue // closed in the same moment as its sheet
		}
		if row.r, err = reader.registration(tab, row.number); err != nil {
			return nil, fmt.Errorf("%s, trang tính %q: dòng %d: %w", where.source, tab.Name, row.number, err)
		}
		found[where] = append(found[where], row)
	}
	return found, rows.Err()
}

// registrationReader takes the columns of one row after the other.
type registrationReader struct {
	values   [][]byte // of the columns that are left; valid until the next row
	seal     *seal.Sealer
	words    map[string]string
	slab     []reconcile.Registration
	readings readingsReader
}

// registration reads the values in the order of registrations().
func (c *registrationReader) registration(t *sheetRow, row int) (*reconcile.Registration, error) {
	const slab = 64 // made at a stroke
	if len(c.slab) == 0 {
		c.slab = make([]reconcile.Registration, slab)
	}
	r := &c.slab[0]
	c.slab = c.slab[1:]
	var faults [5]error
	r.Key, r.FullName = c.text(), c.text()
	r.BirthDate, faults[0] = c.date()
	r.Sex, r.Ethnicity, r.CitizenID = reconcile.Sex(c.word()), c.word(), c.text()
	r.PartyDate, faults[1] = c.date()
	r.OfficialDate, faults[2] = c.date()
	r.Position, r.Agency, r.AgencyText = c.word(), c.word(), c.word()
	r.Education, r.PoliticalTheory = reconcile.Education(c.word()), reconcile.PoliticalTheory(c.word())
	r.Phone, r.Program, r.ProgramText, r.Form = c.text(), c.word(), c.word(), reconcile.Form(c.word())
	r.Priority, r.Note = c.integer(), c.word()
	faults[3] = c.career(&r.Career)
	r.Hidden = c.boolean()
	r.Origin = reconcile.Origin{Source: t.Source, Sheet: t.Name, Row: row, Cell: c.word()}
	if elsewhere := c.json(); elsewhere != nil {
		if err := json.Unmarshal(elsewhere, &r.Origin); err != nil {
			return nil, err
		}
	}
	r.Readings, faults[4] = c.readings.read(c.seal.OpenJSON(c.next())) // the binary form of json is its text
	return r, errors.Join(faults[:]...)
}

func (c *registrationReader) next() []byte {
	value := c.values[0]
	c.values = c.values[1:]
	return value
}

func (c *registrationReader) text() string { return string(c.seal.OpenBytes(c.next())) }

// word is a text that other rows are likely to have, too.
func (c *registrationReader) word() string {
	value := c.next()
	if known, ok := c.words[string(value)]; ok {
		return known
	}
	text := string(c.seal.OpenBytes(value))
	c.words[string(value)] = text
	return text
}

func (c *registrationReader) integer() int {
	return int(int32(binary.BigEndian.Uint32(c.next())))
}

func (c *registrationReader) boolean() bool { return c.next()[0] != 0 }

// json is nil for null; the binary form of jsonb is its version and the text.
func (c *registrationReader) json() []byte {
	value := c.next()
	if value == nil {
		return nil
	}
	return c.seal.OpenJSON(value[1:])
}

var errStoredDate = errors.New("ngày lưu trong cơ sở dữ liệu không hợp lệ") // the date itself is nobody's business

func (c *registrationReader) date() (reconcile.Date, error) {
	d, err := reconcile.ParseDate(string(c.next()))
	if err != nil {
		return d, errStoredDate
	}
	return d, nil
}

func (c *registrationReader) career(into *reconcile.Career) error {
	if text := c.json(); string(text) != "{}" {
		return json.Unmarshal(text, into)
	}
	return nil
}
