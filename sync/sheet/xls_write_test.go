package sheet

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"testing"
	"unicode/utf16"
)

var le = binary.LittleEndian

// oleOf makes a compound file of the streams. With scatter the sectors of each
// stand in the file from the last to the first.
func oleOf(scatter bool, streams ...filePart) []byte {
	var w oleWriter
	var mini []byte
	var miniTable []uint32
	entries := []oleEntry{{name: "Root Entry", kind: oleRootEntry, child: 1, left: oleNone, right: oleNone}}
	for i, s := range streams {
		e := oleEntry{name: s.name, kind: oleStreamEntry, left: oleNone, right: oleNone, child: oleNone, size: int64(len(s.content))}
		if i+1 < len(streams) {
			e.right = uint32(i + 2)
		}
		switch {
		case e.size == 0:
			e.start = oleEndOfChain
		case e.size >= oleMiniBelow:
			e.start = w.chain([]byte(s.content), scatter)
		default:
			e.start = uint32(len(miniTable))
			for at := 0; at < len(s.content); at += oleMiniSector {
				miniTable = append(miniTable, uint32(len(miniTable)+1))
			}
			miniTable[len(miniTable)-1] = oleEndOfChain
			mini = append(mini, s.content...)
			mini = append(mini, make([]byte, len(miniTable)*oleMiniSector-len(mini))...)
		}
		entries = append(entries, e)
	}
	entries[0].start, entries[0].size = w.chain(mini, scatter), int64(len(mini))
	var table, directory []byte
	for _, n := range miniTable {
		table = le.AppendUint32(table, n)
	}
	for _, e := range entries {
		directory = append(directory, e.bytes()...)
	}
	return w.bytes(w.chain(directory, false), w.chain(table, scatter))
}

func (e oleEntry) bytes() []byte {
	b := make([]byte, oleEntryBytes)
	units := utf16.Encode([]rune(e.name))
	for i, u := range units {
		le.PutUint16(b[2*i:], u)
	}
	le.PutUint16(b[64:], uint16(2*len(units)+2))
	b[66] = e.kind
	le.PutUint32(b[68:], e.left)
	le.PutUint32(b[72:], e.right)
	le.PutUint32(b[76:], e.child)
	le.PutUint32(b[116:], e.start)
	le.PutUint32(b[120:], uint32(e.size))
	return b
}

type oleWriter struct {
	data []byte
	next []uint32 // the allocation table
}

func (w *oleWriter) chain(content []byte, scatter bool) uint32 {
	const sector = 512
	n := (len(content) + sector - 1) / sector
	if n == 0 {
		return oleEndOfChain
	}
	base := len(w.next)
	at := func(i int) uint32 {
		if scatter {
			i = n - 1 - i
		}
		return uint32(base + i)
	}
	w.data = append(w.data, make([]byte, n*sector)...)
	w.next = append(w.next, make([]uint32, n)...)
	for i := range n {
		copy(w.data[int(at(i))*sector:], content[i*sector:min(len(content), (i+1)*sector)])
		w.next[at(i)] = oleEndOfChain
		if i+1 < n {
			w.next[at(i)] = at(i + 1)
		}
	}
	return at(0)
}

// bytes adds the allocation table, the lists of its sectors, and the header.
func (w *oleWriter) bytes(directory, miniTable uint32) []byte {
	const sector, perSector, perList = 512, 128, 127
	tables, lists := 0, 0
	for (len(w.next)+tables+lists) > tables*perSector || tables > oleHeadSectors+lists*perList {
		if tables > oleHeadSectors+lists*perList {
			lists++
		} else {
			tables++
		}
	}
	first := len(w.next)
	for i := range tables + lists {
		w.next = append(w.next, 0xFFFFFFFD)
		if i >= tables {
			w.next[len(w.next)-1] = 0xFFFFFFFC
		}
	}
	head := make([]byte, sector)
	copy(head, oleMagic)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], directory)
	le.PutUint32(head[56:], oleMiniBelow)
	le.PutUint32(head[60:], miniTable)
	le.PutUint32(head[64:], 1)
	le.PutUint32(head[68:], oleEndOfChain)
	le.PutUint32(head[72:], uint32(lists))
	for i := range oleHeadSectors {
		n := uint32(oleNone)
		if i < tables {
			n = uint32(first + i)
		}
		le.PutUint32(head[76+4*i:], n)
	}
	if lists > 0 {
		le.PutUint32(head[68:], uint32(first+tables))
	}
	for i := range tables * perSector {
		n := uint32(oleNone)
		if i < len(w.next) {
			n = w.next[i]
		}
		w.data = le.AppendUint32(w.data, n)
	}
	for i := range lists {
		for j := range perList {
			n := uint32(oleNone)
			if k := oleHeadSectors + i*perList + j; k < tables {
				n = uint32(first + k)
			}
			w.data = le.AppendUint32(w.data, n)
		}
		next := uint32(oleEndOfChain)
		if i+1 < lists {
			next = uint32(first + tables + i + 1)
		}
		w.data = le.AppendUint32(w.data, next)
	}
	return append(head, w.data...)
}

// record is one BIFF record: its number, and its body of bytes, 16-, 32-bit
// numbers, floats and strings of bytes.
func record(id uint16, body ...any) []byte {
	var data []byte
	for _, v := range body {
		switch v := v.(type) {
		case byte:
			data = append(data, v)
		case int: // what most fields are
			data = le.AppendUint16(data, uint16(v))
		case uint32:
			data = le.AppendUint32(data, v)
		case float64:
			data = le.AppendUint64(data, math.Float64bits(v))
		case string:
			data = append(data, v...)
		case []byte:
			data = append(data, v...)
		default:
			panic("a field of an unknown type")
		}
	}
	return append(le.AppendUint16(le.AppendUint16(nil, id), uint16(len(data))), data...)
}

// wide is a text of BIFF8 with two bytes a character, after its length.
func wide(text string) []byte {
	units := utf16.Encode([]rune(text))
	b := append(le.AppendUint16(nil, uint16(len(units))), textWide)
	return append(b, unitBytes(units)...)
}

func unitBytes(units []uint16) (b []byte) {
	for _, u := range units {
		b = le.AppendUint16(b, u)
	}
	return b
}

// shortWide is the same where the length has one byte.
func shortWide(text string) []byte { return slices.Delete(wide(text), 1, 2) }

func fontRecord(name string, charset byte, biff8 bool) []byte {
	text := append([]byte{byte(len(name))}, name...)
	if biff8 {
		text = shortWide(name)
	}
	return record(recFont, 200, 0, 0, 400, 0, byte(0), byte(0), charset, byte(0), text)
}

// biff8Stream makes a workbook stream: the globals with the records given, and
// one sheet of the records given.
func biff8Stream(globals, cells []byte) []byte {
	return biffStream(versionBIFF8, shortWide("Danh sách"), globals, cells)
}

func biffStream(version int, name, globals, cells []byte) []byte {
	start := record(recBOF, version, partGlobals, 0, 0)
	start = append(start, globals...)
	bound := record(recBoundSheet, uint32(0), 0, name)
	end := record(recEOF)
	le.PutUint32(bound[recordHeader:], uint32(len(start)+len(bound)+len(end)))
	stream := slices.Concat(start, bound, end, record(recBOF, version, partSheet, 0, 0), cells)
	return append(stream, record(recEOF)...)
}

// sharedTexts makes the table of texts in records of that length at most, so
// that texts break in them. Each part of a text is stored as narrow as it can
// be; every third text has runs of fonts and a pronunciation, to be skipped.
func sharedTexts(texts []string, most int) []byte {
	var out []byte
	body := le.AppendUint32(le.AppendUint32(nil, uint32(len(texts))), uint32(len(texts)))
	id := uint16(recSST)
	flush := func() {
		out, body, id = append(out, record(id, body)...), nil, recContinue
	}
	for i, text := range texts {
		units := utf16.Encode([]rune(text))
		flags, extra := byte(0), 0
		if i%3 == 1 {
			flags, extra = textRuns|textSpoken, 6
		}
		if most-len(body) < 3+extra {
			flush()
		}
		width, n := narrowest(units, most-len(body)-3-extra)
		body = append(le.AppendUint16(body, uint16(len(units))), flags|width)
		if extra > 0 {
			body = le.AppendUint32(append(body, 2, 0), 5)
		}
		for {
			body = append(body, packUnits(units[:n], width)...)
			if units = units[n:]; len(units) == 0 {
				break
			}
			flush()
			width, n = narrowest(units, most-1)
			body = append(body, width)
		}
		if extra > 0 {
			// A run stands in one record, as Excel writes it; the rest breaks anywhere.
			for _, piece := range []string{"\x01\x00\x00\x00", "\x02\x00\x00\x00", "9", "9", "9", "9", "9"} {
				if most-len(body) < len(piece) {
					flush()
				}
				body = append(body, piece...)
			}
		}
	}
	flush()
	return out
}

// narrowest says how many of the units fit into so many bytes, and how wide.
func narrowest(units []uint16, room int) (width byte, n int) {
	n = min(len(units), max(room, 0))
	if !slices.ContainsFunc(units[:n], func(u uint16) bool { return u > 0xFF }) {
		return 0, n
	}
	return textWide, min(n, room/2)
}

func packUnits(units []uint16, width byte) (b []byte) {
	if width == textWide {
		return unitBytes(units)
	}
	for _, u := range units {
		b = append(b, byte(u))
	}
	return b
}

// writeXLS writes a table as BIFF8 with shared texts in short records.
func writeXLS(_ testing.TB, tab table) []byte {
	var texts []string
	globals, cells := xlsRecords(tab, func(row, col int, text string) []byte {
		texts = append(texts, text)
		return record(recLabelSST, row, col, 0, uint32(len(texts)-1))
	})
	return oleOf(true, filePart{workbookStream, string(biff8Stream(append(globals, sharedTexts(texts, 60)...), cells))})
}

// writeLabelXLS writes a table as BIFF8 with each text in its cell.
func writeLabelXLS(_ testing.TB, tab table) []byte {
	globals, cells := xlsRecords(tab, func(row, col int, text string) []byte { return record(recLabel, row, col, 0, wide(text)) })
	return oleOf(false, filePart{"\x05SummaryInformation", "x"}, filePart{workbookStream, string(biff8Stream(globals, cells))})
}

func xlsRecords(tab table, text func(row, col int, text string) []byte) (globals, cells []byte) {
	globals = slices.Concat(record(recCodePage, codePageUTF16), record(recDate1904, 0), fontRecord("Times New Roman", 0, true),
		record(recFormat, 164, wide("dd/mm/yyyy")), record(recXF, 0, 0, 0), record(recXF, 0, 164, 0))
	for _, col := range tab.hideCol {
		cells = append(cells, record(recColInfo, col-1, col-1, 2000, 0, 1)...)
	}
	for _, row := range tab.hidden {
		cells = append(cells, record(recRow, row-1, 0, 0, 300, 0, 0, 0x20, 0)...)
	}
	type place struct{ row, col int }
	values := make(map[place]any)
	for name, v := range tab.cells {
		col, row, _ := ParseCell(name)
		values[place{row - 1, col - 1}] = v
	}
	for _, at := range slices.SortedFunc(maps.Keys(values), func(a, b place) int { return (a.row-b.row)*1000 + a.col - b.col }) {
		switch v := values[at].(type) {
		case string:
			cells = append(cells, text(at.row, at.col, v)...)
		case bool:
			value := byte(0)
			if v {
				value = 1
			}
			cells = append(cells, record(recBoolErr, at.row, at.col, 0, value, byte(0))...)
		case date:
			cells = append(cells, record(recRK, at.row, at.col, 1, uint32(serialOf(v.time()))<<2|2)...)
		case int:
			cells = append(cells, record(recNumber, at.row, at.col, 0, float64(v))...)
		case float64:
			cells = append(cells, record(recNumber, at.row, at.col, 0, v)...)
		}
	}
	for _, m := range tab.merges {
		cells = append(cells, record(recMergedCells, 1, m.FirstRow-1, m.LastRow-1, m.FirstCol-1, m.LastCol-1)...)
	}
	return globals, cells
}
