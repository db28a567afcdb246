package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"doisoat/config"
	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/rule"
	"doisoat/sync/google"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
	"doisoat/sync/understand"
	"doisoat/sync/web"
)

// settingsFlags are the flags of every command that needs the configuration.
type settingsFlags struct {
	config string
	data   string
}

func (f *settingsFlags) register(cmd *cobra.Command, lang language) {
	cmd.Flags().StringVar(&f.config, "config", config.DefaultFile, lang.pick("tệp cấu hình", "configuration file"))
	cmd.Flags().StringVar(&f.data, "data", "", lang.pick("thư mục dữ liệu của PostgreSQL riêng (mặc định: thư mục trạng thái của người dùng)",
		"data directory of the private PostgreSQL (the user's state directory when absent)"))
}

// system is everything that the configuration asks for. The database is there
// only after connect.
type system struct {
	cfg      config.Config
	plan     *reconcile.Plan
	register *reconcile.Register
	reader   *understand.Reader
	google   func(context.Context) (*google.Client, error)
	inGoogle bool // a source is there
	sources  []pull.Source
	inputs   []pull.Source
	answers  pull.Source
	office   pull.Source // the report on Google, nil for none
	given    plan.Inputs // allocations, budget lines and norms: from YAML, and the central norms
	data     string
	app      *app
	log      *slog.Logger
	watch    *web.Watch

	server *embedded.Server
	store  *postgres.Store
	// planChanged: the database did not hold the plan as it is now.
	planChanged bool
}

// configure reads the configuration and the plan and builds the sources. It
// touches neither database nor network.
func (a *app) configure(flags settingsFlags) (*system, error) {
	cfg, err := config.Load(flags.config)
	if err != nil {
		return nil, err
	}
	s := &system{cfg: cfg, data: flags.data, app: a, log: a.logger(), watch: web.NewWatch()}
	if s.cfg.Reports, err = filepath.Abs(cfg.Reports); err != nil {
		return nil, a.errorf("thư mục báo cáo %s: %w", "reports folder %s: %w", cfg.Reports, err)
	}
	if s.plan, s.register, err = plan.Load(cfg.Plan); err != nil {
		return nil, err
	}
	if err := plan.Check(s.plan, s.register).Err(); err != nil {
		return nil, err
	}
	s.cfg.ResolveAgencies(plan.AgencyCode(s.register))
	if err := s.checkCodes(); err != nil {
		return nil, err
	}
	if s.reader, err = taughtReader(s.cfg, s.plan, s.register); err != nil {
		return nil, err
	}
	s.google = s.lazyGoogle()
	return s, s.buildSources()
}

// checkCodes reports agencies and rules that the configuration names and
// nobody knows.
func (s *system) checkCodes() error {
	var rules []string
	for _, r := range rule.All() {
		rules = append(rules, r.ID)
	}
	return s.cfg.CheckCodes(agencyCodes(s.register), rules)
}

// open is configure with the database.
func (a *app) open(ctx context.Context, flags settingsFlags) (*system, error) {
	s, err := a.configure(flags)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.cfg.Reports, 0o750); err != nil {
		return nil, a.errorf("không tạo được thư mục báo cáo %s; tạo thư mục, hoặc sửa `reports` trong cấu hình (%w)", "reports folder %s cannot be made; make it, or correct `reports` in the configuration (%w)", s.cfg.Reports, err)
	}
	if err := s.connect(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// with opens the system for the time of do.
func (a *app) with(ctx context.Context, flags settingsFlags, do func(s *system) error) error {
	s, err := a.open(ctx, flags)
	if err != nil {
		return err
	}
	defer s.close()
	err = do(s)
	if s.server != nil && errors.Is(err, postgres.ErrUnavailable) {
		err = errors.Join(s.server.Death(), err)
	}
	return err
}

// address is where the database is. It starts the embedded server when the
// configuration asks for it.
func (s *system) address(ctx context.Context) (string, error) {
	if !s.cfg.Database.Embedded {
		return s.cfg.Database.URL, nil
	}
	server, err := embedded.Start(ctx, embedded.Options{Dir: s.data, Log: s.log})
	if err != nil {
		return "", err
	}
	s.server = server
	return server.URL(), nil
}

// connect opens the store and loads the plan into it.
func (s *system) connect(ctx context.Context) error {
	url, err := s.address(ctx)
	if err != nil {
		return err
	}
	store, err := postgres.Open(ctx, url, postgres.Options{
		Location: s.cfg.TimeZone, ReaderVersion: readerVersion(s.cfg.Wordings), Key: s.keySource(ctx),
	})
	if err != nil {
		return err
	}
	s.store = store
	s.planChanged, err = store.SavePlan(ctx, s.plan, s.register)
	return err
}

// close ends what connect began. It is safe to call twice.
func (s *system) close() {
	if s.store != nil {
		s.store.Close()
		s.store = nil
	}
	if s.server != nil {
		if err := s.server.Stop(context.Background()); err != nil {
			s.log.Error("stop the embedded database", "error", err)
		}
		s.server = nil
	}
}

// lazyGoogle makes the client when a source first needs it, so that bad
// credentials stop no other source.
func (s *system) lazyGoogle() func(context.Context) (*google.Client, error) {
	var mu sync.Mutex
	var client *google.Client
	return func(ctx context.Context) (*google.Client, error) {
		mu.Lock()
		defer mu.Unlock()
		if client != nil {
			return client, nil
		}
		made, err := google.New(ctx, google.Options{Credentials: s.cfg.Google.Credentials, Endpoint: s.cfg.Google.Endpoint, Turn: s.googleTurn, Observe: s.sawGoogle})
		if err != nil {
			return nil, err
		}
		client = made
		return client, nil
	}
}

// googleTurn keeps the pace of all processes on the database together: they
// share Google's quota. While the database is away each keeps its own.
func (s *system) googleTurn(ctx context.Context, paces []google.Pace) (time.Duration, error) {
	if s.store == nil {
		return 0, nil
	}
	turns := make([]postgres.Pace, len(paces))
	for i, p := range paces {
		turns[i] = postgres.Pace(p)
	}
	wait, err := s.store.Turn(ctx, turns...)
	if err != nil && ctx.Err() == nil {
		s.log.WarnContext(ctx, "the pace of requests to Google is this process's alone", "error", err)
		return 0, nil
	}
	return wait, err
}

func (s *system) sawGoogle(r google.Request) {
	s.watch.Google(r.Write, r.Again, r.Failed, r.Queued, r.Paused)
}

// buildSources makes the configured sources, and the reports folder as the
// place where answers come from.
func (s *system) buildSources() error {
	sent := pipeline.Uploads{Store: func() *postgres.Store { return s.store }, Plan: s.plan.ID}
	deps := pull.Deps{Google: s.google, Uploads: sent, Now: s.app.now}
	national, err := plan.NationalNorms()
	if err != nil {
		return err
	}
	s.given.Norms = national
	var faults []error
	for _, c := range s.cfg.Sources {
		source, err := pull.New(s.settings(c), deps)
		faults = append(faults, err)
		if err == nil {
			s.sources = append(s.sources, source)
		}
	}
	for _, c := range s.cfg.Allocations {
		faults = append(faults, s.addInput(c, deps))
	}
	answers, err := pull.New(pull.Settings{Type: "reports", Path: s.cfg.Reports, Name: s.placeName(s.cfg.Reports)}, deps)
	s.answers = answers
	faults = append(faults, err)
	if id := s.cfg.Google.Report; id != "" {
		s.inGoogle = true
		s.office, err = pull.New(pull.Settings{Type: "google_report", ID: id}, deps)
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

func (s *system) addInput(c config.Source, deps pull.Deps) error {
	if c.Type == config.YAML {
		given, err := plan.LoadInputs(c.Path, s.plan, s.register)
		if err != nil {
			return err
		}
		s.given.Allocations = append(s.given.Allocations, given.Allocations...)
		s.given.Budget = append(s.given.Budget, given.Budget...)
		s.given.Norms = append(s.given.Norms, given.Norms...)
		s.plan.Date(given.Classes)
		return nil
	}
	source, err := pull.New(s.settings(c), deps)
	if err == nil {
		s.inputs = append(s.inputs, source)
	}
	return err
}

// settings are what package pull needs of a configured source. The reports
// folder is never a source of registrations, even inside of one.
func (s *system) settings(c config.Source) pull.Settings {
	settings := pull.Settings{Type: string(c.Type), Path: c.Path, ID: cmp.Or(c.ID, c.Folder), Agency: c.Agency}
	s.inGoogle = s.inGoogle || c.Type == config.GoogleSheet || c.Type == config.GoogleDrive
	if c.Type == config.GoogleDrive && s.cfg.Google.Report != "" {
		settings.Exclude = []string{s.cfg.Google.Report}
	}
	if c.Type == config.GoogleDrive {
		for _, other := range slices.Concat(s.cfg.Sources, s.cfg.Allocations) {
			if id := cmp.Or(other.ID, other.Folder); id != "" && id != c.Folder {
				settings.Exclude = append(settings.Exclude, id)
			}
		}
	}
	if c.Type == config.Folder {
		settings.Name = s.placeName(c.Path)
		settings.Exclude = []string{s.cfg.Reports}
		for _, other := range append(append([]config.Source{}, s.cfg.Sources...), s.cfg.Allocations...) {
			if other.Type == config.Folder && other.Path != c.Path {
				settings.Exclude = append(settings.Exclude, other.Path)
			}
		}
	}
	return settings
}

// placeName names a folder by its path from the configuration file, so that
// documents keep their identity when the set-up moves to another machine.
func (s *system) placeName(path string) string {
	base, err := filepath.Abs(filepath.Dir(s.cfg.File))
	if err != nil {
		return path
	}
	target, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	relative, err := filepath.Rel(base, target)
	if err != nil || !filepath.IsLocal(relative) {
		return path
	}
	return relative
}

// grades are the configured departures from the catalogue.
func (s *system) grades() map[string]string {
	grades := make(map[string]string, len(s.cfg.Rules))
	for id, setting := range s.cfg.Rules {
		grades[id] = string(setting.Severity)
		if setting.Off {
			grades[id] = rule.Off
		}
	}
	return grades
}

// gradeReasons are the office's reasons for them.
func (s *system) gradeReasons() map[string]string {
	reasons := make(map[string]string, len(s.cfg.Rules))
	for id, setting := range s.cfg.Rules {
		reasons[id] = setting.Reason
	}
	return reasons
}

// checker checks files before they are sent, by the rules of all.
func (s *system) checker() *pipeline.Checker {
	return &pipeline.Checker{
		Plan: s.plan, Register: s.register, Reader: s.reader, Rules: rule.All(), Norms: s.given.Norms,
		Today: func() reconcile.Date { return reconcile.DateOf(s.app.now().In(s.cfg.TimeZone)) },
	}
}

// newPipeline puts the stages together. Progress may be nil.
func (s *system) newPipeline(ctx context.Context, progress func(pipeline.Event)) (*pipeline.Pipeline, error) {
	return pipeline.New(ctx, pipeline.Config{
		Store: s.store, Plan: s.plan, Register: s.register, Reader: s.reader,
		Rules: rule.All(), Grades: s.grades(), GradeReasons: s.gradeReasons(), Deadline: s.cfg.Deadline, Guard: rule.Guard(s.cfg.Guard),
		Sources: s.sources, Inputs: s.inputs, Answers: s.answers,
		Office: s.office, OfficeSheet: s.cfg.Google.Report, CellNotes: s.cfg.Google.CellNotes,
		Allocations: s.given.Allocations, Estimates: s.given.Budget, Norms: s.given.Norms,
		Reports: s.cfg.Reports, Google: s.google,
		Location: s.cfg.TimeZone, Now: s.app.now, Log: s.log, Progress: progress, Observe: s.watch.Job,
	})
}
