package reconcile

import "testing"

func TestOriginString(t *testing.T) {
	for want, o := range map[string]Origin{
		"Kinh phí!E10":     {Sheet: "Kinh phí", Row: 10, Cell: "E10"},
		"Kinh phí dòng 10": {Sheet: "Kinh phí", Row: 10},
		"Kinh phí":         {Sheet: "Kinh phí"},
		"F4":               {Row: 4, Cell: "F4"},
		"dòng 4":           {Row: 4},
		"":                 {},
	} {
		if got := o.String(); got != want {
			t.Errorf("%+v is %q, want %q", o, got, want)
		}
	}
}
