package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/reconcile/rule"
)

// foundDiscrepancy is the public JSON of `doisoat findings`.
type foundDiscrepancy struct {
	Code       string             `json:"code"`
	Rule       string             `json:"rule"`
	Severity   reconcile.Severity `json:"severity"`
	Status     reconcile.Status   `json:"status"`
	Agency     string             `json:"agency"`
	Source     string             `json:"source,omitempty"`
	Sheet      string             `json:"sheet,omitempty"`
	Row        int                `json:"row,omitempty"`
	Cell       string             `json:"cell,omitempty"`
	Program    string             `json:"program,omitempty"`
	Subject    string             `json:"subject"`
	Message    string             `json:"message"`
	Expected   string             `json:"expected,omitempty"`
	Found      string             `json:"found,omitempty"`
	LegalBasis string             `json:"legal_basis,omitempty"`
	Remedy     string             `json:"remedy,omitempty"`
	FirstSeen  time.Time          `json:"first_seen"`
	LastSeen   time.Time          `json:"last_seen"`
	Response   *foundAnswer       `json:"response,omitempty"`
	Decision   *foundAnswer       `json:"decision,omitempty"`
}

type foundAnswer struct {
	Answer string    `json:"answer"`
	Text   string    `json:"text,omitempty"`
	Seen   time.Time `json:"seen"`
	// By is who last changed the document before it was read, and Edited when,
	// where Google tells.
	By     string    `json:"by,omitempty"`
	Edited time.Time `json:"edited,omitzero"`
}

func foundJSON(d *reconcile.Discrepancy) foundDiscrepancy {
	f := foundDiscrepancy{
		Code: d.Code, Rule: d.Rule, Severity: d.Severity, Status: d.Status, Agency: d.Agency,
		Source: d.Place.Source, Sheet: d.Place.Sheet, Row: d.Place.Row, Cell: d.Place.Cell,
		Program: d.Program, Subject: d.Subject, Message: d.Message, Expected: d.Expected, Found: d.Found,
		LegalBasis: d.LegalBasis, Remedy: d.Remedy, FirstSeen: d.FirstSeen, LastSeen: d.LastSeen,
	}
	if d.Response != nil {
		f.Response = &foundAnswer{Answer: d.Response.Answer, Text: d.Response.Text, Seen: d.Response.Seen, By: d.Response.By, Edited: d.Response.Edited}
	}
	if d.Decision != nil {
		f.Decision = &foundAnswer{Answer: d.Decision.Verdict, Text: d.Decision.Text, Seen: d.Decision.Seen, By: d.Decision.By, Edited: d.Decision.Edited}
	}
	return f
}

func (a *app) findingsCommand() *cobra.Command {
	var settings settingsFlags
	var filter postgres.Filter
	var status string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "findings",
		Short:   a.lang.pick("Liệt kê sai lệch trong cơ sở dữ liệu", "List the discrepancies in the database"),
		Example: example("doisoat findings --agency H03 --status open", "doisoat findings --rule TL02 --json"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter.Status = reconcile.Status(status)
			switch filter.Status {
			case "", reconcile.StatusOpen, reconcile.StatusGone, reconcile.StatusWaived:
			default:
				return fmt.Errorf("--status %q: open | gone | waived", status)
			}
			return a.with(cmd.Context(), settings, func(s *system) error {
				if err := s.known(&filter); err != nil {
					return err
				}
				found, err := s.store.Discrepancies(cmd.Context(), s.plan.ID, filter)
				if err != nil {
					return err
				}
				if asJSON {
					return a.encodeFindings(found)
				}
				return a.printFindings(found)
			})
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().StringVar(&filter.Agency, "agency", "", a.lang.pick("mã hoặc tên cơ quan, ví dụ S03", "the agency's code or name, S03 for example"))
	cmd.Flags().StringVar(&filter.Rule, "rule", "", a.lang.pick("mã quy tắc, ví dụ DL02", "the rule's code, DL02 for example"))
	cmd.Flags().StringVar(&status, "status", "", "open | gone | waived")
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.pick("in JSON Lines", "print JSON Lines"))
	return cmd
}

// known turns the filter's agency into its code, and refuses an agency or rule
// that nobody knows: an empty list would look like good news.
func (s *system) known(filter *postgres.Filter) error {
	if filter.Agency != "" {
		code, err := s.app.agencyCode(s.register, filter.Agency)
		if err != nil {
			return err
		}
		filter.Agency = code
	}
	filter.Rule = strings.ToUpper(filter.Rule)
	var ids []string
	for _, r := range rule.All() {
		ids = append(ids, r.ID)
	}
	if filter.Rule != "" && !slices.Contains(ids, filter.Rule) {
		return s.app.errorf("--rule: không có quy tắc %s; các quy tắc là %s", "--rule: there is no rule %s; the rules are %s",
			filter.Rule, strings.Join(ids, ", "))
	}
	return nil
}

// agencyCode finds the agency that a word of the command line names.
func (a *app) agencyCode(register *reconcile.Register, word string) (string, error) {
	code, ok := plan.AgencyCode(register)(word)
	if !ok {
		return "", a.errorf("--agency: không có cơ quan %q trong danh bạ; ghi mã (ví dụ S03) hoặc tên đầy đủ",
			"--agency: the register has no agency %q; give its code (S03, for example) or its full name", word)
	}
	return code, nil
}

func (a *app) encodeFindings(found []reconcile.Discrepancy) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	for i := range found {
		if err := encoder.Encode(foundJSON(&found[i])); err != nil {
			return fmt.Errorf("write the findings: %w", err)
		}
	}
	return nil
}

func (a *app) printFindings(found []reconcile.Discrepancy) error {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 2, 4, 2, ' ', 0)
	fmt.Fprintln(table, a.lang.pick("Mã\tMức độ\tTrạng thái\tĐơn vị\tVị trí\tNội dung", "Code\tSeverity\tStatus\tAgency\tPlace\tMessage"))
	for i := range found {
		d := &found[i]
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Code, a.severityWord(d.Severity), a.lang.pick(report.StatusWord(d), string(d.Status)), d.Agency, d.Place.String(), d.Message)
	}
	_ = table.Flush() // a strings.Builder never fails
	_, err := fmt.Fprintf(a.out, "%s%s\n", b.String(), a.lang.pickf("%d sai lệch.", "%d findings.", len(found)))
	return err
}
