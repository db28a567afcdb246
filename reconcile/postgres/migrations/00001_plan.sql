-- +goose Up

CREATE TABLE plan (
    plan_id           text        PRIMARY KEY CHECK (plan_id <> ''),
    year              integer     NOT NULL CHECK (year BETWEEN 1 AND 9999),
    province          text        NOT NULL,
    title             text        NOT NULL,
    approved          bigint      NOT NULL CHECK (approved >= 0),
    register_province text        NOT NULL,
    agencies          text[]      NOT NULL,
    body              jsonb       NOT NULL,
    content_hash      bytea       NOT NULL,
    saved_at          timestamptz NOT NULL
);
COMMENT ON TABLE plan IS 'A training plan of one province and year, as it stands now.';
COMMENT ON COLUMN plan.approved IS 'Budget from the provincial budget, in VND.';
COMMENT ON COLUMN plan.agencies IS 'Codes of the agencies of the plan''s register, in its order.';
COMMENT ON COLUMN plan.body IS 'The whole plan: sections, programs, quotas, groups.';

CREATE TABLE plan_version (
    plan_id      text        NOT NULL REFERENCES plan,
    version_no   bigint      GENERATED ALWAYS AS IDENTITY,
    agencies     text[]      NOT NULL,
    body         jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    saved_at     timestamptz NOT NULL,
    PRIMARY KEY (plan_id, version_no)
);
COMMENT ON TABLE plan_version IS 'Every content that a plan ever had; the highest number is the present one.';

CREATE TABLE agency (
    province     text        NOT NULL,
    code         text        NOT NULL CHECK (code <> ''),
    name         text        NOT NULL,
    bloc         text        NOT NULL CHECK (bloc IN ('', 'party', 'state', 'central')),
    level        text        NOT NULL CHECK (level IN ('', 'province', 'district', 'commune', 'central')),
    valid_from   text        NOT NULL,
    valid_to     text        NOT NULL,
    body         jsonb       NOT NULL,
    content_hash bytea       NOT NULL,
    saved_at     timestamptz NOT NULL,
    PRIMARY KEY (province, code)
);
COMMENT ON TABLE agency IS 'Bodies that submit registrations; shared by all plans of a province and never deleted.';
COMMENT ON COLUMN agency.valid_from IS 'First day, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD; empty is open. valid_to is the last day.';

-- What a plan says about places, for queries by hand and for other tools.
CREATE VIEW program AS
SELECT p.plan_id, e.ordinality::integer AS position,
       e.value ->> 'Code' AS code, e.value ->> 'Section' AS section, e.value ->> 'Name' AS name,
       e.value ->> 'Form' AS form, (e.value -> 'Quota' ->> 'Places')::integer AS places,
       e.value -> 'Quota' ->> 'Kind' AS quota_kind, e.value ->> 'Group' AS quota_group
FROM plan p CROSS JOIN LATERAL jsonb_array_elements(
    CASE WHEN jsonb_typeof(p.body -> 'Programs') = 'array' THEN p.body -> 'Programs' ELSE '[]' END
) WITH ORDINALITY e;
COMMENT ON VIEW program IS 'The programs of each plan with their quotas.';
