package plan

import (
	"testing"

	"doisoat/reconcile"
)

func TestAgencyCode(t *testing.T) {
	_, r := quangNgai(t)
	r.Agencies = append(r.Agencies,
		reconcile.Agency{Code: "X1", Name: "Trạm một", Aliases: []reconcile.Alias{{Text: "Trạm"}}},
		reconcile.Agency{Code: "X2", Name: "Trạm hai", Aliases: []reconcile.Alias{{Text: "trạm"}}})
	code := AgencyCode(r)
	for word, want := range map[string]string{
		"S03": "S03", "s03": "S03", "SNV": "S03", "Sở Nội vụ": "S03", " SỞ NỘI VỤ ": "S03", "Huyện ủy Bình Sơn": "H03",
		"Trạm một": "X1", "Trạm": "", "": "", "Sở Không có": "",
	} {
		if got, ok := code(word); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", word, got, ok, want)
		}
	}
}
