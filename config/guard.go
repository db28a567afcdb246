package config

import "fmt"

// Guard bounds how much may vanish from a source at once before somebody has to
// confirm it. Zero leaves the built-in limit, which the rule NG05 gives the
// reasons for.
type Guard struct {
	Lines   int // so many lines or more
	Percent int // and at least this part of what was there
}

type guardFile struct {
	Lines   int `yaml:"lines"`
	Percent int `yaml:"percent"`
}

// guard reads the limits; one that switches the guard off is a fault, since
// what vanishes by mistake would then be withdrawn in silence.
func (l *loader) guard() Guard {
	g := Guard(l.file.Guard)
	if l.doc.Has("guard.lines") && g.Lines < 1 {
		l.doc.Fault("guard.lines", fmt.Sprintf("%d không phải là số dương", g.Lines), "ghi số dòng biến mất từ đó trở lên thì phải xác nhận, ví dụ 10")
	}
	if l.doc.Has("guard.percent") && (g.Percent < 1 || g.Percent > 100) {
		l.doc.Fault("guard.percent", fmt.Sprintf("tỷ lệ %d %% nằm ngoài khoảng 1 đến 100", g.Percent), "ghi phần trăm số dòng biến mất từ đó trở lên thì phải xác nhận, ví dụ 30")
	}
	return g
}

// dump is the guard as the file has it, "" when it sets nothing.
func (g Guard) dump() string {
	switch {
	case g == Guard{}:
		return ""
	case g.Percent == 0:
		return fmt.Sprintf("{lines: %d}", g.Lines)
	case g.Lines == 0:
		return fmt.Sprintf("{percent: %d}", g.Percent)
	}
	return fmt.Sprintf("{lines: %d, percent: %d}", g.Lines, g.Percent)
}
