-- +goose Up

CREATE TABLE document_hold (
    plan_id      text        NOT NULL REFERENCES plan,
    source       text        NOT NULL CHECK (source <> ''),
    file         text        NOT NULL,
    agency       text        NOT NULL,
    gone         boolean     NOT NULL,
    place        text        NOT NULL,
    item         jsonb       NOT NULL,
    lines_before integer     NOT NULL CHECK (lines_before >= 0),
    lines_after  integer     NOT NULL CHECK (lines_after >= 0),
    keys         text[]      NOT NULL,
    names        text[]      NOT NULL,
    run_id       bigint      NOT NULL,
    held_since   timestamptz NOT NULL,
    PRIMARY KEY (plan_id, source),
    CHECK (cardinality(keys) = cardinality(names))
);
COMMENT ON TABLE document_hold IS 'Documents of which many lines vanished: they count as they were until somebody confirms. Personal data; a row is deleted as soon as it is settled.';
COMMENT ON COLUMN document_hold.place IS 'The configured source that the document comes from.';
COMMENT ON COLUMN document_hold.item IS 'How to open the document anew; null in JSON when it is gone.';
COMMENT ON COLUMN document_hold.keys IS 'The lines that vanished, and in names what people call them.';
