package rule

import (
	"fmt"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
)

func BenchmarkRun100k(b *testing.B) { benchmarkRun(b, fixturePlan(), fixtureRegister()) }

// With the built-in plan's standards every row is judged for eligibility.
func BenchmarkEligibility100k(b *testing.B) {
	p, r := builtin()
	benchmarkRun(b, p, r)
}

func benchmarkRun(b *testing.B, p *reconcile.Plan, register *reconcile.Register) {
	in := &Input{Plan: p, Register: register, Today: reconcile.Date{Year: 2024, Month: 4, Day: 1}}
	agencies := []string{"H05", "H06", "S03", "S04"}
	for d := range 100 {
		doc := &reconcile.Document{Source: fmt.Sprintf("folder:%d", d), Agency: agencies[d%4]}
		doc.Sheets = []reconcile.Sheet{{Name: "DS", Role: reconcile.RoleRegistration, Title: fmt.Sprintf("Danh sách %d", d)}}
		s := &doc.Sheets[0]
		for i := range 1000 {
			r := sound(p, p.Programs[i%len(p.Programs)].Code, doc.Agency, i)
			r.BirthDate = reconcile.Date{Year: 1965 + i%30, Month: 1 + d%12, Day: 1 + i%28}
			r.Origin = reconcile.Origin{Source: doc.Source, Sheet: "DS", Row: 8 + i}
			r.Readings = reconcile.ReadingsOf(map[reconcile.Field]reconcile.Reading{
				reconcile.FieldFullName: {Text: r.FullName}, reconcile.FieldBirthDate: {Text: "x"}, reconcile.FieldPosition: {Text: r.Position},
			})
			if i%50 == 0 {
				r.BirthDate = reconcile.Date{}
			}
			s.Rows = append(s.Rows, reconcile.Row{Number: 8 + i, Registrations: []*reconcile.Registration{r}})
			in.Registrations = append(in.Registrations, r)
		}
		in.Documents = append(in.Documents, doc)
	}
	reconcile.AssignKeys(in.Registrations)
	in.Persons, in.Unsure = match.Persons(in.Registrations, match.Options{Register: in.Register})
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		Run(All(), in, Options{})
	}
}
