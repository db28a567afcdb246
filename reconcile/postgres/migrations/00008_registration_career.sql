-- +goose Up
-- Registrations that were stored before were read without it and stay as
-- history; unchanged files are read again under the reader's new version.
ALTER TABLE registration ADD COLUMN career jsonb NOT NULL DEFAULT '{}';
ALTER TABLE registration ALTER COLUMN career DROP DEFAULT;
COMMENT ON COLUMN registration.career IS 'What the sheet tells of the person''s service besides position and unit: planned position, rank, recruitment, ratings. Empty members are left out.';
