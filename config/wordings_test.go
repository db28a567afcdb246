package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
)

func TestWordings(t *testing.T) {
	c, err := load("testdata/wordings.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	want := Wordings{
		Columns:  map[reconcile.Field][]string{reconcile.FieldFullName: {"Tên học viên dự kiến"}, reconcile.FieldIgnored: {"Mã hồ sơ nội bộ"}},
		Programs: map[string][]string{"QLNN-CVC": {"Lớp chính ngạch"}},
		Agencies: map[string][]string{"S03": {"Sở NV tỉnh ta"}},
	}
	if diff := cmp.Diff(want, c.Wordings); diff != "" {
		t.Error(diff)
	}
}

func TestFingerprint(t *testing.T) {
	one := Wordings{Programs: map[string][]string{"A": {"Lớp Một"}}}
	for name, c := range map[string]struct {
		w    Wordings
		same bool
	}{
		"another case":    {Wordings{Programs: map[string][]string{"A": {"LỚP  MỘT"}}}, true},
		"another program": {Wordings{Programs: map[string][]string{"B": {"Lớp Một"}}}, false},
		"another group":   {Wordings{Agencies: map[string][]string{"A": {"Lớp Một"}}}, false},
		"one more":        {Wordings{Programs: map[string][]string{"A": {"Lớp Một", "Lớp Hai"}}}, false},
	} {
		if same := c.w.Fingerprint() == one.Fingerprint(); same != c.same {
			t.Errorf("%s: same is %v", name, same)
		}
	}
	if got := (Wordings{}).Fingerprint(); got != "" {
		t.Errorf("no wordings: %q", got)
	}
}

func TestCheckWordings(t *testing.T) {
	c, err := load("testdata/wordings.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(string) []string { return nil }
	if err := c.CheckWordings([]string{"QLNN-CVC"}, []string{"S03"}, nothing, nothing); err != nil {
		t.Error(err)
	}
	shared := func(string) []string { return []string{"QLNN-CV", "QLNN-CVC"} }
	if err := c.CheckWordings([]string{"QLNN-CVC"}, []string{"S03"}, shared, nothing); err != nil {
		t.Error("a name that the program shares is its own:", err)
	}
	other := func(string) []string { return []string{"S18"} }
	err = c.CheckWordings([]string{"QLNN-CV"}, []string{"S03"}, nothing, other)
	want := `testdata/wordings.good.yml:7: wordings.programs.QLNN-CVC: không có chương trình "QLNN-CVC". Cách sửa: có phải là "QLNN-CV"? Xem các mã bằng lệnh doisoat plan show
testdata/wordings.good.yml:9: wordings.agencies.S03[0]: "Sở NV tỉnh ta" là cách gọi sẵn có của S18. Cách sửa: dùng cách gọi khác, hoặc bỏ mục này`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
