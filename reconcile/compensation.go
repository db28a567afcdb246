package reconcile

import "math/big"

// Compensation is what a learner pays back of the cost of a course under
// Decree 101/2017/NĐ-CP, articles 7 and 8: all of it when the course was left
// or brought no diploma (served is of no matter then), else
//
//	S = F ÷ T1 × (T1 − T2)
//
// where F is the cost for this learner (tuition and all other costs of the
// course, no salary and allowances), T1 the months of service owed and T2 the
// months served, both whole. S is rounded to the đồng, half up; it is 0 once
// all is served.
type Compensation struct {
	Cost         VND // F
	Owed, Served int // T1 and T2 in whole months
}

// Whole is the cost to recover of who left the course or got no diploma.
func (c Compensation) Whole() VND { return max(c.Cost, 0) }

// Remaining is the cost to recover of who graduated and left before the time
// owed was served; false when no time is owed, so that nothing can be reckoned.
func (c Compensation) Remaining() (VND, bool) {
	if c.Owed <= 0 {
		return 0, false
	}
	left := min(max(c.Owed-c.Served, 0), c.Owed)
	n := new(big.Int).Mul(big.NewInt(int64(c.Whole())), big.NewInt(int64(left)))
	n.Mul(n, big.NewInt(2)).Add(n, big.NewInt(int64(c.Owed)))
	return clamp(n.Div(n, big.NewInt(2*int64(c.Owed)))), true
}
