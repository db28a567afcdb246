-- +goose Up

-- People know runs by their numbers, and reports show them: they count on
-- within a plan, whatever other plans do in the same database.
ALTER TABLE run ALTER COLUMN run_id DROP IDENTITY;
