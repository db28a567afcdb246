-- +goose Up
CREATE TABLE report_folder (
    plan_id text NOT NULL REFERENCES plan,
    host    text NOT NULL,
    folder  text NOT NULL,
    PRIMARY KEY (plan_id, host),
    UNIQUE (host, folder)
);
COMMENT ON TABLE report_folder IS 'Where each plan''s reports are written on each machine: reports of two plans have the same names, and staff write into them.';
