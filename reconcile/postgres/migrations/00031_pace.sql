-- +goose Up
CREATE UNLOGGED TABLE pace (
    name text        PRIMARY KEY,
    due  timestamptz NOT NULL
);
COMMENT ON TABLE pace IS 'When the next turn of a pace is due that all programs keep together, such as that of requests to Google. Unlogged: what was due before a crash is past after it.';
