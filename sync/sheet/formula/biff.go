package formula

import (
	"encoding/binary"
	"fmt"
	"math"
)

// BIFF is what the formulas of an Excel 97 to 2003 file need beside their
// tokens.
type BIFF struct {
	// Sheet is the name of the sheet that a reference to others has by its
	// number; false for those of other workbooks and of several sheets.
	Sheet func(number int) (string, bool)
	// Text decodes a text of that many characters at the start of b, and says
	// how many bytes it takes; false where it is cut off.
	Text func(b []byte, chars int) (s string, size int, ok bool)
}

// NewBIFF is a formula of the cell base that stands in a file as tokens in
// reverse Polish notation ([MS-XLS] 2.2.2). What is relative in it has already
// been counted from its cell.
func NewBIFF(tokens []byte, book *BIFF, base Address) *Formula {
	return &Formula{base: base, tokens: tokens, book: book}
}

// tokenReader turns tokens into the same parts that a written formula has.
type tokenReader struct {
	book  *BIFF
	known functions
	b     []byte
	stack []stacked
	err   error
}

type stacked struct {
	x     expr
	depth int
}

func readTokens(tokens []byte, book *BIFF, known functions) (expr, error) {
	r := &tokenReader{book: book, known: known, b: tokens}
	for len(r.b) > 0 && r.err == nil {
		r.token()
	}
	if r.err == nil && len(r.stack) != 1 {
		r.fault("tokens that are left over")
	}
	if r.err != nil {
		return nil, r.err
	}
	return r.stack[0].x, nil
}

func (r *tokenReader) fault(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrSyntax, what)
	}
}

// take gives the next n bytes, zeros where there are none.
func (r *tokenReader) take(n int) []byte {
	if n > len(r.b) {
		r.fault("it ends within a token")
		return make([]byte, n)
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *tokenReader) u16() int { return int(binary.LittleEndian.Uint16(r.take(2))) }

func (r *tokenReader) push(x expr, depth int) {
	if depth > maxNesting {
		r.fault("nested too deeply")
	}
	r.stack = append(r.stack, stacked{x, depth})
}

// pop takes the last n parts, in their order, and how deep they are.
func (r *tokenReader) pop(n int) (list []expr, depth int) {
	list = make([]expr, n)
	if n > len(r.stack) {
		r.fault("a token without its operands")
		for i := range list {
			list[i] = missing{}
		}
		return list, 0
	}
	for i, s := range r.stack[len(r.stack)-n:] {
		list[i], depth = s.x, max(depth, s.depth)
	}
	r.stack = r.stack[:len(r.stack)-n]
	return list, depth
}

// The tokens by their numbers ([MS-XLS] 2.5.198.25); operands come in three
// classes, which differ in bits that do not matter here.
const (
	tokenAdd       = 0x03
	tokenNE        = 0x0E
	tokenRange     = 0x11
	tokenPlus      = 0x12
	tokenMinus     = 0x13
	tokenPercent   = 0x14
	tokenParen     = 0x15
	tokenMissing   = 0x16
	tokenText      = 0x17
	tokenAttr      = 0x19
	tokenError     = 0x1C
	tokenBool      = 0x1D
	tokenInt       = 0x1E
	tokenNumber    = 0x1F
	tokenFunc      = 0x21
	tokenFuncVar   = 0x22
	tokenRef       = 0x24
	tokenArea      = 0x25
	tokenRefErr    = 0x2A
	tokenAreaErr   = 0x2B
	tokenRef3D     = 0x3A
	tokenArea3D    = 0x3B
	tokenRefErr3D  = 0x3C
	tokenAreaErr3D = 0x3D

	refSize, areaSize, sheetSize = 4, 8, 2
)

var tokenOperators = []op{opAdd, opSub, opMul, opDiv, opPow, opConcat, opLT, opLE, opEQ, opGE, opGT, opNE}

func (r *tokenReader) token() {
	id := r.take(1)[0]
	if id >= 0x40 {
		id = id&0x1F | 0x20
	}
	switch {
	case id >= tokenAdd && id <= tokenNE:
		list, depth := r.pop(2)
		r.push(combine(tokenOperators[id-tokenAdd], list[0], list[1]), depth+1)
		return
	case id >= tokenFunc:
		r.operand(id)
		return
	}
	switch id {
	case tokenRange:
		list, depth := r.pop(2)
		r.push(&rangeExpr{list[0], list[1]}, depth+1)
	case tokenPlus, tokenMinus, tokenPercent:
		list, depth := r.pop(1)
		r.push(&sign{op: "+-%"[id-tokenPlus], of: list[0]}, depth+1)
	case tokenParen:
	case tokenMissing:
		r.push(missing{}, 0)
	case tokenText:
		r.text()
	case tokenAttr:
		r.attribute()
	case tokenError:
		r.push(&literal{failure(biffError(r.take(1)[0]))}, 0)
	case tokenBool:
		r.push(&literal{truth(r.take(1)[0] != 0)}, 0)
	case tokenInt:
		r.push(&literal{number(float64(r.u16()))}, 0)
	case tokenNumber:
		r.push(&literal{number(math.Float64frombits(binary.LittleEndian.Uint64(r.take(8))))}, 0)
	default: // shared formulas, tables, unions and intersections
		r.fault(fmt.Sprintf("token %#x", id))
	}
}

func (r *tokenReader) operand(id byte) {
	switch id {
	case tokenFunc:
		r.function(-1)
	case tokenFuncVar:
		r.function(int(r.take(1)[0] & 0x7F))
	case tokenRef:
		r.reference("", refSize)
	case tokenArea:
		r.reference("", areaSize)
	case tokenRef3D, tokenArea3D:
		sheet, ok := r.book.Sheet(r.u16())
		if !ok {
			r.fault("a reference to another workbook or several sheets")
			return
		}
		r.reference(sheet, map[byte]int{tokenRef3D: refSize, tokenArea3D: areaSize}[id])
	case tokenRefErr, tokenAreaErr, tokenRefErr3D, tokenAreaErr3D:
		r.take(map[byte]int{
			tokenRefErr: refSize, tokenAreaErr: areaSize, tokenRefErr3D: sheetSize + refSize, tokenAreaErr3D: sheetSize + areaSize,
		}[id])
		r.push(&literal{failure(errRef)}, 0)
	default: // arrays, names, what belongs to shared formulas
		r.fault(fmt.Sprintf("token %#x", id))
	}
}

// reference reads a cell, or the first and last row and the first and last
// column of an area. Columns have 256 rows' worth of marks above their bits.
func (r *tokenReader) reference(sheet string, size int) {
	const colBits = 0x00FF
	b := r.take(size)
	at := func(i int) int { return int(binary.LittleEndian.Uint16(b[i:])) }
	ref := &reference{sheet: sheet}
	if size == refSize {
		ref.from = corner{row: at(0) + 1, col: at(2)&colBits + 1}
		ref.to = ref.from
	} else {
		ref.from = corner{row: at(0) + 1, col: at(4)&colBits + 1}
		ref.to = corner{row: at(2) + 1, col: at(6)&colBits + 1}
		if ref.from.row == 1 && ref.to.row == 1<<16 { // whole columns
			ref.to.row = maxRow
		}
		if ref.from.col == 1 && ref.to.col == 1<<8 {
			ref.to.col = maxCol
		}
	}
	r.push(&refExpr{ref}, 0)
}

func (r *tokenReader) text() {
	chars := int(r.take(1)[0])
	s, size, ok := r.book.Text(r.b, chars)
	if !ok {
		r.fault("a text that is cut off")
		return
	}
	r.take(size)
	r.push(&literal{text(s)}, 0)
}

// attribute reads a token that says how to go about the calculation. Which
// branch of IF and CHOOSE to jump to does not matter; SUM of one argument does.
func (r *tokenReader) attribute() {
	const (
		choose = 0x04
		sumOf  = 0x10
	)
	kind, n := r.take(1)[0], r.u16()
	switch kind {
	case choose:
		r.take(2 * (n + 1))
	case sumOf:
		r.call("SUM", 1)
	}
}

// function reads a function with so many arguments, -1 where it always has the
// same number.
func (r *tokenReader) function(args int) {
	number := r.u16()
	name, ok := biffFunctions()[number]
	if !ok {
		r.err = unknownFunction(fmt.Sprintf("number %d", number))
		return
	}
	r.call(name, args)
}

func (r *tokenReader) call(name string, n int) {
	fn := r.known.find(name)
	if fn == nil {
		r.err = unknownFunction(name)
		return
	}
	if n < 0 {
		n = fn.least
	}
	args, depth := r.pop(n)
	if n < fn.least || fn.most >= 0 && n > fn.most {
		r.fault(name + ": a wrong number of arguments")
	}
	r.push(&callExpr{fn, args}, depth+1)
}

func biffError(code byte) string {
	switch code {
	case 0x00:
		return errNull
	case 0x07:
		return errDiv
	case 0x0F:
		return errValue
	case 0x17:
		return errRef
	case 0x1D:
		return errName
	case 0x24:
		return errNum
	}
	return errNA
}

// biffFunctions are the numbers of functions in files ([MS-XLS] 2.5.198.17), of
// those that can be calculated.
func biffFunctions() map[int]string {
	return map[int]string{
		0: "COUNT", 1: "IF", 2: "ISNA", 3: "ISERROR", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 8: "ROW", 9: "COLUMN",
		10: "NA", 19: "PI", 20: "SQRT", 24: "ABS", 25: "INT", 26: "SIGN", 27: "ROUND", 28: "LOOKUP", 29: "INDEX", 30: "REPT",
		31: "MID", 32: "LEN", 33: "VALUE", 34: "TRUE", 35: "FALSE", 36: "AND", 37: "OR", 38: "NOT", 39: "MOD", 48: "TEXT",
		64: "MATCH", 65: "DATE", 66: "TIME", 67: "DAY", 68: "MONTH", 69: "YEAR", 70: "WEEKDAY", 71: "HOUR", 72: "MINUTE",
		73: "SECOND", 76: "ROWS", 77: "COLUMNS", 78: "OFFSET", 82: "SEARCH", 100: "CHOOSE", 101: "HLOOKUP", 102: "VLOOKUP",
		111: "CHAR", 112: "LOWER", 113: "UPPER", 114: "PROPER", 115: "LEFT", 116: "RIGHT", 117: "EXACT", 118: "TRIM",
		119: "REPLACE", 120: "SUBSTITUTE", 121: "CODE", 124: "FIND", 126: "ISERR", 127: "ISTEXT", 128: "ISNUMBER",
		129: "ISBLANK", 130: "T", 131: "N", 140: "DATEVALUE", 162: "CLEAN", 169: "COUNTA", 183: "PRODUCT", 190: "ISNONTEXT",
		197: "TRUNC", 198: "ISLOGICAL", 212: "ROUNDUP", 213: "ROUNDDOWN", 216: "RANK", 219: "ADDRESS", 228: "SUMPRODUCT",
		279: "EVEN", 285: "FLOOR", 288: "CEILING", 325: "LARGE", 326: "SMALL", 336: "CONCATENATE", 337: "POWER",
		344: "SUBTOTAL", 345: "SUMIF", 346: "COUNTIF", 347: "COUNTBLANK", 351: "DATEDIF", 359: "HYPERLINK",
		480: "IFERROR", 481: "COUNTIFS", 482: "SUMIFS", 483: "AVERAGEIF", 484: "AVERAGEIFS",
	}
}
