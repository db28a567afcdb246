-- +goose Up

-- The five tables below hold versions. A row is never overwritten: when a
-- document says something else, the row is closed (valid_to) and a new one
-- opened. The rows with an open end are what the documents say now.

CREATE TABLE document (
    plan_id        text        NOT NULL REFERENCES plan,
    id             bigint      GENERATED ALWAYS AS IDENTITY,
    source         text        NOT NULL CHECK (source <> ''),
    file           text        NOT NULL,
    format         text        NOT NULL,
    version        text        NOT NULL,
    reader_version text        NOT NULL,
    agency         text        NOT NULL,
    received       timestamptz,
    status         text        NOT NULL CHECK (status IN ('read', 'failed')),
    failure        jsonb,
    hash           bytea       NOT NULL,
    from_run       bigint      NOT NULL,
    valid_from     timestamptz NOT NULL,
    to_run         bigint,
    valid_to       timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id),
    CHECK ((status = 'failed') = (failure IS NOT NULL))
);
CREATE UNIQUE INDEX document_current ON document (plan_id, source) WHERE valid_to IS NULL;
CREATE INDEX document_past ON document (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
COMMENT ON TABLE document IS 'A file or Google spreadsheet; a failed one keeps its last good content in the tables below.';

CREATE TABLE sheet (
    plan_id       text        NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    sheet_no      integer     NOT NULL CHECK (sheet_no >= 0),
    name          text        NOT NULL,
    tab_index     integer     NOT NULL,
    tab_id        text        NOT NULL,
    hidden        boolean     NOT NULL,
    role          text        NOT NULL CHECK (role IN ('', 'registration', 'summary', 'cost_estimate', 'allocation', 'result', 'discrepancies', 'other')),
    title         text        NOT NULL,
    nonempty_rows integer     NOT NULL,
    columns       jsonb       NOT NULL,
    rows          jsonb       NOT NULL,
    answers       jsonb       NOT NULL,
    hash          bytea       NOT NULL,
    from_run      bigint      NOT NULL,
    valid_from    timestamptz NOT NULL,
    to_run        bigint,
    valid_to      timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX sheet_current ON sheet (plan_id, source, sheet_no) WHERE valid_to IS NULL;
CREATE INDEX sheet_past ON sheet (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
COMMENT ON TABLE sheet IS 'A tab as it was understood, without its registrations, allocations and estimate lines.';
COMMENT ON COLUMN sheet.rows IS 'Rows that are more than the place of a registration: n number, k kind, t text, h hidden, s stated total.';
COMMENT ON COLUMN sheet.answers IS 'What the tab says of staff answers and decisions; their life is in table answer.';

CREATE TABLE registration (
    plan_id          text        NOT NULL,
    id               bigint      GENERATED ALWAYS AS IDENTITY,
    source           text        NOT NULL,
    sheet_no         integer     NOT NULL,
    row_no           integer     NOT NULL,
    entry_no         integer     NOT NULL,
    registration_key text        NOT NULL,
    full_name        text        NOT NULL,
    birth_date       text        NOT NULL CHECK (birth_date ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
    sex              text        NOT NULL CHECK (sex IN ('', 'male', 'female')),
    ethnicity        text        NOT NULL,
    citizen_id       text        NOT NULL,
    party_date       text        NOT NULL CHECK (party_date ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
    official_date    text        NOT NULL CHECK (official_date ~ '^(\d{4}(-\d\d(-\d\d)?)?)?$'),
    job              text        NOT NULL,
    agency           text        NOT NULL,
    agency_text      text        NOT NULL,
    education        text        NOT NULL CHECK (education IN ('', 'upper_secondary', 'intermediate', 'college', 'university', 'master', 'doctor')),
    political_theory text        NOT NULL CHECK (political_theory IN ('', 'none', 'elementary', 'intermediate', 'advanced')),
    phone            text        NOT NULL,
    program          text        NOT NULL,
    program_text     text        NOT NULL,
    form             text        NOT NULL CHECK (form IN ('', 'full_time', 'part_time', 'completion')),
    priority         integer     NOT NULL,
    note             text        NOT NULL,
    hidden           boolean     NOT NULL,
    cell             text        NOT NULL,
    elsewhere        jsonb,
    readings         jsonb       NOT NULL,
    hash             bytea       NOT NULL,
    from_run         bigint      NOT NULL,
    valid_from       timestamptz NOT NULL,
    to_run           bigint,
    valid_to         timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX registration_current ON registration (plan_id, source, sheet_no, row_no, entry_no) WHERE valid_to IS NULL;
CREATE INDEX registration_past ON registration (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
CREATE INDEX registration_program ON registration (plan_id, program, agency) WHERE valid_to IS NULL;
COMMENT ON TABLE registration IS 'One person put down for one program, at its place in a document. Personal data.';
COMMENT ON COLUMN registration.birth_date IS 'As precise as the sheet: YYYY, YYYY-MM or YYYY-MM-DD; empty when it gives none. So are the other dates.';
COMMENT ON COLUMN registration.entry_no IS 'Number within the row, from 0: a row can hold several registrations.';
COMMENT ON COLUMN registration.job IS 'Chức vụ, chức danh.';
COMMENT ON COLUMN registration.elsewhere IS 'The origin, only when it is another than this row of this sheet.';
COMMENT ON COLUMN registration.readings IS 'For each field: the cell, the text that stood there, what was wrong with it.';

CREATE TABLE allocation (
    plan_id    text        NOT NULL,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    source     text        NOT NULL,
    sheet_no   integer     NOT NULL,
    line_no    integer     NOT NULL,
    agency     text        NOT NULL,
    programs   text[]      NOT NULL,
    places     integer     NOT NULL,
    subtotal   boolean     NOT NULL,
    text       text        NOT NULL,
    row_no     integer     NOT NULL,
    cell       text        NOT NULL,
    elsewhere  jsonb,
    hash       bytea       NOT NULL,
    from_run   bigint      NOT NULL,
    valid_from timestamptz NOT NULL,
    to_run     bigint,
    valid_to   timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX allocation_current ON allocation (plan_id, source, sheet_no, line_no) WHERE valid_to IS NULL;
CREATE INDEX allocation_past ON allocation (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
COMMENT ON TABLE allocation IS 'A quota''s share for one agency, as a sheet states it; subtotals are checked, never counted.';

CREATE TABLE estimate_line (
    plan_id      text        NOT NULL,
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    source       text        NOT NULL,
    sheet_no     integer     NOT NULL,
    line_no      integer     NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('', 'program', 'item', 'subtotal', 'total')),
    programs     text[]      NOT NULL,
    text         text        NOT NULL,
    classes      integer     NOT NULL,
    learners     integer     NOT NULL,
    quantity_mil bigint,
    factors_mil  bigint[]    NOT NULL,
    rate         bigint,
    amount       bigint,
    spent        bigint,
    sums         integer[]   NOT NULL,
    row_no       integer     NOT NULL,
    cell         text        NOT NULL,
    elsewhere    jsonb,
    readings     jsonb       NOT NULL,
    hash         bytea       NOT NULL,
    from_run     bigint      NOT NULL,
    valid_from   timestamptz NOT NULL,
    to_run       bigint,
    valid_to     timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX estimate_line_current ON estimate_line (plan_id, source, sheet_no, line_no) WHERE valid_to IS NULL;
CREATE INDEX estimate_line_past ON estimate_line (plan_id, source, valid_to) WHERE valid_to IS NOT NULL;
COMMENT ON TABLE estimate_line IS 'A line of a cost estimate. Money in VND, quantity and factors in thousandths; null is an empty cell.';
COMMENT ON COLUMN estimate_line.sums IS 'Numbers (line_no) of the lines that a subtotal or total sums.';

CREATE TABLE person (
    person_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    first_seen timestamptz NOT NULL
);
COMMENT ON TABLE person IS 'One human being as far as the registrations tell; shared by all plans.';

CREATE TABLE person_registration (
    plan_id          text    NOT NULL REFERENCES plan,
    registration_key text    NOT NULL,
    person_id        bigint  NOT NULL REFERENCES person,
    active           boolean NOT NULL,
    from_run         bigint  NOT NULL,
    PRIMARY KEY (plan_id, registration_key)
);
CREATE INDEX person_registration_person ON person_registration (plan_id, person_id);
COMMENT ON TABLE person_registration IS 'Whose registration it is; kept (not active) when the registration is gone, so that the person comes back under the same number.';
