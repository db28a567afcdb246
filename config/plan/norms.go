package plan

import (
	_ "embed"
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

//go:embed norms/quoc-gia.yml
var nationalNorms []byte

type normsFile struct {
	Norms []normFile `yaml:"norms" need:"true"`
}

// NationalNorms are the ceilings that the central government sets for every
// province, each with its dates and its source. The error is a Faults.
func NationalNorms() ([]reconcile.Norm, error) {
	const file = "norms/quoc-gia.yml"
	var f normsFile
	in := &inputReader{path: file, doc: strict.Decode(file, nationalNorms, &f)}
	all := in.norms(f.Norms)
	if err := in.doc.Err(); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].National = true
	}
	return all, nil
}

func (in *inputReader) norms(list []normFile) []reconcile.Norm {
	var all []reconcile.Norm
	seen := make(map[string]int)
	for i, f := range list {
		at := fmt.Sprintf("norms[%d]", i)
		n := reconcile.Norm{
			Code: text(f.Code), Item: text(f.Item), Rank: text(f.Rank), Unit: text(f.Unit),
			Rate: reconcile.VND(f.Rate), Fixed: f.Fixed,
			PeriodsPerSession: f.PeriodsPerSession, WithPreparation: f.WithPreparation,
			From: f.From.Date, To: f.To.Date, Source: text(f.Source), Verified: f.Verified,
			Origin: in.origin("norms", i),
		}
		in.positive(at+".rate", int64(f.Rate))
		in.notNegative(at+".periods_per_session", int64(f.PeriodsPerSession))
		if n.To.SurelyBefore(n.From) {
			in.doc.Fault(at+".to", "định mức hết hiệu lực trước khi có hiệu lực", "sửa from hoặc to")
		}
		in.once(seen, n.Code+" "+n.From.String(), at, n.Origin.Row)
		all = append(all, n)
	}
	return all
}
