-- +goose Up

-- Codes and names are given anew when bodies merge: a code of one plan's
-- register says nothing about the same code in another's.
ALTER TABLE agency RENAME TO agency_by_province;
CREATE TABLE agency (
    plan_id      text        NOT NULL REFERENCES plan,
    code         text        NOT NULL CHECK (code <> ''),
    name         text        NOT NULL,
    bloc         text        NOT NULL CHECK (bloc IN ('', 'party', 'state', 'central')),
    level        text        NOT NULL CHECK (level IN ('', 'province', 'district', 'commune', 'central')),
    valid_from   text        NOT NULL,
    valid_to     text        NOT NULL,
    body         jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    saved_at     timestamptz NOT NULL,
    PRIMARY KEY (plan_id, code)
);
INSERT INTO agency (plan_id, code, name, bloc, level, valid_from, valid_to, body, content_hash, saved_at)
SELECT p.plan_id, a.code, a.name, a.bloc, a.level, a.valid_from, a.valid_to, a.body, a.content_hash, a.saved_at
FROM plan p JOIN agency_by_province a ON a.province = p.register_province;
DROP TABLE agency_by_province;
COMMENT ON TABLE agency IS 'Bodies that submit registrations, as a plan''s register has them; never deleted.';
COMMENT ON COLUMN agency.valid_from IS 'First day, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD; empty is open. valid_to is the last day.';
