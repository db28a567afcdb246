-- +goose Up
CREATE TABLE worker (
    plan_id    text        NOT NULL REFERENCES plan,
    name       text        NOT NULL,
    host       text        NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (plan_id, name)
);
COMMENT ON TABLE worker IS 'The programs that work a plan''s jobs now, each with its last sign of life by the server''s clock; a row goes with its program, or when others take it for dead.';
COMMENT ON COLUMN worker.name IS 'Also the application name of the program''s connections.';
