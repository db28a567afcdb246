package web

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShownName(t *testing.T) {
	for raw, want := range map[string]string{
		"Danh sách CCLLCT.xlsx":        "Danh sách CCLLCT.xlsx",
		`C:\Users\An\Desktop\DS.xls`:   "DS.xls",
		"../../etc/passwd":             "passwd",
		"a\x00b\r\nSet-Cookie: x.xlsx": "a b Set-Cookie: x.xlsx",
		"DS\u202Exslx.exe":             "DS xslx.exe",
		"..":                           "tệp không tên",
		"":                             "tệp không tên",
		"Danh sa\u0301ch.xlsx":         "Danh sách.xlsx",
		strings.Repeat("Đăng ký ", 60) + "2024.ods": "",
	} {
		got := shownName(raw)
		if want == "" {
			if len(got) > longestName || !strings.HasSuffix(got, ".ods") || !utf8.ValidString(got) {
				t.Errorf("a long name becomes %q", got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q becomes %q, want %q", raw, got, want)
		}
	}
}

func TestOneSendingOfASession(t *testing.T) {
	r := newReceiver()
	leave, err := r.enter(t.Context(), []byte("a"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.enter(t.Context(), []byte("a"), 10); err == nil {
		t.Error("two at once of one session")
	}
	other, err := r.enter(t.Context(), []byte("b"), -1)
	if err != nil {
		t.Errorf("another session waits: %v", err)
	}
	other()
	leave()
	again, err := r.enter(t.Context(), []byte("a"), 10)
	if err != nil {
		t.Fatalf("after the end of the first: %v", err)
	}
	again()
}
