-- +goose Up

CREATE TABLE run (
    plan_id      text        NOT NULL REFERENCES plan,
    run_id       bigint      GENERATED ALWAYS AS IDENTITY,
    trigger      text        NOT NULL,
    status       text        NOT NULL CHECK (status IN ('running', 'done', 'partial', 'failed')),
    started_at   timestamptz NOT NULL,
    heartbeat_at timestamptz NOT NULL,
    finished_at  timestamptz,
    held         boolean     NOT NULL DEFAULT false,
    error        text        NOT NULL DEFAULT '',
    counts       jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (plan_id, run_id),
    CHECK ((status = 'running') = (finished_at IS NULL))
);
-- Two runs of one plan never overlap, whatever the programs think.
CREATE UNIQUE INDEX run_one_running ON run (plan_id) WHERE status = 'running';
COMMENT ON TABLE run IS 'The run ledger: one row per run, written also when it fails.';
COMMENT ON COLUMN run.held IS 'The run''s program holds an advisory lock while it lives; else its heartbeat tells.';

CREATE TABLE source_run (
    plan_id        text    NOT NULL,
    run_id         bigint  NOT NULL,
    source         text    NOT NULL CHECK (source <> ''),
    file           text    NOT NULL,
    agency         text    NOT NULL,
    status         text    NOT NULL CHECK (status IN ('read', 'unchanged', 'failed', 'gone')),
    version        text    NOT NULL,
    rows           integer NOT NULL CHECK (rows >= 0),
    registrations  integer NOT NULL CHECK (registrations >= 0),
    not_understood integer NOT NULL CHECK (not_understood >= 0),
    started_at     timestamptz,
    finished_at    timestamptz,
    error          text    NOT NULL,
    PRIMARY KEY (plan_id, run_id, source),
    FOREIGN KEY (plan_id, run_id) REFERENCES run
);
COMMENT ON TABLE source_run IS 'What one run did with one document.';

CREATE TABLE run_stage (
    plan_id   text    NOT NULL,
    run_id    bigint  NOT NULL,
    stage     text    NOT NULL,
    total     integer NOT NULL CHECK (total >= 0),
    remaining integer NOT NULL CHECK (remaining BETWEEN 0 AND total),
    PRIMARY KEY (plan_id, run_id, stage),
    FOREIGN KEY (plan_id, run_id) REFERENCES run
);
COMMENT ON TABLE run_stage IS 'How many pieces of a stage of a run are left; its row lock makes one finisher the last.';

CREATE TABLE run_item (
    plan_id text    NOT NULL,
    run_id  bigint  NOT NULL,
    stage   text    NOT NULL,
    item    text    NOT NULL,
    done    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (plan_id, run_id, stage, item),
    FOREIGN KEY (plan_id, run_id) REFERENCES run
);
COMMENT ON TABLE run_item IS 'The pieces of a stage of a run: a source to pull, an agency to publish for.';

CREATE TABLE report_state (
    plan_id text NOT NULL REFERENCES plan,
    path    text NOT NULL,
    hash    text NOT NULL,
    PRIMARY KEY (plan_id, path)
);
COMMENT ON TABLE report_state IS 'What each report was made from when it was last written, so that an unchanged one is not written again.';
