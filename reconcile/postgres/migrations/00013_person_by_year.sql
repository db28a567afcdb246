-- +goose Up

-- Persons are one over plans, and those in lists of results are persons, too.
-- What they are known by is kept with them; rows that were stored before hold
-- none of it until the next run writes them.
ALTER TABLE person_registration
    ADD COLUMN roll text NOT NULL DEFAULT 'registration' CHECK (roll IN ('registration', 'result')),
    ADD COLUMN traits     text NOT NULL DEFAULT '',
    ADD COLUMN full_name  text NOT NULL DEFAULT '',
    ADD COLUMN given_name text NOT NULL DEFAULT '',
    ADD COLUMN birth_date text NOT NULL DEFAULT '',
    ADD COLUMN sex        text NOT NULL DEFAULT '',
    ADD COLUMN citizen_id text NOT NULL DEFAULT '',
    ADD COLUMN party_date text NOT NULL DEFAULT '',
    ADD COLUMN job        text NOT NULL DEFAULT '',
    ADD COLUMN agency     text NOT NULL DEFAULT '',
    ADD COLUMN unit       text NOT NULL DEFAULT '',
    ADD COLUMN phone      text NOT NULL DEFAULT '';
ALTER TABLE person_registration ALTER COLUMN roll DROP DEFAULT;
ALTER TABLE person_registration DROP CONSTRAINT person_registration_pkey;
ALTER TABLE person_registration ADD PRIMARY KEY (plan_id, roll, registration_key);
COMMENT ON TABLE person_registration IS 'Whose registration, or line of a list of results, it is; kept (not active) when it is gone, so that the person comes back under the same number. Personal data.';
COMMENT ON COLUMN person_registration.roll IS 'What the key is of: keys of registrations and of results look alike.';
COMMENT ON COLUMN person_registration.traits IS 'Hash of the columns behind it: what a person is known by.';
COMMENT ON COLUMN person_registration.given_name IS 'The last word of the name, without marks, to look people of one birth date up by.';

-- People are looked up over all plans: by citizen ID, by phone, by birth date
-- and given name.
CREATE INDEX person_registration_by_person ON person_registration (person_id);
CREATE INDEX person_registration_citizen ON person_registration (citizen_id) WHERE citizen_id <> '' AND active;
CREATE INDEX person_registration_phone ON person_registration (phone) WHERE phone <> '' AND active;
CREATE INDEX person_registration_born ON person_registration (birth_date, given_name) WHERE length(birth_date) = 10 AND active;

CREATE TABLE completed_program (
    plan_id     text    NOT NULL REFERENCES plan,
    learner_key text    NOT NULL,
    year        integer NOT NULL,
    program     text    NOT NULL,
    kind        text    NOT NULL,
    form        text    NOT NULL,
    name        text    NOT NULL,
    provider    text    NOT NULL,
    closed      text    NOT NULL,
    PRIMARY KEY (plan_id, learner_key)
);
COMMENT ON TABLE completed_program IS 'What learners of a plan''s lists of results completed, for the plans of later years; who they are is in person_registration.';
