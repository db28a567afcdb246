package sheet

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The records of a BIFF stream that are read ([MS-XLS] 2.3), of which those of
// Excel 5 and 95 differ in how they hold text.
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recExternSheet = 0x0017
	recDate1904    = 0x0022
	recFilePass    = 0x002F
	recFont        = 0x0031
	recContinue    = 0x003C
	recCodePage    = 0x0042
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recSupBook     = 0x01AE
	recRecalcID    = 0x01C1
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

// The cells of BIFF2 to BIFF4, which no later program writes. To pass over them
// would lose them.
func isOldCell(id uint16) bool {
	switch id {
	case 0x0002, 0x0003, 0x0004, 0x0005, 0x0007, 0x0206, 0x0406:
		return true
	}
	return false
}

// What a BOF record says its part of the stream is ([MS-XLS] 2.4.21).
const (
	partGlobals   = 0x0005
	partSheet     = 0x0010
	partChart     = 0x0020
	partMacro     = 0x0040
	versionBIFF5  = 0x0500
	versionBIFF8  = 0x0600
	recordHeader  = 4
	maxRecordBody = math.MaxUint16
)

// errOldExcel: the workbook is one of BIFF2 to BIFF4.
var errOldExcel = fmt.Errorf("%w: a workbook of Excel 4 or older", ErrUnsupported)

// biffRecords reads the records of a BIFF stream one after the other, without
// copying them.
type biffRecords struct {
	ctx   context.Context
	r     *bufio.Reader
	at    int64 // where the current record stands in the stream
	held  int   // its bytes, header included
	count int

	id   uint16
	data []byte // of the current record, until the next one
	rest []byte // what of data has not been taken yet

	// The text that has been read last, as UTF-8, and the fonts of its parts.
	text  []byte
	units int // its length in the file's characters
	runs  []textRun
}

// recordsAt reads a stream from a place on.
func recordsAt(ctx context.Context, r io.ReaderAt, size, at int64) *biffRecords {
	// Room for two records of the greatest length, since one may have to look
	// at the header of the next.
	const buffer = 2 * (recordHeader + maxRecordBody)
	return &biffRecords{ctx: ctx, at: at, r: bufio.NewReaderSize(io.NewSectionReader(r, at, size-at), buffer)}
}

// next moves to the next record. A stream must not end before its EOF record.
func (b *biffRecords) next() error {
	if b.count++; b.count%1024 == 0 {
		if err := b.ctx.Err(); err != nil {
			return err
		}
	}
	if _, err := b.r.Discard(b.held); err != nil {
		return biffError(err)
	}
	b.at, b.held = b.at+int64(b.held), 0
	head, err := b.r.Peek(recordHeader)
	if err != nil {
		return biffError(err)
	}
	b.id = binary.LittleEndian.Uint16(head)
	held := recordHeader + int(binary.LittleEndian.Uint16(head[2:]))
	whole, err := b.r.Peek(held)
	if err != nil {
		return biffError(err)
	}
	b.held, b.data, b.rest = held, whole[recordHeader:], whole[recordHeader:]
	return nil
}

// more moves on to the CONTINUE record that follows, if one does.
func (b *biffRecords) more() (bool, error) {
	head, err := b.r.Peek(b.held + recordHeader)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, biffError(err)
	}
	if binary.LittleEndian.Uint16(head[b.held:]) != recContinue {
		return false, nil
	}
	return true, b.next()
}

func biffError(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: the records end too early", ErrDamaged)
	}
	return damaged(err)
}

// atLeast says that a record is as long as its kind must be.
func (b *biffRecords) atLeast(n int) error {
	if len(b.data) < n {
		return fmt.Errorf("%w: record %#x of %d bytes", ErrDamaged, b.id, len(b.data))
	}
	return nil
}

// u16 is a number at a place of the record, which must be that long.
func (b *biffRecords) u16(at int) uint16 { return binary.LittleEndian.Uint16(b.data[at:]) }

// each hands over the records up to the EOF record that belongs to the BOF
// record before, without those of parts within, like an embedded chart's.
func (b *biffRecords) each(record func() error) error {
	for depth := 0; ; {
		if err := b.next(); err != nil {
			return err
		}
		switch {
		case b.id == recBOF:
			depth++
		case b.id == recEOF && depth == 0:
			return nil
		case b.id == recEOF:
			depth--
		case depth == 0:
			if err := record(); err != nil {
				return err
			}
		}
	}
}

// bof reads a BOF record: the version and the kind of what follows.
func (b *biffRecords) bof() (version, part uint16, err error) {
	err = b.next()
	switch {
	case b.id == 0x0009, b.id == 0x0209, b.id == 0x0409:
		return 0, 0, errOldExcel
	case err != nil:
		return 0, 0, err
	case b.id != recBOF:
		return 0, 0, fmt.Errorf("%w: record %#x in the place of the first", ErrDamaged, b.id)
	}
	if err := b.atLeast(4); err != nil {
		return 0, 0, err
	}
	return b.u16(0), b.u16(2), nil
}

// rkNumber decodes a number of 30 bits ([MS-XLS] 2.5.217).
func rkNumber(rk uint32) float64 {
	v := float64(int32(rk) >> 2)
	if rk&2 == 0 {
		v = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}

// errorName is the name of an error value ([MS-XLS] 2.5.10).
func errorName(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2A:
		return "#N/A"
	}
	return "#ERROR!"
}
