package formula

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// memory is a workbook of which the cells are written down in a test.
type memory struct {
	sheets []string
	away   map[int]bool // sheets that are not at hand
	hidden map[int]bool // rows
	cells  map[Address]Value
	names  map[string]string
}

func (m *memory) SheetIndex(name string) (int, bool) {
	i := slices.IndexFunc(m.sheets, func(s string) bool { return strings.EqualFold(s, name) })
	return i, i >= 0
}

func (m *memory) AtHand(sheet int) bool { return !m.away[sheet] }

func (m *memory) Cell(at Address) Value { return m.cells[at] }

func (m *memory) Cells(a Area, visit func(row, col int, hidden bool, v Value) bool) {
	var inside []Address
	for at := range m.cells {
		if at.Sheet == a.Sheet && a.FirstRow <= at.Row && at.Row <= a.LastRow && a.FirstCol <= at.Col && at.Col <= a.LastCol {
			inside = append(inside, at)
		}
	}
	slices.SortFunc(inside, func(a, b Address) int { return cmp.Or(a.Row-b.Row, a.Col-b.Col) })
	for _, at := range inside {
		if !visit(at.Row, at.Col, m.hidden[at.Row], m.cells[at]) {
			return
		}
	}
}

func (m *memory) Extent(int) (row, col int) {
	for at := range m.cells {
		row, col = max(row, at.Row), max(col, at.Col)
	}
	return row, col
}

func (m *memory) Set(at Address, v Value) error {
	m.cells[at] = v
	return nil
}

func (m *memory) Name(_ int, name string) (string, Syntax, bool) {
	s, ok := m.names[strings.ToLower(name)]
	return s, A1, ok
}

// newMemory is a workbook of the sheets "Trang 1" and S2. Its cells are given
// as "A1=12" or "S2!B2=text"; what begins with "==" is a formula.
func newMemory(t testing.TB, cells ...string) (*memory, *Engine) {
	t.Helper()
	m := &memory{sheets: []string{"Trang 1", "S2"}, cells: make(map[Address]Value)}
	e := NewEngine(m)
	for _, c := range cells {
		name, content, _ := strings.Cut(c, "=")
		at := addressOf(t, name)
		if f, ok := strings.CutPrefix(content, "="); ok {
			m.cells[at] = Value{Kind: Waiting}
			e.Add(at, New(f, A1, at))
			continue
		}
		m.cells[at] = typed(content)
	}
	return m, e
}

func addressOf(t testing.TB, name string) Address {
	t.Helper()
	at := Address{}
	if rest, ok := strings.CutPrefix(name, "S2!"); ok {
		at.Sheet, name = 1, rest
	}
	p, ok := partA1(name, Address{})
	if !ok {
		t.Fatalf("no cell: %s", name)
	}
	at.Row, at.Col = p.row, p.col
	return at
}

func typed(s string) Value {
	if f, err := strconv.ParseFloat(s, 64); err == nil && (s[0] != '0' || s == "0") {
		return number(f)
	}
	if s == "TRUE" || s == "FALSE" {
		return truth(s == "TRUE")
	}
	if strings.HasPrefix(s, "#") {
		return failure(s)
	}
	return text(s)
}

// shown is a value as tests write it.
func shown(v Value) string {
	switch v.Kind {
	case Text:
		return strconv.Quote(v.Str)
	case Number, Bool:
		return v.string()
	case Error:
		return v.Str
	}
	return fmt.Sprintf("kind %d", v.Kind)
}

// result calculates a formula that stands in Z9.
func result(t testing.TB, f string, cells ...string) (string, error) {
	t.Helper()
	m, e := newMemory(t, append(cells, "Z9=="+f)...)
	at := addressOf(t, "Z9")
	if err := e.Calculate(at); err != nil {
		return "", err
	}
	return shown(m.cells[at]), nil
}
