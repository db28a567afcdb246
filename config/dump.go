package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Dump writes the configuration as it is in force, defaults and environment
// included, in the form of the file. It shows no secret.
func (c Config) Dump() string {
	var b strings.Builder
	line := func(key, value, note string) {
		if note != "" {
			note = " # " + note
		}
		fmt.Fprintf(&b, "%s: %s%s\n", key, value, note)
	}
	fromEnvironment := ""
	if c.Database.FromEnvironment {
		fromEnvironment = "từ biến môi trường " + EnvDatabase
	}
	line("plan", c.Plan, "")
	line("database", c.Database.Redacted(), fromEnvironment)
	if c.KeyFile != "" {
		line("key_file", c.KeyFile, "")
	}
	line("timezone", c.TimeZone.String(), "")
	line("schedule", fmt.Sprintf("%q", c.Schedule), "")
	line("reports", c.Reports, "")
	b.WriteString("google:\n")
	if c.Google.Credentials == "" {
		b.WriteString("  # application default credentials\n")
	} else {
		line("  credentials", c.Google.Credentials, "")
	}
	if c.Google.Endpoint != "" {
		line("  endpoint", c.Google.Endpoint, "")
	}
	if c.Google.Report != "" {
		line("  report", c.Google.Report, "")
	}
	if c.Google.CellNotes {
		line("  cell_notes", "true", "")
	}
	dumpSources(&b, "sources", c.Sources)
	dumpSources(&b, "allocations", c.Allocations)
	if !c.Deadline.IsZero() {
		line("deadline", c.Deadline.String(), "")
	}
	if guard := c.Guard.dump(); guard != "" {
		line("guard", guard, "")
	}
	if len(c.Rules) > 0 {
		b.WriteString("rules:\n")
	}
	for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
		grade := string(c.Rules[id].Severity)
		if c.Rules[id].Off {
			grade = "off"
		}
		if reason := c.Rules[id].Reason; reason != "" {
			grade = fmt.Sprintf("%q", grade+", "+reason)
		}
		line("  "+id, grade, "")
	}
	dumpWordings(&b, c.Wordings)
	b.WriteString(c.Web.dump())
	return b.String()
}

func dumpSources(b *strings.Builder, key string, sources []Source) {
	if len(sources) == 0 {
		fmt.Fprintf(b, "%s: []\n", key)
		return
	}
	fmt.Fprintf(b, "%s:\n", key)
	for _, s := range sources {
		parts := []string{"type: " + string(s.Type)}
		for _, p := range []struct{ key, value string }{
			{"path", s.Path}, {"id", s.ID}, {"folder", s.Folder}, {"agency", s.Agency},
		} {
			if p.value != "" {
				parts = append(parts, fmt.Sprintf("%s: %q", p.key, p.value))
			}
		}
		fmt.Fprintf(b, "  - {%s}\n", strings.Join(parts, ", "))
	}
}
