package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

func (a *app) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   a.lang.pick("Kế hoạch: xem, kiểm tra, nạp vào cơ sở dữ liệu, xuất phụ lục", "The plan: show, check, load into the database, export its annexes"),
		Example: example("doisoat plan show", "doisoat plan check ke-hoach-2026.yaml"),
	}
	cmd.AddCommand(a.planShowCommand(), a.planCheckCommand(), a.planLoadCommand(), a.planExportCommand())
	return cmd
}

// planArgument is the plan that the user names, else the built-in one.
func planArgument(args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	return defaultPlan
}

func (a *app) planShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:     a.lang.pick("show [KẾ_HOẠCH]", "show [PLAN]"),
		Short:   a.lang.pick("In chương trình, chỉ tiêu, kinh phí của kế hoạch", "Print the plan's programs, places and money"),
		Example: example("doisoat plan show " + defaultPlan),
		Args:    a.atMostOneArgument,
		RunE: func(_ *cobra.Command, args []string) error {
			p, _, err := plan.Load(planArgument(args))
			if err != nil {
				return err
			}
			return a.printPlan(p)
		},
	}
}

func (a *app) printPlan(p *reconcile.Plan) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", p.Title, p.Issuer)
	table := tabwriter.NewWriter(&b, 2, 4, 2, ' ', 0)
	fmt.Fprintln(table, a.lang.pick("Mục\tMã\tChương trình\tChỉ tiêu\tLoại", "Section\tCode\tProgram\tPlaces\tKind"))
	for i := range p.Programs {
		program := &p.Programs[i]
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", program.Section, program.Code, p.ProgramName(program.Code), places(p, program), report.QuotaWord(program.Quota.Kind))
	}
	_ = table.Flush() // a strings.Builder never fails
	fmt.Fprintf(&b, "\n%s\n", a.lang.pickf("Tổng chỉ tiêu nêu trong kế hoạch: %s. Kinh phí ngân sách tỉnh: %s.",
		"Places stated in the plan: %s. Provincial budget: %s.", report.Number(p.StatedPlaces), p.Approved))
	a.writeStandards(&b, p)
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

// writeStandards lists the dated standards, so that people see which figure
// holds from when, by which act and how sure it is.
func (a *app) writeStandards(b *strings.Builder, p *reconcile.Plan) {
	if len(p.Standards) == 0 {
		fmt.Fprintf(b, "%s\n", a.lang.pick("Kế hoạch chưa nêu bộ tiêu chuẩn (standards), nên chưa kiểm tra được đối tượng, điều kiện.",
			"The plan names no standards, so eligibility cannot be checked."))
		return
	}
	fmt.Fprintf(b, "\n%s\n", a.lang.pick("Tiêu chuẩn, điều kiện theo thời gian:", "Dated standards:"))
	table := tabwriter.NewWriter(b, 2, 4, 2, ' ', 0)
	fmt.Fprintln(table, a.lang.pick("Tiêu chuẩn\tLoại chương trình\tGiá trị\tHiệu lực\tĐộ chắc chắn\tVăn bản", "Standard\tKinds\tValue\tIn force\tSure\tAct"))
	for i := range p.Standards {
		s := &p.Standards[i]
		kinds := make([]string, len(s.Kinds))
		for j, k := range s.Kinds {
			kinds[j] = string(k)
		}
		value := strings.Join(s.Words, ", ")
		switch {
		case s.NotKnown:
			value = a.lang.pick("chưa biết", "not known")
		case s.Number > 0:
			value = report.Number(s.Number)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s–%s\t%s\t%s\n", s.Key, strings.Join(kinds, ", "), value, s.From.Vietnamese(), s.To.Vietnamese(), s.Sure, s.Act)
	}
	_ = table.Flush() // a strings.Builder never fails
}

// places is the number of places of a program, its group's when it shares
// them, a dash when the plan gives none.
func places(p *reconcile.Plan, program *reconcile.Program) string {
	if g := p.Group(program.Group); g != nil && g.Shared {
		return "(" + report.Number(g.Quota.Places) + ")"
	}
	if program.Quota.Kind == reconcile.NoQuota || program.Quota.Places == 0 {
		return "–"
	}
	return report.Number(program.Quota.Places)
}

func (a *app) planCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:     a.lang.pick("check [KẾ_HOẠCH]", "check [PLAN]"),
		Short:   a.lang.pick("Chứng minh các tổng của kế hoạch từ số liệu", "Prove the plan's sums from its data"),
		Example: example("doisoat plan check", "doisoat plan check ke-hoach-2026.yaml"),
		Args:    a.atMostOneArgument,
		RunE: func(_ *cobra.Command, args []string) error {
			p, register, err := plan.Load(planArgument(args))
			if err != nil {
				return err
			}
			result := plan.Check(p, register)
			for _, e := range result.Equations {
				mark := "✓"
				if !e.Holds {
					mark = "✗"
				}
				if _, err := fmt.Fprintf(a.out, "%s %s: %s\n", mark, e.Subject, e.Text); err != nil {
					return err
				}
			}
			return result.Err()
		},
	}
}

func (a *app) planLoadCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "load",
		Short:   a.lang.pick("Nạp kế hoạch của cấu hình vào cơ sở dữ liệu", "Load the configured plan into the database"),
		Example: example("doisoat plan load --config doisoat.yaml"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				words := a.lang.pick("Kế hoạch %s đã có sẵn, không thay đổi.\n", "Plan %s was there already, unchanged.\n")
				if s.planChanged {
					words = a.lang.pick("Đã nạp kế hoạch %s.\n", "Loaded plan %s.\n")
				}
				_, err := fmt.Fprintf(a.out, words, s.plan.ID)
				return err
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}
