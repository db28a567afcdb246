package sheet

import "testing"

func TestClassifyFormat(t *testing.T) {
	tests := []struct {
		code string
		want timeFormat
	}{
		{"dd/mm/yyyy", day},
		{"mm/yyyy", day},
		{"yyyy", day},
		{"mmm", day},
		{`[$-vi-VN]dd/mm/yyyy;@`, day},
		{`[$-42A]dd mmmm yyyy`, day},
		{`[$-1010000]d/m/yyyy;@`, day},
		{`"ngày" dd "tháng" mm "năm" yyyy`, day},
		{`\n\g\à\y dd`, day},
		{`dd/mm/yyyy\ hh:mm AM/PM`, day},
		{`[Red]D-MMM-YY`, day},
		{`[=0]"";dd/mm/yyyy`, day},
		{`yyyy"年"m"月"`, day},
		{`[$-411]ge.m.d`, day},
		{"h:mm", clock},
		{"mm:ss.0", clock},
		{"h:mm:ss AM/PM", clock},
		{"[h]:mm", elapsed},
		{"[mm]:ss.00", elapsed},
		{"[s]", elapsed},
		{"", noTime},
		{"General", noTime},
		{"GENERAL", noTime},
		{"@", noTime},
		{"0", noTime},
		{"#,##0", noTime},
		{`0 "người"`, noTime},
		{`0 "đồng/ngày"`, noTime},
		{`0 ngày`, noTime},
		{`#,##0\ "đ";[Red]\-#,##0\ "đ"`, noTime},
		{`_-* #,##0\ _₫_-;\-* #,##0\ _₫_-;_-* "-"\ _₫_-;_-@_-`, noTime},
		{`_-* #,##0.00\ [$₫-42A]_-`, noTime},
		{`[$đ]#,##0`, noTime},
		{"0.00E+00", noTime},
		{"##0.0E+0", noTime},
		{"# ?/?", noTime},
		{`"d"`, noTime},
		{`"chưa đóng`, noTime},
		{`\d`, noTime},
		{`[DBNum1]General`, noTime},
		{`[Blue]`, noTime},
		{`[chưa đóng`, noTime},
		{`0_d`, noTime},
		{`;;;`, noTime},
		{`000000000000`, noTime},
		{`0000\.000\.000`, noTime},
	}
	for _, tt := range tests {
		if got := classifyFormat(tt.code); got != tt.want {
			t.Errorf("%q: %d, want %d", tt.code, got, tt.want)
		}
	}
}

func TestBuiltinFormats(t *testing.T) {
	want := map[timeFormat][]int{
		day:     {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58},
		clock:   {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56},
		elapsed: {46},
		noTime:  {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 37, 38, 39, 40, 41, 42, 43, 44, 48, 49, 59, 163},
	}
	for class, ids := range want {
		for _, id := range ids {
			if got := classifyFormat(builtinFormats[id]); got != class {
				t.Errorf("format %d (%s): %d, want %d", id, builtinFormats[id], got, class)
			}
		}
	}
}
