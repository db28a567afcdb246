package rule

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"doisoat/config/plan"
	"doisoat/reconcile"
)

// rosterFields are the columns that a roster of a scenario may have.
func rosterField(column string) (reconcile.Field, bool) {
	f, ok := map[string]reconcile.Field{
		"name": reconcile.FieldFullName, "birth": reconcile.FieldBirthDate, "sex": reconcile.FieldSex, "id": reconcile.FieldCitizenID,
		"position": reconcile.FieldPosition, "agency": reconcile.FieldAgency, "program": reconcile.FieldProgram,
		"form": reconcile.FieldForm, "party": reconcile.FieldPartyDate, "official": reconcile.FieldOfficialDate,
		"priority": reconcile.FieldPriority, "note": reconcile.FieldNote, "phone": reconcile.FieldPhone,
		"unit": reconcile.FieldUnit, "education": reconcile.FieldEducation, "theory": reconcile.FieldPoliticalTheory, "ethnicity": reconcile.FieldEthnicity,
		"member": reconcile.FieldPartyMember, "planned": reconcile.FieldPlannedPosition, "employment": reconcile.FieldEmployment,
		"rank": reconcile.FieldRank, "since": reconcile.FieldRankSince, "recruited": reconcile.FieldRecruited, "ratings": reconcile.FieldRating,
		"commitment": reconcile.FieldCommitment, "first": reconcile.FieldFirstPostgraduate, "group": reconcile.FieldDefenceGroup,
		"religious": reconcile.FieldReligiousRank,
	}[column]
	return f, ok
}

func rosterColumns(s *reconcile.Sheet, header []string) {
	for i, name := range header[1:] {
		if f, ok := rosterField(name); ok {
			s.Columns = append(s.Columns, reconcile.Column{Letter: string(rune('B' + i)), Header: name, Field: f})
		}
	}
}

func registration(d *reconcile.Document, s *reconcile.Sheet, at reconcile.Origin, header, cells []string) (*reconcile.Registration, error) {
	r := &reconcile.Registration{Agency: d.Agency, Origin: at}
	for _, c := range s.Columns {
		if code, ok := strings.CutPrefix(c.Header, "program="); ok {
			r.Program, r.ProgramText = code, code
		}
	}
	r.Hidden = s.Hidden
	for i, name := range header[1:] {
		if name == "hidden" {
			r.Hidden = r.Hidden || i+1 < len(cells) && cells[i+1] != ""
			continue
		}
		f, ok := rosterField(name)
		if !ok {
			return r, fmt.Errorf("unknown column %q", name)
		}
		if i+1 >= len(cells) {
			continue
		}
		text, fault, _ := strings.Cut(cells[i+1], "!")
		text = strings.TrimSpace(text)
		r.Readings.Set(f, reconcile.Reading{Cell: string(rune('B'+i)) + strconv.Itoa(at.Row), Text: text, Fault: reconcile.Fault(fault)})
		if text == "" || fault != "" && fault != string(reconcile.Repaired) && fault != string(reconcile.Several) && fault != string(reconcile.Ambiguous) {
			continue
		}
		if err := value(r, f, text); err != nil {
			return r, err
		}
	}
	return r, nil
}

// value sets the field as a reader would.
func value(r *reconcile.Registration, f reconcile.Field, text string) (err error) {
	switch f {
	case reconcile.FieldFullName:
		r.FullName = text
	case reconcile.FieldBirthDate:
		r.BirthDate, err = day(text)
	case reconcile.FieldPartyDate:
		r.PartyDate, err = day(text)
	case reconcile.FieldOfficialDate:
		r.OfficialDate, err = day(text)
	case reconcile.FieldSex:
		r.Sex = map[string]reconcile.Sex{"Nam": reconcile.Male, "Nữ": reconcile.Female}[text]
	case reconcile.FieldCitizenID:
		r.CitizenID = strings.Repeat("0", max(0, 12-len(text))) + text
	case reconcile.FieldPosition:
		r.Position = text
	case reconcile.FieldAgency:
		r.Agency, r.AgencyText = text, text
		if strings.HasPrefix(text, "?") {
			r.Agency, r.AgencyText = "", text[1:]
		}
	case reconcile.FieldProgram:
		r.ProgramText = text
		if code, _, _ := strings.Cut(text, " "); isProgram(code) {
			r.Program = code
		}
	case reconcile.FieldForm:
		r.Form = reconcile.Form(text)
	case reconcile.FieldPriority:
		r.Priority, err = strconv.Atoi(text)
	case reconcile.FieldNote:
		r.Note = text
	case reconcile.FieldPhone:
		r.Phone = text
	default:
		return career(r, f, text)
	}
	return err
}

// career sets what the rules of eligibility need, written as the codes are.
func career(r *reconcile.Registration, f reconcile.Field, text string) (err error) {
	c := &r.Career
	switch f {
	case reconcile.FieldUnit:
		r.AgencyText = text
	case reconcile.FieldEducation:
		r.Education = reconcile.Education(text)
	case reconcile.FieldPoliticalTheory:
		r.PoliticalTheory = reconcile.PoliticalTheory(text)
	case reconcile.FieldEthnicity:
		r.Ethnicity = text
	case reconcile.FieldPlannedPosition:
		c.PlannedPosition = text
	case reconcile.FieldEmployment:
		kind, trainee, _ := strings.Cut(text, " ")
		c.Employment, c.Trainee = reconcile.Employment(kind), trainee != ""
	case reconcile.FieldRank:
		c.Rank = reconcile.Rank(text)
	case reconcile.FieldRankSince:
		c.RankSince, err = day(text)
	case reconcile.FieldRecruited:
		c.Recruited, err = day(text)
	case reconcile.FieldRating: // "2022 good, 2023 excellent", "0 good", "2022 good K8"
		for piece := range strings.SplitSeq(text, ",") {
			var rating reconcile.Rating
			if n, err := fmt.Sscan(piece, &rating.Year, &rating.Grade, &rating.Cell); n < 2 {
				return err
			}
			c.Ratings = append(c.Ratings, rating)
		}
	case reconcile.FieldCommitment:
		c.Commitment = reconcile.Reply(text)
	case reconcile.FieldFirstPostgraduate:
		c.FirstPostgraduate = reconcile.Reply(text)
	case reconcile.FieldDefenceGroup:
		c.DefenceGroup, err = strconv.Atoi(text)
	case reconcile.FieldReligiousRank:
		c.ReligiousRank = text
	}
	return err
}

// isProgram knows the codes of the small plan and of the built-in one.
func isProgram(code string) bool {
	return fixturePlan().Program(code) != nil || builtinPlan().Program(code) != nil
}

// builtin is the built-in plan with its register, read once; whoever changes
// the plan copies it first.
var builtin = sync.OnceValues(func() (*reconcile.Plan, *reconcile.Register) {
	p, r, err := plan.Load("quang-ngai-2024")
	if err != nil {
		panic(err)
	}
	return p, r
})

func builtinPlan() *reconcile.Plan {
	p, _ := builtin()
	return p
}

// day reads d/m/y, m/y or y.
func day(text string) (reconcile.Date, error) {
	var parts [3]int
	fields := strings.Split(text, "/")
	for i, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil {
			return reconcile.Date{}, err
		}
		parts[len(fields)-1-i] = n
	}
	return reconcile.NewDate(parts[0], parts[1], parts[2])
}

// allocationRow: the agency's code, "=text" for a subtotal, "?text" for an
// agency that was not recognised; then a number per set of programs.
func allocationRow(s *reconcile.Sheet, at reconcile.Origin, header, cells []string) error {
	for i, programs := range header[2:] {
		if i+2 >= len(cells) || cells[i+2] == "" {
			continue
		}
		places, err := strconv.Atoi(cells[i+2])
		if err != nil {
			return err
		}
		a := reconcile.Allocation{Agency: cells[1], Text: cells[1], Programs: strings.Split(programs, "+"), Places: places, Origin: at}
		if text, ok := strings.CutPrefix(cells[1], "="); ok {
			a.Agency, a.Text, a.Subtotal = "", text, true
		}
		if text, ok := strings.CutPrefix(cells[1], "?"); ok {
			a.Agency, a.Text = "", text
		}
		a.Origin.Cell = string(rune('C'+i)) + strconv.Itoa(at.Row)
		s.Allocations = append(s.Allocations, a)
	}
	return nil
}

func estimateRow(s *reconcile.Sheet, at reconcile.Origin, header, cells []string) error {
	l := reconcile.EstimateLine{Origin: at}
	for i, name := range header {
		if i == 0 || i >= len(cells) || cells[i] == "" {
			continue
		}
		text, cell := cells[i], string(rune('A'+i))+strconv.Itoa(at.Row)
		n, numErr := strconv.ParseFloat(strings.ReplaceAll(text, ".", ""), 64)
		switch name {
		case "kind":
			l.Kind = reconcile.EstimateKind(text)
			numErr = nil
		case "text":
			l.Text, numErr = text, nil
		case "programs":
			l.Programs, numErr = strings.Split(text, "+"), nil
		case "classes":
			l.Classes = int(n)
		case "learners":
			l.Learners = int(n)
			l.Readings.Set(reconcile.FieldLearners, reconcile.Reading{Cell: cell, Text: text})
		case "quantity":
			l.QuantityMil, l.HasQuantity = thousandth(text), true
			l.Readings.Set(reconcile.FieldQuantity, reconcile.Reading{Cell: cell, Text: text})
			numErr = nil
		case "factor":
			l.FactorsMil, numErr = append(l.FactorsMil, thousandth(text)), nil
		case "rate":
			l.Rate, l.HasRate = reconcile.VND(n), true
			l.Readings.Set(reconcile.FieldRate, reconcile.Reading{Cell: cell, Text: text})
		case "amount":
			l.Amount, l.HasAmount = reconcile.VND(n), true
			l.Readings.Set(reconcile.FieldAmount, reconcile.Reading{Cell: cell, Text: text})
		case "spent":
			l.Spent, l.HasSpent = reconcile.VND(n), true
			l.Readings.Set(reconcile.FieldSpent, reconcile.Reading{Cell: cell, Text: text})
		case "unit":
			l.Readings.Set(reconcile.FieldUnitName, reconcile.Reading{Cell: cell, Text: text})
			numErr = nil
		case "note":
			l.Readings.Set(reconcile.FieldNote, reconcile.Reading{Cell: cell, Text: text})
			numErr = nil
		case "sums": // indexes of the lines, "0-2,5"
			l.Lines, numErr = indexes(text)
		default:
			return fmt.Errorf("unknown column %q", name)
		}
		if numErr != nil {
			return numErr
		}
	}
	s.Estimates = append(s.Estimates, l)
	return nil
}

// conversion reads "TCVN3 B 12 3; stored > read; …": encoding, column, cells,
// those told by their letters, examples.
func conversion(text string) (c reconcile.Conversion, err error) {
	head, examples, _ := strings.Cut(text, ";")
	if _, err := fmt.Sscan(head, &c.Encoding, &c.Column, &c.Cells, &c.ByLetters); err != nil {
		return c, err
	}
	for example := range strings.SplitSeq(examples, ";") {
		if stored, read, ok := strings.Cut(example, ">"); ok {
			c.Examples = append(c.Examples, reconcile.ConvertedName{Stored: strings.TrimSpace(stored), Read: strings.TrimSpace(read)})
		}
	}
	return c, nil
}

func indexes(text string) (all []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		from, to, ok := strings.Cut(part, "-")
		if !ok {
			to = from
		}
		first, err := strconv.Atoi(from)
		if err != nil {
			return nil, err
		}
		last, err := strconv.Atoi(to)
		if err != nil {
			return nil, err
		}
		for i := first; i <= last; i++ {
			all = append(all, i)
		}
	}
	return all, nil
}

// thousandth reads a number with a decimal comma.
func thousandth(text string) int64 {
	whole, part, _ := strings.Cut(strings.ReplaceAll(text, ".", ""), ",")
	n, _ := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	return n
}

func (s *scenario) parseEarlier(planID string, lines []string) error {
	if s.in.Earlier.Completed == nil {
		s.in.Earlier.Completed = make(map[string][]reconcile.CompletedProgram)
	}
	s.in.Earlier.Plans = append(s.in.Earlier.Plans, planID)
	for _, line := range lines {
		parts := strings.Split(line, ";")
		if len(parts) != 6 {
			continue
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		year, err := strconv.Atoi(parts[4])
		if err != nil {
			return err
		}
		agency, rest, _ := strings.Cut(parts[0], "|")
		program, name, _ := strings.Cut(rest, "|")
		key := agency + "|" + program + "|" + reconcile.Key(name)
		s.in.Earlier.Completed[key] = append(s.in.Earlier.Completed[key], reconcile.CompletedProgram{
			Plan: planID, Program: parts[1], Kind: reconcile.ProgramKind(parts[2]), Name: parts[3], Year: year, Provider: parts[5],
		})
	}
	return nil
}

// parseWithdrawal reads "lines: before after", "gone: yes", and the names that
// vanished and that stand elsewhere.
func (s *scenario) parseWithdrawal(name string, lines []string) error {
	w := Withdrawal{Source: "folder:" + name, File: path.Base(name)}
	elsewhere := make(map[string]bool)
	for _, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "agency":
			w.Agency = value
		case "lines":
			if _, err := fmt.Sscan(value, &w.Before, &w.After); err != nil {
				return err
			}
		case "gone":
			w.Gone = true
		case "vanished":
			for one := range strings.SplitSeq(value, "; ") {
				w.Vanished = append(w.Vanished, Line{Key: reconcile.Key(one), Name: one})
			}
		case "elsewhere":
			elsewhere[reconcile.Key(value)] = true
		}
	}
	w.Lost = Without(w.Vanished, elsewhere)
	s.in.Withdrawals = append(s.in.Withdrawals, w)
	return nil
}

// parseViewOnly reads "agency:", "account:" and "office: yes".
func (s *scenario) parseViewOnly(name string, lines []string) {
	v := ViewOnly{Source: "google_sheet:" + name, File: strings.TrimSuffix(path.Base(name), ".viewonly")}
	for _, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "agency":
			v.Agency = value
		case "account":
			v.Account = value
		case "office":
			v.Office = true
		}
	}
	s.in.ViewOnly = append(s.in.ViewOnly, v)
}

// class reads a line of the register of classes.
func (s *scenario) class(text string) error {
	fields := strings.Fields(text)
	for len(fields) < 5 {
		fields = append(fields, "-")
	}
	c := reconcile.Class{Program: fields[0], Name: strings.Trim(fields[1], "-")}
	var err error
	for _, day := range []struct {
		text string
		into *reconcile.Date
	}{{fields[2], &c.Opens}, {fields[3], &c.Closes}} {
		if day.text != "-" {
			if *day.into, err = reconcile.ParseDate(day.text); err != nil {
				return err
			}
		}
	}
	if fields[4] != "-" {
		c.Weeks, err = strconv.Atoi(fields[4])
	}
	s.in.Plan.Date([]reconcile.Class{c})
	return err
}
