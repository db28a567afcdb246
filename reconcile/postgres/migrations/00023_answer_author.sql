-- +goose Up
ALTER TABLE answer ADD COLUMN author text NOT NULL DEFAULT '';
ALTER TABLE answer ALTER COLUMN author DROP DEFAULT;
ALTER TABLE answer ADD COLUMN edited_at timestamptz;
COMMENT ON COLUMN answer.author IS 'Who last changed the document before the answer was read, as its provider tells; empty when nobody does.';
COMMENT ON COLUMN answer.edited_at IS 'When that was.';
CREATE OR REPLACE VIEW answer_current AS
SELECT DISTINCT ON (plan_id, kind, code) *
FROM (
    SELECT DISTINCT ON (plan_id, kind, code, source, tab) *
    FROM answer
    ORDER BY plan_id, kind, code, source, tab, answer_id DESC
) latest
WHERE NOT withdrawn AND NOT echo
ORDER BY plan_id, kind, code, seen_at DESC, answer_id DESC;
