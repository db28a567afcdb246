-- +goose Up
-- Sheets that were stored before were read without conversion; the rows they
-- gave stay as history, and their hashes change when they are read again.
ALTER TABLE sheet ADD COLUMN converted jsonb NOT NULL DEFAULT '[]';
ALTER TABLE sheet ALTER COLUMN converted DROP DEFAULT;
COMMENT ON COLUMN sheet.converted IS 'Columns whose text was in a legacy encoding (TCVN3, VNI) and was read as Unicode; empty when none was.';
