-- +goose Up

-- Documents that were stored before have no line here until they say something
-- else; the first reconciliation after this looks at everything once anyhow.
CREATE TABLE document_state (
    plan_id text   NOT NULL,
    source  text   NOT NULL,
    changes bigint NOT NULL,
    PRIMARY KEY (plan_id, source)
);
COMMENT ON TABLE document_state IS 'How often what a document says has changed: tells without looking at the rows whether anything did.';

ALTER TABLE reconciliation ADD COLUMN inputs bytea;
ALTER TABLE reconciliation ADD COLUMN since text NOT NULL DEFAULT '';
ALTER TABLE reconciliation ADD COLUMN until text NOT NULL DEFAULT '';
COMMENT ON COLUMN reconciliation.inputs IS 'Digest of all that the findings depend on, the date apart; null when it is not known.';
COMMENT ON COLUMN reconciliation.since IS 'First day, YYYY-MM-DD, for which the same inputs give the same findings; until is the first one for which they may not.';
