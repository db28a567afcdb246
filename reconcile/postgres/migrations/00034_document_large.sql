-- +goose Up

CREATE TABLE document_large (
    plan_id text NOT NULL REFERENCES plan,
    source  text NOT NULL CHECK (source <> ''),
    PRIMARY KEY (plan_id, source)
);
COMMENT ON TABLE document_large IS 'Spreadsheets whose content was too large for one answer when they were last read, so that nobody asks for it in one piece again.';
