-- +goose Up

-- Discrepancies that were stored before name no pairs until they are found
-- again: the next run writes them.
ALTER TABLE discrepancy ADD COLUMN settled boolean NOT NULL DEFAULT false;
ALTER TABLE discrepancy ADD COLUMN same jsonb NOT NULL DEFAULT '[]';
ALTER TABLE discrepancy ALTER COLUMN settled DROP DEFAULT;
ALTER TABLE discrepancy ALTER COLUMN same DROP DEFAULT;
COMMENT ON COLUMN discrepancy.settled IS 'An answer given before already says what is to be said: waived without a decision of its own.';
COMMENT ON COLUMN discrepancy.same IS 'Pairs of registrations, by their marks, that the finding takes for one person, or perhaps one.';

ALTER TABLE person_registration ADD COLUMN digest text NOT NULL DEFAULT '';
COMMENT ON COLUMN person_registration.digest IS 'Of birth date, citizen ID, position and phone: knows a registration again whose name was mended. Empty before it was first saved with one.';

CREATE TABLE person_apart (
    plan_id      text        NOT NULL,
    statement_id bigint      GENERATED ALWAYS AS IDENTITY,
    mark_a       text        NOT NULL,
    mark_b       text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('response', 'decision')),
    code         text        NOT NULL,
    source       text        NOT NULL,
    apart        boolean,
    run_id       bigint      NOT NULL,
    said_at      timestamptz NOT NULL,
    PRIMARY KEY (plan_id, statement_id),
    FOREIGN KEY (plan_id, code) REFERENCES discrepancy,
    CHECK (mark_a < mark_b)
);
CREATE INDEX person_apart_pair ON person_apart (plan_id, mark_a, mark_b);
COMMENT ON TABLE person_apart IS 'What answers said of whether two registrations are of one person, every version of it; kept for ever.';
COMMENT ON COLUMN person_apart.apart IS 'True: two people. False: one after all. Null: the answer was taken back.';

CREATE VIEW person_apart_current AS
SELECT DISTINCT ON (plan_id, mark_a, mark_b) *
FROM (
    SELECT DISTINCT ON (plan_id, mark_a, mark_b, kind, code, source) *
    FROM person_apart
    ORDER BY plan_id, mark_a, mark_b, kind, code, source, statement_id DESC
) latest
WHERE apart IS NOT NULL
ORDER BY plan_id, mark_a, mark_b, kind, statement_id DESC;
COMMENT ON VIEW person_apart_current IS 'What stands: the office''s word before an agency''s (decision sorts before response), else the latest.';
