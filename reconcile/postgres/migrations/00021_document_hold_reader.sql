-- +goose Up
-- Documents that are held already are read once more.
ALTER TABLE document_hold ADD COLUMN reader_version text NOT NULL DEFAULT '';
ALTER TABLE document_hold ALTER COLUMN reader_version DROP DEFAULT;
COMMENT ON COLUMN document_hold.reader_version IS 'The reader that found the lines gone: while it and the document are the same, there is nothing to read.';
