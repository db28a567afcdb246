package reconcile

import "strings"

// Couple is two registrations, by their marks.
type Couple struct {
	A string `json:"a"`
	B string `json:"b"`
}

// Stance is what an answer to a finding about two registrations says of whether
// they are of one person.
type Stance int8

// An answer may say nothing about it.
const (
	NoStance  Stance = iota
	ToldApart        // they are two people
	ToldOne          // they are one, as the finding says
)

// ApartWords is how staff and the office say, in words of their own in the
// column beside the list, that a finding about duplicates is about two people.
const ApartWords = "không phải một người"

// StanceOf is what a response of staff to a finding of the rule says. On TL01
// (one person twice in one class) and TL05 (perhaps one person) "dữ liệu đúng"
// can only mean that they are two, and these findings' remedies say so. On TL02
// it may as well mean that two agencies rightly sent one person, so it takes
// the words.
func (r *Response) StanceOf(rule string) Stance {
	switch {
	case !aboutOnePerson(rule):
		return NoStance
	case saysApart(r.Answer + " " + r.Text):
		return ToldApart
	case Key(r.Answer) == Key(string(AnswerCorrect)) && (rule == "TL01" || rule == "TL05"):
		return ToldApart
	}
	return NoStance
}

// StanceOf is what a decision of the office on a finding of the rule says.
// "Chấp nhận" accepts that TL05's two are two people; on TL01 and TL02 it waives
// the finding and says nothing of who is who, unless the words say it. "Không
// chấp nhận" takes back whatever an agency said.
func (d *Decision) StanceOf(rule string) Stance {
	switch {
	case !aboutOnePerson(rule):
		return NoStance
	case saysApart(d.Verdict + " " + d.Text):
		return ToldApart
	case Key(d.Verdict) == Key(string(Refused)):
		return ToldOne
	case Key(d.Verdict) == Key(string(Accepted)) && rule == "TL05":
		return ToldApart
	}
	return NoStance
}

func aboutOnePerson(rule string) bool { return rule == "TL01" || rule == "TL02" || rule == "TL05" }

func saysApart(text string) bool {
	key := Key(text)
	for _, words := range []string{ApartWords, "không phải cùng một người", "không phải là một người", "không phải 1 người", "hai người khác nhau", "2 người khác nhau"} {
		at := strings.Index(key, Key(words))
		if at >= 0 && !strings.HasSuffix(strings.TrimSpace(key[:at]), Key("không phải")) && !strings.HasSuffix(strings.TrimSpace(key[:at]), Key("không phải là")) {
			return true
		}
	}
	return false
}
