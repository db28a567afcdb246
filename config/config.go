package config

import (
	"time"

	"doisoat/reconcile"
)

// DefaultFile is the configuration's usual name.
const DefaultFile = "doisoat.yaml"

// The environment variables that win over the file.
const (
	EnvDatabase       = "DATABASE_URL"
	EnvKeyFile        = "DOISOAT_KEY_FILE"
	EnvGoogleEndpoint = "DOISOAT_GOOGLE_ENDPOINT"
)

// Config is a checked configuration. Paths are absolute or relative to the
// working directory, no longer to the file.
type Config struct {
	File string // the file it was read from
	// Plan is the name of a built-in plan or the path of a plan file.
	Plan     string
	Database Database
	// KeyFile holds the key under which persons' numbers are encrypted in the
	// database; "" for none of its own: the embedded server's lies beside its
	// data, and in any other database they stand in the clear.
	KeyFile string
	// TimeZone is where schedules and dates are meant.
	TimeZone *time.Location
	Schedule string // robfig/cron standard syntax
	Reports  string // folder
	Google   Google
	Sources  []Source
	// Allocations are sources whose sheets say how places and money are
	// shared out, and what came of it.
	Allocations []Source
	// Deadline for sending lists, zero when there is none.
	Deadline reconcile.Date
	// Guard bounds what may vanish from a source unasked.
	Guard Guard
	// Rules changes how single rules are graded, by rule ID.
	Rules map[string]RuleSetting
	// Wordings teach the reader what the offices of the place say.
	Wordings Wordings
	// Web is the page of `serve`.
	Web Web

	positions positions
}

// Database is where the data is kept: in the embedded server, or at a URL.
type Database struct {
	Embedded bool
	// URL is a PostgreSQL connection string and may hold a password; "" when
	// the server is embedded. Use Redacted to show it.
	URL string
	// FromEnvironment: DATABASE_URL was set and decided.
	FromEnvironment bool
}

// Google is how Sheets and Drive are reached.
type Google struct {
	// Credentials is the path of a service account's key file, "" for the
	// application default credentials.
	Credentials string
	// Endpoint is another base URL for the APIs, "" for Google's own. It has
	// no slash at its end.
	Endpoint string
	// Report is the id of the office's spreadsheet into which the consolidated
	// report is written besides the workbook, "" for none.
	Report string
	// CellNotes: cells that a finding points to get a note in the agency's own
	// spreadsheet.
	CellNotes bool
}

// SourceType says where sheets come from.
type SourceType string

// The types of source. YAML gives inputs as a file of data and is known to
// allocations only.
const (
	Folder      SourceType = "folder"
	GoogleSheet SourceType = "google_sheet"
	GoogleDrive SourceType = "google_drive"
	Upload      SourceType = "upload"
	YAML        SourceType = "yaml"
)

// Source is one place that sheets come from.
type Source struct {
	Type   SourceType
	Path   string // of a folder or a YAML file
	ID     string // of a Google spreadsheet
	Folder string // ID of a Google Drive folder
	// Agency owns all sheets of the source, "" when subfolder or sheet say it.
	// It is the word of the file until ResolveAgencies makes it a code.
	Agency string
	Line   int // in the file, for messages
}

// RuleSetting changes how findings of a rule are graded.
type RuleSetting struct {
	// Off: the rule is not applied.
	Off bool
	// Severity of all its findings, where it is not off.
	Severity reconcile.Severity
	// Reason is the office's, as reports quote it; "" when it gives none.
	Reason string
}
