package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// completedEarlier reports the registrations of people who completed the program
// or a higher one under the plan of an earlier year that lies in the same
// database, each with the latest such class, and returns them.
func (in *Input) completedEarlier(report Report) map[*reconcile.Registration]bool {
	told := make(map[*reconcile.Registration]bool)
	for _, own := range in.Registrations {
		wanted := in.index.byCode[own.Program]
		if wanted == nil {
			continue
		}
		for i := range in.Earlier.Completed[own.Key] {
			done := &in.Earlier.Completed[own.Key][i]
			if !in.covers(done, wanted) || in.declaredToEligibility(own, wanted) {
				continue
			}
			told[own] = true
			report(in.alreadyDone(own, classInYear(done.Name, done.Year), in.accordingToPlan(done), ""))
			break
		}
	}
	return told
}

// covers reports whether who completed the one needs the other no more. The
// codes of two plans may mean two things: where nothing is known of the kind,
// the names have to agree, too.
func (in *Input) covers(done *reconcile.CompletedProgram, wanted *reconcile.Program) bool {
	if done.Kind == "" && reconcile.Key(done.Name) != reconcile.Key(in.Plan.ProgramName(wanted.Code)) {
		return false
	}
	from, once := rungOf(&reconcile.Program{Code: done.Program, Kind: done.Kind})
	to, again := rungOf(wanted)
	return once && again && from.ladder == to.ladder && from.height >= to.height
}

// accordingToPlan says whose results these are; the school is no secret.
func (in *Input) accordingToPlan(done *reconcile.CompletedProgram) string {
	if done.Provider == "" {
		return fmt.Sprintf(", theo kết quả đã lưu của kế hoạch %s", done.Plan)
	}
	return fmt.Sprintf(" tại %s, theo kết quả đã lưu của kế hoạch %s", done.Provider, done.Plan)
}
