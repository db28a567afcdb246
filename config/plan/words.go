package plan

import (
	"fmt"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// The types of this file read the closed vocabularies of the YAML files, so
// that a wrong word is a fault with the words that can be used.

type form string

func (f *form) UnmarshalText(b []byte) (err error) {
	*f, err = strict.Choose(string(b), form(reconcile.FullTime), form(reconcile.PartTime), form(reconcile.Completion))
	return err
}

type quotaKind string

func (k *quotaKind) UnmarshalText(b []byte) (err error) {
	*k, err = strict.Choose(string(b), quotaKind(reconcile.Ceiling), quotaKind(reconcile.Estimate),
		quotaKind(reconcile.Open), quotaKind(reconcile.NoQuota))
	return err
}

// wording is the word with which a plan weakens a number.
type wording string

const (
	about    wording = "khoảng"
	expected wording = "dự kiến"
)

func (w *wording) UnmarshalText(b []byte) (err error) {
	*w, err = strict.Choose(string(b), about, expected)
	return err
}

type bloc string

func (v *bloc) UnmarshalText(b []byte) (err error) {
	*v, err = strict.Choose(string(b), bloc(reconcile.PartyBloc), bloc(reconcile.StateBloc), bloc(reconcile.CentralBloc))
	return err
}

type level string

func (v *level) UnmarshalText(b []byte) (err error) {
	*v, err = strict.Choose(string(b), level(reconcile.ProvinceLevel), level(reconcile.DistrictLevel),
		level(reconcile.CommuneLevel), level(reconcile.CentralLevel))
	return err
}

type programKind string

func (k *programKind) UnmarshalText(b []byte) (err error) {
	all := reconcile.ProgramKinds()
	allowed := make([]programKind, len(all))
	for i, v := range all {
		allowed[i] = programKind(v)
	}
	*k, err = strict.Choose(string(b), allowed...)
	return err
}

type standardKey string

func (k *standardKey) UnmarshalText(b []byte) (err error) {
	all := reconcile.StandardKeys()
	allowed := make([]standardKey, len(all))
	for i, v := range all {
		allowed[i] = standardKey(v)
	}
	*k, err = strict.Choose(string(b), allowed...)
	return err
}

type sureness string

func (v *sureness) UnmarshalText(b []byte) (err error) {
	*v, err = strict.Choose(string(b), sureness(reconcile.Verified), sureness(reconcile.Secondary), sureness(reconcile.Unverified))
	return err
}

type date struct{ reconcile.Date }

func (d *date) UnmarshalText(b []byte) error {
	parsed, err := reconcile.ParseDate(string(b))
	if err != nil || parsed.IsZero() {
		return &strict.Invalid{
			Message: fmt.Sprintf("%q không phải là ngày", b),
			Remedy:  "viết năm-tháng-ngày, ví dụ 2024-03-31 (hoặc 2024-03, 2024 khi chỉ biết đến tháng, năm)",
		}
	}
	d.Date = parsed
	return nil
}

// money is an amount as the file writes it: digits only, đồng.
type money int64

// text cleans what people typed: NFC, single spaces.
func text(s string) string { return strings.TrimSpace(reconcile.Clean(s)) }

func texts(list []string) []string {
	var cleaned []string
	for _, s := range list {
		cleaned = append(cleaned, text(s))
	}
	return cleaned
}
