package reconcile

// Allocation is a quota's share for one agency, read from a sheet or given in
// YAML. A share that several programs have together names them all.
type Allocation struct {
	Agency   string
	Programs []string
	Places   int
	// Subtotal: a sum over several agencies that the sheet itself states; it
	// is checked and never counted as a share.
	Subtotal bool
	// Text is what the sheet calls the agency.
	Text   string
	Origin Origin
}

// EstimateKind says what a line of money is.
type EstimateKind string

// A program's line states one amount for a whole program or class group (such
// a line is the program's budget line, unless the office gives one); a budgeted
// line is the budget line that the office itself gives in its inputs; an item's
// line is one cost of a detailed estimate; a subtotal or total sums lines above
// or below it.
const (
	BudgetedLine EstimateKind = "budget"
	ProgramLine  EstimateKind = "program"
	ItemLine     EstimateKind = "item"
	SubtotalLine EstimateKind = "subtotal"
	TotalLine    EstimateKind = "total"
)

// EstimateLine is a line of a cost estimate. Quantity × Rate should be Amount.
// Quantity has at most three decimals, kept as thousandths, since half days
// and shares occur; 0 with HasQuantity false means that the cell is empty.
type EstimateLine struct {
	Kind        EstimateKind
	Programs    []string // codes, none when not recognised
	Text        string   // the item or program as the sheet names it
	Classes     int
	Learners    int
	QuantityMil int64 // thousandths
	HasQuantity bool
	// Factors holds further multiplied columns (số người × số ngày × mức
	// chi), each in thousandths.
	FactorsMil []int64
	Rate       VND
	HasRate    bool
	Amount     VND
	HasAmount  bool
	Spent      VND
	HasSpent   bool
	// Lines are the indexes, within the sheet's Estimates, of the lines that
	// a subtotal or total sums.
	Lines    []int
	Origin   Origin
	Readings Readings
}
