package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"doisoat/config/strict"
)

var ruleID = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}$`)

// rules reads how single rules are graded.
func (l *loader) rules() map[string]RuleSetting {
	rules := make(map[string]RuleSetting, len(l.file.Rules))
	for id, grade := range l.file.Rules {
		if !ruleID.MatchString(id) {
			l.doc.Fault("rules."+id, fmt.Sprintf("%q không phải là mã quy tắc", id), "mã gồm hai chữ in hoa và hai chữ số, ví dụ CT04")
		}
		rules[id] = grade.RuleSetting
	}
	return rules
}

// ResolveAgencies replaces the words by which sources name their agencies
// (SNV, Sở Nội vụ) by codes. A word that code does not know stays as it is,
// for CheckCodes to report.
func (c *Config) ResolveAgencies(code func(word string) (string, bool)) {
	for _, list := range [][]Source{c.Sources, c.Allocations} {
		for i := range list {
			if found, ok := code(list[i].Agency); ok {
				list[i].Agency = found
			}
		}
	}
	for i := range c.Web.People {
		if found, ok := code(c.Web.People[i].Agency); ok {
			c.Web.People[i].Agency = found
		}
	}
}

// CheckCodes compares the agencies and rules that the configuration names with
// those that exist; config itself does not know them. The error is a Faults.
func (c Config) CheckCodes(agencies, rules []string) error {
	var faults Faults
	note := func(path, message string, word string, known []string, lookup string) {
		remedy := lookup
		if near := strict.Nearest(word, known); near != "" {
			remedy = fmt.Sprintf("có phải là %q? ", near) + lookup
		}
		line := 0
		if c.positions.doc != nil {
			line = c.positions.doc.Line(path)
		}
		faults = append(faults, Fault{File: c.File, Line: line, Path: path, Message: message, Remedy: remedy})
	}
	for _, list := range []struct {
		key     string
		sources []Source
	}{{"sources", c.Sources}, {"allocations", c.Allocations}} {
		for i, s := range list.sources {
			if s.Agency != "" && !slices.Contains(agencies, s.Agency) {
				note(fmt.Sprintf("%s[%d].agency", list.key, i), fmt.Sprintf("danh mục không có cơ quan %q", s.Agency), s.Agency, agencies, "Xem các mã bằng lệnh doisoat plan show")
			}
		}
	}
	for i, p := range c.Web.People {
		if p.Agency != "" && !slices.Contains(agencies, p.Agency) {
			note(fmt.Sprintf("web.people[%d].agency", i), fmt.Sprintf("danh mục không có cơ quan %q", p.Agency), p.Agency, agencies, "Xem các mã bằng lệnh doisoat plan show")
		}
	}
	for id := range c.Rules {
		if !slices.Contains(rules, id) {
			note("rules."+id, fmt.Sprintf("không có quy tắc %q", id), id, rules, "Các quy tắc: "+strings.Join(rules, ", "))
		}
	}
	return faults.Err()
}
