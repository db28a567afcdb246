-- +goose Up

-- Versioned like the tables of 00003_document.sql.
CREATE TABLE result (
    plan_id       text        NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    sheet_no      integer     NOT NULL,
    line_no       integer     NOT NULL,
    learner       jsonb       NOT NULL,
    class         text        NOT NULL,
    outcome       text        NOT NULL CHECK (outcome IN ('', 'completed', 'not_completed', 'dropped_out', 'withdrawn', 'studying', 'absent')),
    final         boolean     NOT NULL,
    grade         text        NOT NULL,
    score_mil     bigint,
    decision      text        NOT NULL,
    opened        text        NOT NULL CHECK (opened ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
    closed        text        NOT NULL CHECK (closed ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
    months_owed   integer,
    months_served integer,
    cost          bigint,
    hash          bytea       NOT NULL,
    from_run      bigint      NOT NULL,
    valid_from    timestamptz NOT NULL,
    to_run        bigint,
    valid_to      timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX result_current ON result (plan_id, source, sheet_no, line_no) WHERE valid_to IS NULL;
CREATE INDEX result_past ON result (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
COMMENT ON TABLE result IS 'What a list of a class or of its results says of one learner. Personal data.';
COMMENT ON COLUMN result.learner IS 'The person and the class as a registration would put them down; never counted as one.';
COMMENT ON COLUMN result.score_mil IS 'Points in thousandths; null when the list gives none.';
COMMENT ON COLUMN result.cost IS 'What the class cost for this learner in VND, salary excluded; null when the list does not say.';
COMMENT ON COLUMN result.final IS 'The list tells how the class ended, and is no mere list of the class.';
