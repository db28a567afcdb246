package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"doisoat/reconcile"
)

// column is one column of one sheet of the allocation.
type column struct{ source, sheet, programs string }

// allocationSums checks the sums that the allocation states under or above its
// lines.
func allocationSums(in *Input, report Report) {
	columns := make(map[column][]*reconcile.Allocation)
	for i := range in.Allocations {
		a := &in.Allocations[i]
		s := share{programs: sortedSet(a.Programs)}
		c := column{a.Origin.Source, a.Origin.Sheet, s.id()}
		columns[c] = append(columns[c], a)
	}
	for c, lines := range columns {
		slices.SortStableFunc(lines, func(a, b *reconcile.Allocation) int {
			return cmp.Or(in.comparePlaces(a.Origin, b.Origin), cmp.Compare(a.Text, b.Text))
		})
		seen := make(map[string]int)
		for i, a := range lines {
			if !a.Subtotal {
				continue
			}
			text := reconcile.Key(a.Text)
			seen[text]++
			if sums := possibleSums(lines, i); !slices.Contains(sums, a.Places) {
				f := wrongSum(in, a, sums[0])
				f.Subject = "sum|" + c.programs + "|" + text + "#" + strconv.Itoa(seen[text])
				report(f)
			}
		}
	}
}

// possibleSums are the sums that the subtotal at i may state: of the lines
// above it since any subtotal before (sections nest) or since the beginning,
// and of those below it up to any later subtotal or the end. A section in which
// nobody got a place has the sum 0; the last sum of a column is a total and no
// section. The nearest sum that is not 0 comes first.
func possibleSums(lines []*reconcile.Allocation, i int) []int {
	var sums []int
	add := func(sum int) {
		if sum != 0 && !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	above, below := 0, 0
	for j := i - 1; j >= 0; j-- {
		if lines[j].Subtotal {
			add(above)
		} else {
			above += lines[j].Places
		}
	}
	add(above)
	for _, a := range lines[i+1:] {
		if a.Subtotal {
			add(below)
		} else {
			below += a.Places
		}
	}
	add(below)
	emptySection := i < len(lines)-1 && (i == 0 || lines[i-1].Subtotal)
	if emptySection || len(sums) == 0 {
		sums = append(sums, 0)
	}
	return sums
}

func wrongSum(in *Input, a *reconcile.Allocation, sum int) reconcile.Finding {
	return reconcile.Finding{
		Severity: reconcile.SeverityError,
		Program:  only(a.Programs),
		Place:    a.Origin,
		Message: fmt.Sprintf("Dòng “%s” của bảng phân bổ không bằng tổng các dòng mà nó cộng (%s).",
			cellText(a.Text), in.programNames(a.Programs)),
		Found:      "ghi " + count(a.Places) + " chỉ tiêu",
		Expected:   count(sum) + " chỉ tiêu theo các dòng được cộng",
		LegalBasis: planTitle(in),
		Remedy:     "Sửa số cộng hoặc số phân bổ của từng cơ quan cho khớp.",
	}
}
