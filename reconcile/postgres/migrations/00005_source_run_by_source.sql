-- +goose Up
-- What a document held when it was last read is asked for in every run.
CREATE INDEX source_run_by_source ON source_run (plan_id, source, run_id DESC) WHERE status = 'read';

-- +goose Down
DROP INDEX source_run_by_source;
