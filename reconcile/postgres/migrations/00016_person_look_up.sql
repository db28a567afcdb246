-- +goose Up

-- The look-ups over all plans take the lowest numbers of persons that share a
-- value. With the number in the index the first rows of one value are those;
-- without it the server may walk through all persons in their order instead.
DROP INDEX person_registration_citizen, person_registration_phone, person_registration_born;
CREATE INDEX person_registration_citizen ON person_registration (citizen_id, person_id) WHERE citizen_id <> '' AND active;
CREATE INDEX person_registration_phone ON person_registration (phone, person_id) WHERE phone <> '' AND active;
CREATE INDEX person_registration_born ON person_registration (birth_date, given_name, person_id) WHERE length(birth_date) = 10 AND active;

-- Whoever looks a person up has the number, and person_registration_by_person.
DROP INDEX person_registration_person;
