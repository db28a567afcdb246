package formula

import (
	"errors"
	"fmt"
)

// The reasons for which a formula is not calculated.
var (
	ErrSyntax   = errors.New("the formula is not understood")
	ErrFunction = errors.New("the function is not known")
	ErrName     = errors.New("the name is not known")
	ErrCircular = errors.New("the formula refers to itself")
	ErrBudget   = errors.New("the formulas take too much work")
	ErrSettings = errors.New("the result depends on the settings of the computer")
	ErrHidden   = errors.New("the result depends on why rows are hidden")
	ErrNoText   = errors.New("the file does not have the formula")
)

// errDeeper stops a calculation that has to wait for another cell, which is
// calculated first.
var errDeeper = errors.New("another cell comes first")

// NeedsSheetError says that a formula waits for the cells of a sheet that the
// workbook does not have at hand.
type NeedsSheetError struct{ Sheet int }

func (e *NeedsSheetError) Error() string { return fmt.Sprintf("sheet %d is needed", e.Sheet+1) }

func unknownFunction(name string) error { return fmt.Errorf("%w: %.40s", ErrFunction, name) }
