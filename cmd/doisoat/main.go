package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"
)

func main() {
	os.Exit(execute(os.Args[1:], environment{
		out:         os.Stdout,
		errOut:      os.Stderr,
		now:         time.Now,
		interactive: term.IsTerminal(int(os.Stderr.Fd())),
	}))
}

// environment is what the program needs of the world, so that tests can run it
// in their own process.
type environment struct {
	out, errOut io.Writer
	now         func() time.Time
	interactive bool // stderr is a terminal: progress bars, text logs
}

// execute runs one command line and returns its exit code.
func execute(args []string, env environment) int {
	ctx, stop := stopSignals(context.Background())
	defer stop()
	a := &app{environment: env, lang: languageOf(args)}
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetOut(env.out)
	root.SetErr(env.errOut)
	return a.exit(root.ExecuteContext(ctx))
}

// stopSignals returns a context that the first SIGINT or SIGTERM cancels. A
// second signal ends the process at once, as the shell expects.
func stopSignals(parent context.Context) (context.Context, func()) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// app carries what every subcommand shares.
type app struct {
	environment
	lang    language
	verbose int // how often -v was given
}

// logger writes to stderr: text on a terminal, JSON otherwise. Only warnings
// are shown unless the user asks for more.
func (a *app) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelWarn}
	switch {
	case a.verbose > 1:
		options.Level = slog.LevelDebug
	case a.verbose > 0:
		options.Level = slog.LevelInfo
	}
	if a.interactive {
		return slog.New(slog.NewTextHandler(a.errOut, options))
	}
	return slog.New(slog.NewJSONHandler(a.errOut, options))
}
