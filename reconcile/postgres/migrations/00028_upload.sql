-- +goose Up

CREATE TABLE file_content (
    plan_id text   NOT NULL REFERENCES plan,
    hash    bytea  NOT NULL CHECK (octet_length(hash) = 32),
    content bytea  NOT NULL CHECK (octet_length(content) > 0),
    PRIMARY KEY (plan_id, hash)
);
-- Workbooks are compressed already.
ALTER TABLE file_content ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE file_content IS 'Files that were sent through the page, byte for byte, each content once. Personal data.';
COMMENT ON COLUMN file_content.hash IS 'SHA-256 of the content.';

CREATE TABLE upload (
    plan_id     text        NOT NULL REFERENCES plan,
    upload_id   bigint      GENERATED ALWAYS AS IDENTITY,
    document_id bigint,
    agency      text        NOT NULL,
    own         boolean     NOT NULL,
    kind        text        NOT NULL,
    name        text        NOT NULL CHECK (name <> ''),
    hash        bytea       NOT NULL,
    size        bigint      NOT NULL CHECK (size > 0),
    sender      text        NOT NULL CHECK (sender <> ''),
    checked     jsonb,
    created_at  timestamptz NOT NULL,
    sent_at     timestamptz,
    run_id      bigint,
    PRIMARY KEY (plan_id, upload_id),
    FOREIGN KEY (plan_id, hash) REFERENCES file_content,
    FOREIGN KEY (plan_id, document_id) REFERENCES upload,
    FOREIGN KEY (plan_id, run_id) REFERENCES run,
    CHECK ((sent_at IS NULL) = (document_id IS NULL)),
    CHECK (sent_at IS NULL OR checked IS NULL)
);
CREATE INDEX upload_document ON upload (plan_id, document_id);
CREATE INDEX upload_agency ON upload (plan_id, agency) WHERE sent_at IS NOT NULL;
CREATE INDEX upload_draft ON upload (plan_id, created_at) WHERE sent_at IS NULL;
CREATE INDEX upload_waiting ON upload (plan_id) WHERE sent_at IS NOT NULL AND run_id IS NULL;
CREATE INDEX upload_hash ON upload (plan_id, hash);
COMMENT ON TABLE upload IS 'Files that were sent through the page, with their history, and drafts: files that were checked and may be sent. A draft is removed when it is not sent in time; what was sent stays.';
COMMENT ON COLUMN upload.document_id IS 'The first upload of the document that the file is a version of, itself when it is the first; the last one counts. Null for a draft.';
COMMENT ON COLUMN upload.own IS 'Somebody sent it for the agency alone: what it says of decisions, and of other agencies'' findings, does not count.';
COMMENT ON COLUMN upload.kind IS 'What the file is a list of, by which a corrected one finds the one that it replaces.';
COMMENT ON COLUMN upload.checked IS 'What the check said of a draft, for its sender alone.';
COMMENT ON COLUMN upload.run_id IS 'The first run that began after the file was sent.';
