package rule

import (
	"fmt"
	"math/big"
	"strings"

	"doisoat/reconcile"
)

// kp03 finds lines of an estimate whose amount is not quantity × rate, with
// the further factors that the sheet has columns for. One đồng of rounding is
// allowed.
func kp03() Rule {
	return Rule{
		ID: "KP03", Title: "Số lượng × mức chi không bằng thành tiền", Alone: true,
		Sheet: ofSheet(products), Plan: ofConfiguration(products),
	}
}

func products(in *Input, e *estimates, report Report) {
	e.each(func(l *reconcile.EstimateLine, id string) {
		if !l.HasQuantity || !l.HasRate || !l.HasAmount {
			return
		}
		want, exact := product(l)
		if exact || within1(want, l.Amount) {
			return
		}
		report(reconcile.Finding{
			Severity:   reconcile.SeverityError,
			Subject:    id,
			Agency:     e.agency,
			Program:    only(l.Programs),
			Place:      amountPlace(l),
			Message:    fmt.Sprintf("“%s”: %s không bằng thành tiền ghi trong dự toán.", cellText(l.Text), factors(l)),
			Found:      l.Amount.String(),
			Expected:   want.String(),
			LegalBasis: moneyBasis(in),
			Remedy:     "Tính lại thành tiền, hoặc sửa số lượng, mức chi cho đúng.",
		})
	})
}

// product is quantity × factors × rate to the nearest đồng; exact reports
// whether it is the stated amount without any rounding.
func product(l *reconcile.EstimateLine) (want reconcile.VND, exact bool) {
	n := new(big.Int).Mul(big.NewInt(l.QuantityMil), big.NewInt(int64(l.Rate)))
	scale := big.NewInt(1000)
	for _, f := range l.FactorsMil {
		n.Mul(n, big.NewInt(f))
		scale.Mul(scale, big.NewInt(1000))
	}
	stated := new(big.Int).Mul(big.NewInt(int64(l.Amount)), scale)
	exact = stated.Cmp(n) == 0
	n.Add(n, new(big.Int).Rsh(scale, 1))
	n.Div(n, scale)
	if !n.IsInt64() {
		return reconcile.VND(1<<63 - 1), false
	}
	return reconcile.VND(n.Int64()), exact
}

func within1(a, b reconcile.VND) bool {
	d := a - b
	return d >= -1 && d <= 1
}

// factors writes the product with its cells: "15 (D9) × 150.000 (E9)".
func factors(l *reconcile.EstimateLine) string {
	cell := func(f reconcile.Field) string {
		if c := l.Readings.Get(f).Cell; c != "" {
			return " (" + c + ")"
		}
		return ""
	}
	parts := []string{thousandths(l.QuantityMil) + cell(reconcile.FieldQuantity)}
	for _, f := range l.FactorsMil {
		parts = append(parts, thousandths(f))
	}
	parts = append(parts, l.Rate.Format()+cell(reconcile.FieldRate))
	return strings.Join(parts, " × ")
}

// thousandths writes a number of thousandths with a decimal comma: 1500 is 1,5.
func thousandths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + reconcile.VND(n/1000).Format()
	if rest := n % 1000; rest != 0 {
		text += "," + strings.TrimRight(fmt.Sprintf("%03d", rest), "0")
	}
	return text
}
