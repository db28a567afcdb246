package reconcile

// Norm is the ceiling of a rate, or a fixed rate, as a legal act sets it.
type Norm struct {
	Code string // the office's own short name of the norm
	Item string // nội dung chi
	// Rank is the class of person that the rate is for ("Giáo sư, chuyên gia
	// cao cấp"), "" when the rate depends on none.
	Rank string
	Unit string // "buổi", "tiết", "người/ngày"
	Rate VND
	// Fixed: the rate is exact; otherwise it may not be passed.
	Fixed bool
	// PeriodsPerSession is how many tiết one buổi has, 0 when it does not matter.
	PeriodsPerSession int
	// WithPreparation: the rate includes preparing the lesson.
	WithPreparation bool
	From, To        Date   // first and last day, zero when open
	Source          string // the legal act
	// Verified: somebody compared the figure with the act. A figure that is
	// not verified may only warn.
	Verified bool
	// National: the ceiling of the central government, which no province's norm
	// may pass, whatever the rank.
	National bool
	Origin   Origin
}

// ValidAt reports whether the norm is in force on the day.
func (n *Norm) ValidAt(day Date) bool {
	return !day.SurelyBefore(n.From) && !n.To.SurelyBefore(day)
}
