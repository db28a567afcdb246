package reconcile

import (
	"math"
	"slices"
	"strconv"
)

// packedReading is a field's reading in 24 bytes, of which one pointer: the
// readings are most of what a list in memory consists of. Whatever is read has
// one form, packed or rare, so that equal readings have equal forms.
type packedReading struct {
	text  string
	row   uint32 // both 0 when the reading has no cell
	col   uint16
	field uint8 // in packedFields
	fault uint8 // in packedFaults
}

// pack is the reading in its small form; ok is false when it has none: a field
// or a fault that this release does not know, a cell beyond all sheets.
func pack(f Field, col, row int, text string, fault Fault) (p packedReading, ok bool) {
	field, ok := fieldCode(f)
	if !ok || col < 0 || col > math.MaxUint16 || row < 0 || row > math.MaxUint32 || (col == 0) != (row == 0) {
		return packedReading{}, false
	}
	code := 0
	if fault != NoFault {
		if code = slices.Index(packedFaults, fault); code < 0 {
			return packedReading{}, false
		}
	}
	return packedReading{text: text, row: uint32(row), col: uint16(col), field: field, fault: uint8(code)}, true
}

func (p *packedReading) unpack() Reading {
	return Reading{Cell: cellName(int(p.col), int(p.row)), Text: p.text, Fault: packedFaults[p.fault]}
}

// packedFields are the fields of which there are readings. One that is not
// among them is read and kept all the same, in more memory.
var packedFields = append(
	ColumnFields(),
	FieldItem, FieldUnitName, FieldClasses, FieldLearners, FieldQuantity, FieldRate, FieldAmount, FieldPlaces, FieldSpent,
	FieldOutcome, FieldGrade, FieldScore, FieldDecision, FieldOpened, FieldClosed, FieldOwed, FieldServed, FieldCost,
)

// fieldCode is the field's place in packedFields. It is asked for every cell of
// a list, and a look at three letters mostly answers it.
func fieldCode(f Field) (code uint8, ok bool) {
	if f == "" {
		return 0, false
	}
	if code = likelyCodes[likelihood(f)]; packedFields[code] == f {
		return code, true
	}
	code, ok = fieldCodes[f]
	return code, ok
}

func likelihood(f Field) uint8 {
	return uint8(len(f))*7 + f[0]*3 + f[len(f)/2]*5 + f[len(f)-1]
}

// fieldCodes are the places of all fields; likelyCodes are those by likelihood,
// where two of the same are the first one's.
var fieldCodes, likelyCodes = func() (codes map[Field]uint8, likely [256]uint8) {
	codes = make(map[Field]uint8, len(packedFields))
	for i, f := range slices.Backward(packedFields) {
		codes[f] = uint8(i)
		likely[likelihood(f)] = uint8(i)
	}
	return codes, likely
}()

// packedFaults are the faults, the first of which is none.
var packedFaults = []Fault{
	NoFault, Impossible, Lossy, Repaired, Contradictory, Unrecognised, Several, Malformed, Ambiguous,
}

// cellName is the name of the cell in that column and row: "D12", and "" for
// none, which is 0, 0.
func cellName(col, row int) string {
	if col == 0 {
		return ""
	}
	var b [maxCellName]byte
	return string(appendCellName(b[:0], col, row))
}

// appendCellName appends the name of a cell that there is.
func appendCellName(b []byte, col, row int) []byte {
	var letters [maxLetters]byte
	i := maxLetters
	for ; col > 0; col /= 26 {
		col--
		i--
		letters[i] = byte('A' + col%26)
	}
	return strconv.AppendInt(append(b, letters[i:]...), int64(row), 10)
}

// maxLetters is more letters than any column has, and maxCellName leaves room
// for any row behind them.
const maxLetters, maxCellName = 16, 16 + 20

// parseCell is the column and row of a name as cellName writes it, and of no
// other, so that nothing is lost by keeping them in its place.
func parseCell(name string) (col, row int, ok bool) {
	i := 0
	for i < len(name) && i < 3 && 'A' <= name[i] && name[i] <= 'Z' {
		col = col*26 + int(name[i]-'A') + 1
		i++
	}
	digits := name[i:]
	if name == "" || i == 0 || digits == "" || len(digits) > 9 || digits[0] == '0' {
		return 0, 0, name == ""
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return col, row, true
}
