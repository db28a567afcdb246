package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// dl08 tells, once for each sheet, which of its text was in a legacy encoding
// and how it was read. Nothing is wrong with the data: the agency is to see
// that the names came out right, and to send Unicode the next time.
func dl08() Rule {
	return Rule{
		ID: "DL08", Title: "Chữ theo bảng mã cũ đã được chuyển sang Unicode", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			if len(s.Converted) == 0 {
				return
			}
			info := in.sheet(d, s)
			report(reconcile.Finding{
				Severity:   reconcile.SeverityInfo,
				Subject:    info.key + "|encoding",
				Agency:     info.agency,
				Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name},
				Message:    conversionMessage(s.Converted),
				Found:      conversionFound(s.Converted),
				Expected:   "chữ Việt theo bảng mã Unicode",
				LegalBasis: dataBasis(in, reconcile.BasisUnicode),
				Remedy: "Đối chiếu vài họ tên với biểu gốc; lần sau chuyển biểu sang Unicode (ví dụ bằng công cụ chuyển mã của UniKey) " +
					"và lưu bằng phông Unicode như Times New Roman.",
			})
		},
	}
}

func conversionMessage(list []reconcile.Conversion) string {
	var parts []string
	cells, byLetters := 0, 0
	for _, encoding := range encodingsOf(list) {
		cellsOfIt, columns := 0, []string{}
		for _, c := range list {
			if c.Encoding == encoding {
				cellsOfIt += c.Cells
				byLetters += c.ByLetters
				columns = append(columns, c.Column)
			}
		}
		cells += cellsOfIt
		parts = append(parts, fmt.Sprintf("%s ô theo bảng mã %s ở cột %s", count(cellsOfIt), encodingName(encoding), strings.Join(columns, ", ")))
	}
	message := fmt.Sprintf("Biểu có %s; đã chuyển sang Unicode để đối soát.", strings.Join(parts, " và "))
	switch {
	case byLetters == cells:
		message += " Phông chữ không cho biết bảng mã nên nhận ra qua mặt chữ."
	case byLetters > 0:
		message += fmt.Sprintf(" Trong đó %s ô phông chữ không cho biết bảng mã nên nhận ra qua mặt chữ.", count(byLetters))
	}
	return message
}

// conversionFound shows two names as they are stored and as they were read.
func conversionFound(list []reconcile.Conversion) string {
	var examples []string
	for _, c := range list {
		for _, e := range c.Examples {
			if len(examples) < 2 {
				examples = append(examples, fmt.Sprintf("“%s” đọc là “%s”", e.Stored, e.Read))
			}
		}
	}
	if len(examples) > 0 {
		return strings.Join(examples, "; ")
	}
	var names []string
	for _, encoding := range encodingsOf(list) {
		names = append(names, encodingName(encoding))
	}
	return "bảng mã " + strings.Join(names, ", ")
}

// encodingsOf lists the encodings, each once, in the order of the columns.
func encodingsOf(list []reconcile.Conversion) []reconcile.Encoding {
	var all []reconcile.Encoding
	for _, c := range list {
		if !slices.Contains(all, c.Encoding) {
			all = append(all, c.Encoding)
		}
	}
	return all
}

// encodingName is the encoding as staff know it from their keyboard program.
func encodingName(e reconcile.Encoding) string {
	if e == reconcile.TCVN3 {
		return "TCVN3 (ABC)"
	}
	return string(e)
}
