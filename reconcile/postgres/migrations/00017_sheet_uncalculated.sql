-- +goose Up
-- Sheets that were stored before are read again, since the reader has a new
-- number.
ALTER TABLE sheet ADD COLUMN uncalculated jsonb NOT NULL DEFAULT '[]';
ALTER TABLE sheet ALTER COLUMN uncalculated DROP DEFAULT;
COMMENT ON COLUMN sheet.uncalculated IS 'By columns, cells with formulas of which neither the file nor the reader has a result; empty when there are none.';
