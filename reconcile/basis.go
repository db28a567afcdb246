package reconcile

// BasisKey names what a legal basis is for, where no standard of a program
// decides it.
type BasisKey string

// The bases that rules about data and results quote.
const (
	BasisCitizenID    BasisKey = "citizen_id"   // how a personal number is made up
	BasisPartyDates   BasisKey = "party_dates"  // joining the Party, becoming a full member
	BasisUnicode      BasisKey = "unicode"      // the encoding of Vietnamese text
	BasisCompensation BasisKey = "compensation" // paying back the cost of training
)

// BasisKeys are all keys, in the order above.
func BasisKeys() []BasisKey {
	return []BasisKey{BasisCitizenID, BasisPartyDates, BasisUnicode, BasisCompensation}
}

// Basis is the act that a rule goes by, for as long as it is in force.
type Basis struct {
	Key      BasisKey
	Text     string // as findings quote it
	From, To Date   // first and last day, zero when open
	Sure     Sureness
	Note     string // why it is as sure as it is, and from where
}

// Basis returns what the plan's standards give as the basis on the day, nil
// when they give none. Where a day that is not known exactly leaves several, the
// last of them stands.
func (p *Plan) Basis(key BasisKey, day Date) *Basis {
	var last *Basis
	for i := range p.Bases {
		if b := &p.Bases[i]; b.Key == key && within(day, b.From, b.To) {
			last = b
		}
	}
	return last
}
