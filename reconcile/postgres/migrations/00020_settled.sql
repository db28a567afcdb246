-- +goose Up
ALTER TABLE reconciliation ADD COLUMN settled bytea;
COMMENT ON COLUMN reconciliation.settled IS 'Digest of the sources and reports that a run left behind which found every report as it should be; null when there was none since the inputs changed.';
