-- +goose Up

CREATE TABLE reconciliation (
    plan_id text        PRIMARY KEY REFERENCES plan,
    run_id  bigint      NOT NULL,
    at      timestamptz NOT NULL
);
COMMENT ON TABLE reconciliation IS 'The last run whose findings were stored: all that is not gone was last seen then.';

CREATE TABLE discrepancy (
    plan_id     text        NOT NULL REFERENCES plan,
    code        text        NOT NULL CHECK (code <> ''),
    rule        text        NOT NULL,
    severity    text        NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    not_checked boolean     NOT NULL,
    subject     text        NOT NULL,
    agency      text        NOT NULL,
    program     text        NOT NULL,
    person      text        NOT NULL,
    source      text        NOT NULL,
    sheet       text        NOT NULL,
    row_no      integer     NOT NULL,
    cell        text        NOT NULL,
    related     jsonb       NOT NULL,
    invalidates text[]      NOT NULL,
    message     text        NOT NULL,
    found       text        NOT NULL,
    expected    text        NOT NULL,
    legal_basis text        NOT NULL,
    remedy      text        NOT NULL,
    hash        bytea       NOT NULL,
    status      text        NOT NULL CHECK (status IN ('open', 'gone', 'waived')),
    first_seen  timestamptz NOT NULL,
    first_run   bigint      NOT NULL,
    last_seen   timestamptz,
    gone_run    bigint,
    reopened    integer     NOT NULL DEFAULT 0 CHECK (reopened >= 0),
    PRIMARY KEY (plan_id, code),
    CHECK ((status = 'gone') = (last_seen IS NOT NULL)),
    CHECK ((status = 'gone') = (gone_run IS NOT NULL))
);
CREATE INDEX discrepancy_agency ON discrepancy (plan_id, agency, status);
CREATE INDEX discrepancy_source ON discrepancy (plan_id, source);
COMMENT ON TABLE discrepancy IS 'A finding with its life over the runs. May hold personal data of the agency''s own rows.';
COMMENT ON COLUMN discrepancy.code IS 'Mã: the rule and letters made from plan, rule and subject; -2, -3 when one run had several of them.';
COMMENT ON COLUMN discrepancy.last_seen IS 'Only when it is gone; else it was last seen in the last reconciliation.';

CREATE TABLE discrepancy_event (
    plan_id  text        NOT NULL,
    code     text        NOT NULL,
    event_id bigint      GENERATED ALWAYS AS IDENTITY,
    event    text        NOT NULL CHECK (event IN ('found', 'changed', 'gone', 'reopened', 'waived', 'unwaived')),
    run_id   bigint      NOT NULL,
    at       timestamptz NOT NULL,
    before   jsonb,
    PRIMARY KEY (plan_id, code, event_id),
    FOREIGN KEY (plan_id, code) REFERENCES discrepancy
);
COMMENT ON TABLE discrepancy_event IS 'All that ever happened to a discrepancy; before holds what a change replaced.';

CREATE TABLE answer (
    plan_id   text        NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('response', 'decision')),
    code      text        NOT NULL,
    source    text        NOT NULL,
    answer_id bigint      GENERATED ALWAYS AS IDENTITY,
    word      text        NOT NULL,
    text      text        NOT NULL,
    sheet     text        NOT NULL,
    row_no    integer     NOT NULL,
    cell      text        NOT NULL,
    seen_at   timestamptz NOT NULL,
    run_id    bigint      NOT NULL,
    accepted  boolean     NOT NULL,
    withdrawn boolean     NOT NULL,
    PRIMARY KEY (plan_id, kind, code, source, answer_id),
    FOREIGN KEY (plan_id, code) REFERENCES discrepancy,
    CHECK (withdrawn = (word = '' AND text = '')),
    CHECK (kind = 'decision' OR NOT accepted)
);
COMMENT ON TABLE answer IS 'What staff answered and the office decided, every version of it, with time and place.';
COMMENT ON COLUMN answer.withdrawn IS 'The document that gave an answer has the cell empty now.';

CREATE VIEW answer_current AS
SELECT DISTINCT ON (plan_id, kind, code) *
FROM (
    SELECT DISTINCT ON (plan_id, kind, code, source) *
    FROM answer
    ORDER BY plan_id, kind, code, source, answer_id DESC
) latest
WHERE NOT withdrawn
ORDER BY plan_id, kind, code, seen_at DESC, answer_id DESC;
COMMENT ON VIEW answer_current IS 'The answer and the decision that stand: the latest that its document has not withdrawn.';
