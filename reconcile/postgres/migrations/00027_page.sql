-- +goose Up

-- The page lists findings of one status, what matters most first and then the
-- oldest, from any place of the list on: in the order of these indexes.
DROP INDEX discrepancy_agency;
CREATE INDEX discrepancy_status ON discrepancy (plan_id, status,
    (CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END), first_seen, code);
CREATE INDEX discrepancy_agency ON discrepancy (plan_id, agency, status,
    (CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END), first_seen, code);
CREATE INDEX discrepancy_rule ON discrepancy (plan_id, rule, status,
    (CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END), first_seen, code);
CREATE INDEX discrepancy_person ON discrepancy (plan_id, person) WHERE person <> '';

CREATE INDEX person_registration_name ON person_registration (plan_id, given_name) WHERE active AND roll = 'registration';

CREATE TABLE figures (
    plan_id text   NOT NULL REFERENCES plan,
    bloc    text   NOT NULL CHECK (bloc IN ('', 'party', 'state')),
    run_id  bigint NOT NULL,
    body    jsonb  NOT NULL,
    PRIMARY KEY (plan_id, bloc)
);
COMMENT ON TABLE figures IS 'The numbers of the newest reports, of all or of one bloc, so that the page need not count anew.';
