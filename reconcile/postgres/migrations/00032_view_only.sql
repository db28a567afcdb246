-- +goose Up

CREATE TABLE document_view_only (
    plan_id text    NOT NULL REFERENCES plan,
    source  text    NOT NULL CHECK (source <> ''),
    account text    NOT NULL,
    listed  boolean NOT NULL,
    PRIMARY KEY (plan_id, source)
);
COMMENT ON TABLE document_view_only IS 'Spreadsheets that the service may read and not write into. A row is deleted as soon as it may.';
COMMENT ON COLUMN document_view_only.account IS 'The account to share the spreadsheet with, empty when its address is not known.';
COMMENT ON COLUMN document_view_only.listed IS 'The listing of its source says so, and will say when it is over; otherwise a write was refused, and only another write can tell.';
