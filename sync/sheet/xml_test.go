package sheet

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// utf16XML encodes a text with a byte order mark.
func utf16XML(text string, bigEndian bool) string {
	var b strings.Builder
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
		if bigEndian {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
			continue
		}
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// retell walks through XML and writes it down again without what the scanner
// passes over: the same however the bytes come in.
func retell(s *xmlScanner) (string, error) {
	var b strings.Builder
	for {
		token, err := s.next()
		if err != nil {
			return b.String(), err
		}
		switch token {
		case xmlEOF:
			return b.String(), nil
		case xmlStart:
			b.WriteString("<" + string(s.name) + ">")
		case xmlEnd:
			b.WriteString("</" + string(s.name) + ">")
		case xmlText:
			b.Write(appendDecoded(nil, s.text, s.literal))
		}
	}
}

func TestXMLScanner(t *testing.T) {
	long := strings.Repeat("Nguyễn &amp; Trần\r\n", 20_000)
	tests := []struct{ name, xml, want string }{
		{"elements", `<?xml version="1.0"?><a x="1"><b/>t<x:c y='>'>u</x:c ></a>`, `<a><b></b>t<c>u</c></a>`},
		{"comments and instructions", `<a><!-- <b> -- --><?p <c> ?>t</a>`, `<a>t</a>`},
		{"CDATA", `<a>x<![CDATA[<b>&amp;]]]]><![CDATA[>]]>y</a>`, `<a>x<b>&amp;]]>y</a>`},
		{"empty CDATA", `<a><![CDATA[]]></a>`, `<a></a>`},
		{"references", `<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&unknown;&#xFFFFFFF;& &;</a>`, `<a><>&"'AB&unknown;&#xFFFFFFF;& &;</a>`},
		{"long text in pieces", `<a>` + long + `</a>`, `<a>` + strings.Repeat("Nguyễn & Trần\n", 20_000) + `</a>`},
		{"long CDATA in pieces", `<a><![CDATA[` + long + `]]></a>`, `<a>` + strings.ReplaceAll(long, "\r\n", "\n") + `</a>`},
		{"a long tag", `<a b="` + strings.Repeat("x", 200_000) + `">t</a>`, `<a>t</a>`},
		{"a long comment", `<a><!--` + strings.Repeat("-x", 200_000) + `-->t</a>`, `<a>t</a>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for name, s := range map[string]*xmlScanner{
				"at once":      newXMLScanner(strings.NewReader(tt.xml)),
				"byte by byte": newXMLScanner(iotest.OneByteReader(strings.NewReader(tt.xml))),
			} {
				if got, err := retell(s); err != nil || got != tt.want {
					t.Errorf("%s: error %v, %d bytes, want %d", name, err, len(got), len(tt.want))
				}
			}
		})
	}
}

func TestXMLTagIsBounded(t *testing.T) {
	s := newXMLScanner(strings.NewReader(`<a b="` + strings.Repeat("x", 2*xmlMaxTag)))
	if _, err := retell(s); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestXMLReadErrorStays(t *testing.T) {
	broken := errors.New("disk")
	for _, start := range []string{"", "<a", "<a>t", "<a><!--", "<a><![CDATA[x"} {
		s := newXMLScanner(iotest.ErrReader(broken))
		s.buf, s.end = append(s.buf[:0], start...), len(start)
		s.buf = s.buf[:cap(s.buf)]
		if _, err := retell(s); !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
			t.Errorf("after %q: %v", start, err)
		}
	}
}

func TestAttr(t *testing.T) {
	s := newXMLScanner(strings.NewReader(`<sheet name='A &amp; "B"' sheetId = "3" rel:id="rId5" id="x" broken=>`))
	if _, err := s.next(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"name": `A & "B"`, "sheetId": "3", "r:id": "rId5", "id": "x", "broken": "", "missing": ""} {
		if got := s.attr(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
