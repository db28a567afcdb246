package main

import (
	"errors"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"doisoat/config"
	"doisoat/sync/web"
)

// The examples of how the service is installed are held to what the program
// has: commands, flags, roles, addresses. What they are written in is parsed
// strictly, since no engine is at hand that would.

// imageUser is the account of the image; nobody else owns its folders.
const imageUser = "65532:65532"

func deployed(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// accepts reports whether the program takes these arguments.
func accepts(t *testing.T, where string, args []string) {
	t.Helper()
	a := &app{lang: vietnamese}
	cmd, rest, err := a.rootCommand().Find(args)
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil && cmd.Flags().Lookup("roles") != nil {
		var names []string
		if names, err = cmd.Flags().GetStringSlice("roles"); err == nil {
			_, err = rolesOf(names)
		}
	}
	if err != nil || len(cmd.Flags().Args()) != 0 {
		t.Errorf("%s: the program does not take %q: %v", where, args, err)
	}
}

// answers checks that the page has the address.
func answers(t *testing.T, where, path string) {
	t.Helper()
	if !slices.ContainsFunc(web.Routes(), func(r web.Route) bool { return r.Path == path && r.Public() }) {
		t.Errorf("%s: the page does not answer %s", where, path)
	}
}

func isPinned(image string) bool {
	_, tag, ok := strings.Cut(image[strings.LastIndex(image, "/")+1:], ":")
	return ok && strings.ContainsAny(tag, "0123456789") && tag != "latest"
}

// hasNoPassword checks an address of a database.
func hasNoPassword(t *testing.T, where, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" || u.User.Username() == "" {
		t.Fatalf("%s: DATABASE_URL %q: %v", where, address, err)
	}
	if _, has := u.User.Password(); has {
		t.Errorf("%s: a password stands in DATABASE_URL", where)
	}
}

func TestDeployedConfiguration(t *testing.T) {
	t.Setenv(config.EnvDatabase, "")
	cfg, err := config.Load("../../deploy/doisoat.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !cfg.HasUpload() || cfg.Reports != "/reports" {
		t.Errorf("%+v", cfg)
	}
}

func TestDockerfile(t *testing.T) {
	lines := regexp.MustCompile(`\\\n\s*`).ReplaceAllString(deployed(t, "Dockerfile"), "")
	find := func(instruction string) []string {
		var all []string
		for _, m := range regexp.MustCompile(`(?m)^`+instruction+` (.*)$`).FindAllStringSubmatch(lines, -1) {
			all = append(all, m[1])
		}
		if len(all) == 0 {
			t.Fatalf("no %s", instruction)
		}
		return all
	}
	for _, from := range find("FROM") {
		if image := strings.Fields(from)[0]; image != "scratch" && !isPinned(image) {
			t.Errorf("image %s is not pinned", image)
		}
	}
	needed := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(deployed(t, "go.mod"))[1]
	if !strings.HasPrefix(find("FROM")[0], "golang:"+needed+".") {
		t.Errorf("built with %s, go.mod needs %s", find("FROM")[0], needed)
	}
	if user := find("USER"); user[len(user)-1] != imageUser {
		t.Errorf("runs as %q", user)
	}
	var health, command []string
	_, check, _ := strings.Cut(find("HEALTHCHECK")[0], "CMD ")
	if err := errors.Join(yaml.Unmarshal([]byte(check), &health), yaml.Unmarshal([]byte(find("CMD")[0]), &command)); err != nil {
		t.Fatal(err)
	}
	accepts(t, "HEALTHCHECK", health[1:])
	at, err := url.Parse(health[len(health)-1])
	if err != nil || !slices.Contains(command, ":"+at.Port()) || at.Port() != find("EXPOSE")[0] {
		t.Errorf("the check asks %v, %v", at, err)
	}
	answers(t, "HEALTHCHECK", at.Path)
	accepts(t, "CMD", command)
}

func TestSystemdUnit(t *testing.T) {
	unit := make(map[string][]string)
	for line := range strings.Lines(deployed(t, "deploy/doisoat.service")) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			t.Fatalf("no setting: %s", line)
		}
		unit[key] = append(unit[key], value)
	}
	for key, want := range map[string]string{
		"User": "doisoat", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
		"CapabilityBoundingSet": "", "StateDirectory": "doisoat", "Restart": "on-failure", "MemoryDenyWriteExecute": "yes",
	} {
		if got := unit[key]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	accepts(t, "ExecStart", strings.Fields(unit["ExecStart"][0])[1:])
	hasNoPassword(t, "Environment", strings.TrimPrefix(unit["Environment"][0], config.EnvDatabase+"="))
}

// documents parses every document of a file into what it is expected to be,
// each by itself, as kubectl does: what one names the others do not know.
func documents[T any](t *testing.T, name string) []T {
	t.Helper()
	var all []T
	for text := range strings.SplitSeq(deployed(t, name), "\n---\n") {
		decoder := yaml.NewDecoder(strings.NewReader(text))
		decoder.KnownFields(true)
		var document T
		if err := decoder.Decode(&document); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, document)
	}
	return all
}

type composeFile struct {
	Name     string
	Services map[string]composeService
	Networks map[string]struct{ Internal bool }
	Volumes  map[string]struct{}
	Secrets  map[string]struct{ File string }
}

type composeService struct {
	Image string
	Build struct {
		Context string
		Args    map[string]string
	}
	Command     []string
	Entrypoint  []string
	Profiles    []string
	Environment map[string]string
	Secrets     []string
	Volumes     []string
	Tmpfs       []string
	Networks    []string
	Ports       []string
	User        string
	ReadOnly    bool                                  `yaml:"read_only"`
	CapDrop     []string                              `yaml:"cap_drop"`
	SecurityOpt []string                              `yaml:"security_opt"`
	ShmSize     string                                `yaml:"shm_size"`
	MemLimit    string                                `yaml:"mem_limit"`
	PidsLimit   int                                   `yaml:"pids_limit"`
	StopGrace   string                                `yaml:"stop_grace_period"`
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Healthcheck struct {
		Test              []string
		Interval, Timeout string
		Retries           int
	}
	Restart string
}

func TestComposeFile(t *testing.T) {
	files := documents[composeFile](t, "deploy/compose.yml")
	if len(files) != 1 {
		t.Fatalf("%d documents", len(files))
	}
	c := files[0]
	database, service := c.Services["database"], c.Services["doisoat"]
	if !isPinned(database.Image) || len(database.Ports) != 0 || database.Healthcheck.Test == nil || database.Environment["POSTGRES_PASSWORD"] != "" {
		t.Errorf("database %+v", database)
	}
	if service.User != imageUser || !service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"}) || service.DependsOn["database"].Condition != "service_healthy" {
		t.Errorf("service %+v", service)
	}
	for _, port := range service.Ports {
		if !strings.HasPrefix(port, "127.0.0.1:") || !slices.Contains(service.Command, port[strings.LastIndex(port, ":"):]) {
			t.Errorf("port %s", port)
		}
	}
	backup := c.Services["backup"]
	if backup.User != imageUser || !backup.ReadOnly || !slices.Equal(backup.CapDrop, []string{"ALL"}) || !slices.Equal(backup.Networks, []string{"inside"}) ||
		backup.Image != database.Image || len(backup.Profiles) == 0 || len(backup.Ports) != 0 {
		t.Errorf("backup %+v", backup)
	}
	hasNoPassword(t, "backup", backup.Environment[config.EnvDatabase])
	accepts(t, "command", service.Command)
	hasNoPassword(t, "environment", service.Environment[config.EnvDatabase])
	for name, s := range c.Services {
		for _, secret := range s.Secrets {
			if c.Secrets[secret].File == "" {
				t.Errorf("%s: the secret %s comes from no file", name, secret)
			}
		}
		for _, network := range s.Networks {
			if _, ok := c.Networks[network]; !ok {
				t.Errorf("%s: no network %s", name, network)
			}
		}
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if _, ok := c.Volumes[source]; !ok && source[0] != '.' {
				t.Errorf("%s: no volume %s", name, source)
			}
		}
	}
	if !c.Networks["inside"].Internal || slices.Contains(database.Networks, "outside") {
		t.Error("the database can be reached from outside")
	}
}
