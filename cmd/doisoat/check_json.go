package main

import "doisoat/reconcile"

// The types of this file are the public JSON of `doisoat check`.

type checkedFile struct {
	File     string             `json:"file"`
	Status   string             `json:"status"` // read, unreadable
	Format   reconcile.Format   `json:"format,omitempty"`
	Error    *reconcile.Failure `json:"error,omitempty"`
	Sheets   []checkedSheet     `json:"sheets,omitempty"`
	Findings []checkedFinding   `json:"findings,omitempty"`
}

type checkedSheet struct {
	Sheet         string          `json:"sheet"`
	Index         int             `json:"index"`
	Hidden        bool            `json:"hidden"`
	Role          reconcile.Role  `json:"role"`
	RowsNonEmpty  int             `json:"rows_nonempty"`
	RowsAccounted int             `json:"rows_accounted"`
	Columns       []checkedColumn `json:"columns,omitempty"`
	Rows          []checkedRow    `json:"rows"`
}

type checkedColumn struct {
	Column string          `json:"column"`
	Header string          `json:"header"`
	Field  reconcile.Field `json:"field"`
}

type checkedRow struct {
	Row           int                   `json:"row"`
	Kind          reconcile.RowKind     `json:"kind"`
	Registrations []checkedRegistration `json:"registrations,omitempty"`
}

type checkedRegistration struct {
	FullName        string                    `json:"full_name,omitempty"`
	BirthDate       string                    `json:"birth_date,omitempty"`
	Sex             reconcile.Sex             `json:"sex,omitempty"`
	Ethnicity       string                    `json:"ethnicity,omitempty"`
	CitizenID       string                    `json:"citizen_id,omitempty"`
	PartyDate       string                    `json:"party_date,omitempty"`
	OfficialDate    string                    `json:"official_date,omitempty"`
	Position        string                    `json:"position,omitempty"`
	Agency          string                    `json:"agency,omitempty"`
	AgencyText      string                    `json:"agency_text,omitempty"`
	Education       reconcile.Education       `json:"education,omitempty"`
	PoliticalTheory reconcile.PoliticalTheory `json:"political_theory,omitempty"`
	Phone           string                    `json:"phone,omitempty"`
	Program         string                    `json:"program,omitempty"`
	Form            reconcile.Form            `json:"form,omitempty"`
}

type checkedFinding struct {
	Rule     string             `json:"rule"`
	Severity reconcile.Severity `json:"severity"`
	Sheet    string             `json:"sheet,omitempty"`
	Row      int                `json:"row,omitempty"`
	Cell     string             `json:"cell,omitempty"`
	Message  string             `json:"message"`
}

// checkedJSON is the public form of a document and of what the rules found in
// it. File is the path as the user gave it.
func checkedJSON(file string, d *reconcile.Document, findings []reconcile.Finding) checkedFile {
	c := checkedFile{File: file, Status: "read", Format: d.Format, Error: d.Failure}
	if d.Failure != nil {
		c.Status = "unreadable"
	}
	for i := range d.Sheets {
		c.Sheets = append(c.Sheets, checkedSheetJSON(&d.Sheets[i]))
	}
	for i := range findings {
		f := &findings[i]
		c.Findings = append(c.Findings, checkedFinding{
			Rule: f.Rule, Severity: f.Severity, Sheet: f.Place.Sheet, Row: f.Place.Row, Cell: f.Place.Cell, Message: f.Message,
		})
	}
	return c
}

func checkedSheetJSON(s *reconcile.Sheet) checkedSheet {
	c := checkedSheet{
		Sheet: s.Name, Index: s.Index, Hidden: s.Hidden, Role: s.Role,
		RowsNonEmpty: s.NonEmptyRows, RowsAccounted: s.Accounted(), Rows: make([]checkedRow, 0, len(s.Rows)),
	}
	for i := range s.Columns {
		column := &s.Columns[i]
		c.Columns = append(c.Columns, checkedColumn{Column: column.Letter, Header: column.Header, Field: column.Field})
	}
	for i := range s.Rows {
		row := checkedRow{Row: s.Rows[i].Number, Kind: s.Rows[i].Kind}
		for _, r := range s.Rows[i].Registrations {
			row.Registrations = append(row.Registrations, checkedRegistrationJSON(r))
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

func checkedRegistrationJSON(r *reconcile.Registration) checkedRegistration {
	return checkedRegistration{
		FullName: r.FullName, BirthDate: r.BirthDate.String(), Sex: r.Sex, Ethnicity: r.Ethnicity,
		CitizenID: r.CitizenID, PartyDate: r.PartyDate.String(), OfficialDate: r.OfficialDate.String(),
		Position: r.Position, Agency: r.Agency, AgencyText: r.AgencyText, Education: r.Education,
		PoliticalTheory: r.PoliticalTheory, Phone: r.Phone, Program: r.Program, Form: r.Form,
	}
}
