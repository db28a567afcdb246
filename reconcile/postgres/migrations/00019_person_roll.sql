-- +goose Up

-- The persons of a list are saved in two steps: the list by itself, which any
-- number of lists may do at once, and then, one list after the other, who of
-- them is somebody whom another list has.
CREATE TABLE person_roll (
    plan_id text    NOT NULL,
    roll    text    NOT NULL,
    changes bigint  NOT NULL,
    pending boolean NOT NULL,
    PRIMARY KEY (plan_id, roll)
);
COMMENT ON TABLE person_roll IS 'The lists whose persons person_registration keeps.';
COMMENT ON COLUMN person_roll.changes IS 'How often another list changed whose registration one of this list is.';
COMMENT ON COLUMN person_roll.pending IS 'Saved, and not yet compared with the other lists: the program ended in between, or is at it.';

-- Every row of the list is written by one function, with numbers that it made
-- in the same transaction, and neither plans nor persons that have rows are
-- ever deleted. Looking both up for each row took longer than writing it.
ALTER TABLE person_registration DROP CONSTRAINT person_registration_plan_id_fkey;
ALTER TABLE person_registration DROP CONSTRAINT person_registration_person_id_fkey;
