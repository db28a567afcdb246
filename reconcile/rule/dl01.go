package rule

import (
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// dl01 finds rows without a full name, or with one that is no name.
func dl01() Rule {
	return Rule{
		ID: "DL01", Title: "Họ và tên thiếu hoặc không hợp lệ", Alone: true,
		Row: func(in *Input, r *reconcile.Registration, report Report) {
			message, severity := nameFault(r)
			if message == "" {
				return
			}
			f := about(r, nameField(r), severity)
			f.Message = message
			f.Expected = "họ, chữ đệm và tên đầy đủ của một người"
			f.LegalBasis = duty(in)
			f.Remedy = "Ghi đầy đủ họ, chữ đệm và tên theo căn cước, mỗi ô một người."
			report(f)
		},
	}
}

// nameField is the field under which the name was read; some sheets split it.
func nameField(r *reconcile.Registration) reconcile.Field {
	for _, f := range []reconcile.Field{reconcile.FieldFullName, reconcile.FieldGivenName, reconcile.FieldFamilyName} {
		if r.Readings.Has(f) {
			return f
		}
	}
	return reconcile.FieldFullName
}

func nameFault(r *reconcile.Registration) (string, reconcile.Severity) {
	reading := r.Readings.Get(nameField(r))
	words := strings.Fields(r.FullName)
	switch {
	case reading.Fault == reconcile.Several && !cutFrom(r.FullName, reading.Text):
		return "Ô họ và tên ghi nhiều người.", reconcile.SeverityError
	case len(words) == 0 && reconcile.Clean(reading.Text) == "":
		return "Chưa ghi họ và tên.", reconcile.SeverityError
	case len(words) == 0 || isNoName(r.FullName) || !isNameText(r.FullName):
		return "Nội dung ở cột họ và tên không phải là tên người.", reconcile.SeverityError
	case len(words) == 1:
		return "Họ và tên chỉ có một từ, thiếu họ hoặc tên.", reconcile.SeverityWarning
	case isAbbreviated(words):
		return "Họ hoặc chữ đệm viết tắt nên không xác định được họ và tên đầy đủ.", reconcile.SeverityWarning
	}
	return "", ""
}

// cutFrom reports whether the name is that of one of the people in the cell: the
// row was taken apart then, which is for DL11 to tell, and each of them counts.
func cutFrom(name, cell string) bool {
	one, all := reconcile.Key(name), reconcile.Key(cell)
	return one != "" && len(one) < len(all) && strings.Contains(all, one)
}

// isNoName knows what offices write where a name is still to come.
func isNoName(name string) bool {
	switch strings.Trim(reconcile.ASCII(name), " .…-:()") {
	case "", "khong", "khong co", "chua co", "bo sung sau", "cu sau", "se cu sau", "nhu tren", "chua xac dinh", "dang ra soat", "ho va ten":
		return true
	}
	return false
}

// isNameText allows letters, and the marks that names of ethnic minorities and
// abbreviations have.
func isNameText(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.Is(unicode.Mn, r) || strings.ContainsRune(" -.'’", r):
		default:
			return false
		}
	}
	return letters > 1
}

// isAbbreviated reports whether a part before the given name is cut short with
// a dot ("Ng. Văn A"): "Tr." may be Trần or Trương. A single letter without a
// dot is a whole name among some peoples (A Viết, Y Ngọc).
func isAbbreviated(words []string) bool {
	for _, w := range words[:len(words)-1] {
		if strings.HasSuffix(w, ".") {
			return true
		}
	}
	return false
}
