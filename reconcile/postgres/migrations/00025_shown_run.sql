-- +goose Up
-- What is new is what no report has shown yet: a run that died before its
-- reports were written showed nothing.
ALTER TABLE reconciliation ADD COLUMN shown_run bigint NOT NULL DEFAULT 0;
UPDATE reconciliation SET shown_run = run_id - 1;
COMMENT ON COLUMN reconciliation.shown_run IS 'The last run before it whose reports were all written: what was found, or went, in a later one is new.';
