package postgres

import (
	"encoding/json"
	"fmt"

	"doisoat/reconcile"
)

func results() versioned {
	return versioned{
		table: "result", keys: []string{"sheet_no", "line_no"},
		values: []string{
			"learner", "class", "outcome", "final", "grade", "score_mil", "decision", "opened", "closed",
			"months_owed", "months_served", "cost",
		},
	}
}

// result is one line of a list as values of the table. The learner is kept
// whole: it is looked at only together with the rest of its list.
func (c *contentRows) result(r *reconcile.Result) ([]any, error) {
	learner, err := c.encode(&r.Learner)
	if err != nil {
		return nil, err
	}
	return []any{
		learner, storable(r.Class), string(r.Outcome), r.Final, storable(r.Grade), present(r.ScoreMil, r.HasScore),
		c.text(r.Decision), r.From.String(), r.To.String(),
		present(int64(r.MonthsOwed), r.HasOwed), present(int64(r.MonthsServed), r.HasServed), present(int64(r.Cost), r.HasCost),
	}, nil
}

type resultRow struct {
	Source       string          `db:"source"`
	SheetNo      int             `db:"sheet_no"`
	LineNo       int             `db:"line_no"`
	Learner      json.RawMessage `db:"learner"`
	Class        string          `db:"class"`
	Outcome      string          `db:"outcome"`
	Final        bool            `db:"final"`
	Grade        string          `db:"grade"`
	ScoreMil     *int64          `db:"score_mil"`
	Decision     string          `db:"decision"`
	Opened       string          `db:"opened"`
	Closed       string          `db:"closed"`
	MonthsOwed   *int64          `db:"months_owed"`
	MonthsServed *int64          `db:"months_served"`
	Cost         *int64          `db:"cost"`
}

func (row *resultRow) result() (*reconcile.Result, error) {
	r := &reconcile.Result{
		Class: row.Class, Outcome: reconcile.Outcome(row.Outcome), Final: row.Final, Grade: row.Grade, Decision: row.Decision,
	}
	if err := decodeStrict(row.Learner, &r.Learner); err != nil {
		// The fault may quote a birth date.
		return nil, fmt.Errorf("dòng kết quả %d: người học lưu trong cơ sở dữ liệu không hợp lệ", row.LineNo+1)
	}
	var err error
	if r.From, err = reconcile.ParseDate(row.Opened); err != nil {
		return nil, fmt.Errorf("dòng kết quả %d: %w", row.LineNo+1, err)
	}
	if r.To, err = reconcile.ParseDate(row.Closed); err != nil {
		return nil, fmt.Errorf("dòng kết quả %d: %w", row.LineNo+1, err)
	}
	r.ScoreMil, r.HasScore = number[int64](row.ScoreMil)
	r.Cost, r.HasCost = number[reconcile.VND](row.Cost)
	owed, hasOwed := number[int64](row.MonthsOwed)
	served, hasServed := number[int64](row.MonthsServed)
	r.MonthsOwed, r.HasOwed, r.MonthsServed, r.HasServed = int(owed), hasOwed, int(served), hasServed
	return r, nil
}

func resultsOf(rows []*resultRow) ([]*reconcile.Result, error) {
	var all []*reconcile.Result
	for _, row := range rows {
		r, err := row.result()
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}
