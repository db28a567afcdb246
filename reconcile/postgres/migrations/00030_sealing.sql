-- +goose Up

-- The key under which persons' numbers stand in the other tables, itself
-- encrypted with a key that is not in the database. Without a row, nothing is
-- encrypted.
CREATE TABLE sealing (
    one     boolean     PRIMARY KEY DEFAULT true CHECK (one),
    wrapped bytea       NOT NULL
);
COMMENT ON TABLE sealing IS 'The data key, encrypted with the master key. See package seal.';

-- Digests and marks no longer depend on the citizen ID in the clear: with all
-- else in sight it could be found by trying. The next run makes the digests
-- anew; the marks of registrations that have one are known by their keys alone.
UPDATE person_registration SET digest = '' WHERE citizen_id <> '' AND digest <> '';
UPDATE person_apart SET mark_a = least(bare.a, bare.b), mark_b = greatest(bare.a, bare.b)
FROM (
    SELECT plan_id, statement_id, regexp_replace(mark_a, '~[0-9a-f]{12}$', '') AS a, regexp_replace(mark_b, '~[0-9a-f]{12}$', '') AS b
    FROM person_apart
) bare
WHERE bare.plan_id = person_apart.plan_id AND bare.statement_id = person_apart.statement_id AND bare.a <> bare.b
AND EXISTS (
    SELECT FROM person_registration r
    WHERE r.plan_id = bare.plan_id AND r.registration_key IN (bare.a, bare.b) AND r.citizen_id <> ''
);
