-- +goose Up

-- Nobody asks the server for a part of the readings; they are only ever read as
-- a whole. As text the server hands them over as they are, while of jsonb it
-- puts together every word of every cell anew, which was most of its work.
ALTER TABLE registration ALTER COLUMN readings TYPE json USING readings::json;
