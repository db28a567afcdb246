package reconcile_test

import (
	"regexp"
	"testing"

	"doisoat/reconcile"
)

func TestFindingCode(t *testing.T) {
	f := reconcile.Finding{Rule: "DL02", Subject: "S03|QPAN-3|lê thị hoa", Message: "thiếu ngày sinh"}
	code := f.Code("quang-ngai-2024")
	if !regexp.MustCompile(`^DL02-[A-Z2-7]{8}$`).MatchString(code) {
		t.Fatalf("code %q is not a rule and eight letters", code)
	}
	f.Message, f.Place = "other words", reconcile.Origin{Sheet: "Sheet2", Row: 99}
	if f.Code("quang-ngai-2024") != code {
		t.Error("words and place must not change the code")
	}
	if f.Code("quang-ngai-2026") == code {
		t.Error("another plan must give another code")
	}
	f.Subject += "#2"
	if f.Code("quang-ngai-2024") == code {
		t.Error("another subject must give another code")
	}
}
