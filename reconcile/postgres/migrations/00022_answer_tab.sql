-- +goose Up
ALTER TABLE answer ADD COLUMN tab text NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN echo boolean NOT NULL DEFAULT false;
ALTER TABLE answer ALTER COLUMN tab DROP DEFAULT;
ALTER TABLE answer ALTER COLUMN echo DROP DEFAULT;
ALTER TABLE answer DROP CONSTRAINT answer_pkey;
ALTER TABLE answer ADD PRIMARY KEY (plan_id, kind, code, source, tab, answer_id);
COMMENT ON COLUMN answer.tab IS 'Tells copies of the tab in one document apart, and rows of one code in a tab; empty for the tab itself.';
COMMENT ON COLUMN answer.echo IS 'It was copied there with the tab or written there by the service: nobody''s word, kept to see what changes.';

DROP VIEW answer_current;
CREATE VIEW answer_current AS
SELECT DISTINCT ON (plan_id, kind, code) *
FROM (
    SELECT DISTINCT ON (plan_id, kind, code, source, tab) *
    FROM answer
    ORDER BY plan_id, kind, code, source, tab, answer_id DESC
) latest
WHERE NOT withdrawn AND NOT echo
ORDER BY plan_id, kind, code, seen_at DESC, answer_id DESC;
COMMENT ON VIEW answer_current IS 'The answer and the decision that stand: the latest that its tab has not withdrawn.';

CREATE TABLE answer_place (
    plan_id   text   NOT NULL,
    kind      text   NOT NULL CHECK (kind IN ('response', 'decision')),
    source    text   NOT NULL,
    tab       text   NOT NULL,
    first_run bigint NOT NULL,
    PRIMARY KEY (plan_id, kind, source, tab)
);
COMMENT ON TABLE answer_place IS 'Tabs in which answers were looked for. What a tab shows at first sight may be a copy of what was said before.';
INSERT INTO answer_place (plan_id, kind, source, tab, first_run)
SELECT plan_id, kind, source, '', min(run_id) FROM answer GROUP BY plan_id, kind, source;
