package pipeline

import (
	"cmp"
	"context"
	"io"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
	"doisoat/reconcile/rule"
	"doisoat/sync/sheet"
	"doisoat/sync/understand"
)

// Checker reads one file by itself and applies the rules that need no other,
// without database and network: what `check` says of a file, and what the page
// says of it before it is sent.
type Checker struct {
	Plan     *reconcile.Plan
	Register *reconcile.Register
	Reader   *understand.Reader
	Rules    []rule.Rule
	Norms    []reconcile.Norm
	// Today is asked anew for each file.
	Today func() reconcile.Date
	// Limits of what a file may make the reader do; zero is the default.
	Limits sheet.Limits
}

// Candidate is a file that was not sent yet.
type Candidate struct {
	Name   string // as people know it
	Source string // the identity that its places have
	Folder string // code of the folder that it lies in, "" when that says nothing
	Agency string // that sends it, "" when the file says it
	// Changed is the day of which the file is, zero for today: a day on which
	// its names meant what they do.
	Changed reconcile.Date
	Content io.ReaderAt
	Size    int64
}

// Checked is what was read of a file and found in it.
type Checked struct {
	Document *reconcile.Document
	Findings []reconcile.Finding
}

// Check reads the file. One that cannot be read gives a document that says so;
// only a context that is over is an error.
func (c *Checker) Check(ctx context.Context, file Candidate) (Checked, error) {
	document, err := c.read(ctx, file)
	if ctx.Err() != nil {
		return Checked{}, ctx.Err()
	}
	if err != nil {
		document = &reconcile.Document{Source: file.Source, File: file.Name}
		document.Failure, document.Format = FailureOf(file.Name, err)
	}
	return Checked{document, c.Findings(document)}, nil
}

func (c *Checker) read(ctx context.Context, file Candidate) (*reconcile.Document, error) {
	book, err := sheet.Open(ctx, file.Content, file.Size, c.Limits)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	return c.Reader.Document(ctx, book, understand.Options{
		Agency: file.Agency, Folder: file.Folder, File: file.Name, Source: file.Source, Today: c.Today(),
		Received: cmp.Or(file.Changed, c.Today()),
	})
}

// Findings applies the rules that need no other file.
func (c *Checker) Findings(document *reconcile.Document) []reconcile.Finding {
	in := &rule.Input{
		Plan: c.Plan, Register: c.Register, Today: c.Today(),
		Documents: []*reconcile.Document{document}, Registrations: document.Registrations(), Norms: c.Norms,
	}
	reconcile.AssignKeys(in.Registrations)
	in.Persons, in.Unsure = match.Persons(in.Registrations, match.Options{Register: c.Register})
	return rule.Run(c.Rules, in, rule.Options{Alone: true})
}

// LargestFile is how large a file may be that is read at all, in bytes.
func LargestFile() int64 { return sheet.DefaultLimits().FileBytes }
