package match

import "math"

// The probabilities of the Fellegi-Sunter model. A weight is log2(m/u) bits: m
// is how often a field compares so in two rows of one person, u how often in
// two rows of different people. The u of names, dates, units and positions are
// their frequencies (frequency.go), so that a rare value weighs more. No study
// of errors in rosters of Vietnamese offices was found: the m are the office's
// own estimates, and TestPlanted shows what they achieve on invented lists.
const (
	// A person has on average a fifth of another row in a plan: 8,572 places for
	// some 7,000 people. Whom a row is compared with is at least a province's
	// officials, however few rows a file has.
	otherRows  = 0.2
	population = 10_000

	// Names. A slip is a wrong mark or letter; that it gives one certain other
	// word is what counts: some five other marks, some twenty other letters.
	mName       = 0.92
	mMark       = 0.015 / 5  // a mark wrong or forgotten in a word
	mLetter     = 0.016 / 20 // a letter wrong, missing or doubled
	mIY         = 0.03       // i for y: spelling schools, hardly a slip
	mFewerWords = 0.015      // a middle word left out
	uFewerWords = 0.7        // that a name has just that many words
	uOtherName  = 1.0
	mOtherName  = 0.001
	shareTwo    = 0.02 // names of two, three, four words: older officials have
	shareThree  = 0.70 // more of three than the children counted in hoten.org
	shareMore   = 0.28

	// Birth dates.
	mDate      = 0.93
	mDateSlip  = 0.01 // one digit wrong
	mDateSwap  = 0.004
	mDateOther = 0.01
	mLessDate  = 0.97 // as far as both are known
	digitSlips = 15   // dates that are one digit away from a date, and exist
	daysOfYear = 365.25
	newYear    = 0.03 // registered on 1 January, the day not being known

	mSex, uSex = 0.99, 0.5

	// Citizen IDs. Six of the digits are at random, but a number gets copied
	// into the wrong row more often than two people share it by chance.
	// Two numbers that differ in more than a slip are two people's: no weight.
	mID     = 0.98
	uID     = 1e-5
	mIDSlip = 0.015
	uIDSlip = 1e-4

	// Phones. A person may have two; an office's own number is not compared
	// (see phoneShared).
	mPhone, uPhone = 0.75, 2e-6
	phoneShared    = 2 // names from which on a number is an office's

	// Where people work. Somebody sent by two agencies has changed, or belongs
	// to a district and is claimed by a department.
	mUnit, mAgency, mDistrict, mElsewhere = 0.35, 0.60, 0.70, 0.30
	mPosition, mOtherPosition             = 0.55, 0.45
	mPartyDate, mOtherPartyDate           = 0.90, 0.08
	uPartyDate                            = 1.0 / 3000

	// sureAt is the probability from which two rows are joined, if they also
	// meet the conditions of verdict.sure; reviewAt that from which somebody
	// has to look. The commonest names of a large list meet by birth date also
	// by chance, so that name and date alone leave a doubt of some hundredths:
	// asking about each of them would cost 3 of 100 true pairs at 30,000 rows.
	// What that costs is in TestPlanted: of all joined pairs fewer than 1 in 300
	// are wrong, since nearly all are far above it.
	sureAt   = 0.95
	reviewAt = 0.30
)

func bits(m, u float64) float64 { return math.Log2(m / u) }

// prior is the weight of two rows of which nothing is known.
func prior(rows int) float64 { return math.Log2(otherRows / float64(max(rows, population))) }

// probability of so many bits, to four places: what is beyond says nothing.
func probability(sum float64) float64 {
	p := 1 / (1 + math.Exp2(-sum))
	return math.Round(p*1e4) / 1e4
}
