package plan

import (
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// basisFile is the YAML shape of an act that a rule about data or results goes
// by.
type basisFile struct {
	Key  basisKey `yaml:"key" need:"true"`
	Text string   `yaml:"text" need:"true"`
	From date     `yaml:"from"`
	To   date     `yaml:"to"`
	Sure sureness `yaml:"sure" need:"true"`
	Note string   `yaml:"note" need:"true"`
}

type basisKey string

func (k *basisKey) UnmarshalText(b []byte) (err error) {
	all := reconcile.BasisKeys()
	known := make([]basisKey, len(all))
	for i := range all {
		known[i] = basisKey(all[i])
	}
	*k, err = strict.Choose(string(b), known...)
	return err
}

// readBases reads the bases; two of one key on one day would leave open which
// one is quoted.
func readBases(doc *strict.Document, files []basisFile) []reconcile.Basis {
	var all []reconcile.Basis
	for i, f := range files {
		b := reconcile.Basis{
			Key: reconcile.BasisKey(f.Key), Text: text(f.Text), From: f.From.Date, To: f.To.Date, Sure: reconcile.Sureness(f.Sure), Note: text(f.Note),
		}
		for j := range all {
			if other := &all[j]; other.Key == b.Key && !other.To.SurelyBefore(b.From) && !b.To.SurelyBefore(other.From) {
				doc.Fault(fmt.Sprintf("bases[%d]", i), fmt.Sprintf("căn cứ %s trùng thời gian hiệu lực với mục thứ %d", b.Key, j+1), "sửa from, to, hoặc bỏ một mục")
			}
		}
		all = append(all, b)
	}
	return all
}
