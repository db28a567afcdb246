-- +goose Up

-- Codes of agencies are a plan's own, and so are those who act for them.
CREATE TABLE account (
    plan_id       text        NOT NULL REFERENCES plan,
    login         text        NOT NULL CHECK (login <> ''),
    role          text        NOT NULL CHECK (role IN ('office', 'party_bloc', 'state_bloc', 'agency', 'auditor')),
    agency        text        NOT NULL,
    password_hash text        NOT NULL DEFAULT '',
    disabled      boolean     NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL,
    signed_in_at  timestamptz,
    link_hash     bytea,
    link_until    timestamptz,
    PRIMARY KEY (plan_id, login),
    CHECK ((role = 'agency') = (agency <> '')),
    CHECK ((link_hash IS NULL) = (link_until IS NULL))
);
CREATE UNIQUE INDEX account_link ON account (plan_id, link_hash) WHERE link_hash IS NOT NULL;
COMMENT ON TABLE account IS 'Who may sign in with a password; those who come through OpenID Connect are in the configuration. Never deleted: the log of accesses names them.';
COMMENT ON COLUMN account.password_hash IS 'argon2id with its parameters and salt; empty until it is set through the link.';
COMMENT ON COLUMN account.link_hash IS 'SHA-256 of the token of the one-time link by which the password is set; gone when it was used.';

CREATE TABLE session (
    plan_id    text        NOT NULL REFERENCES plan,
    token_hash bytea       NOT NULL,
    login      text        NOT NULL,
    via        text        NOT NULL CHECK (via IN ('password', 'oidc')),
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    PRIMARY KEY (plan_id, token_hash)
);
CREATE INDEX session_login ON session (plan_id, login);
COMMENT ON TABLE session IS 'Who is signed in. The token itself is in the browser alone; what its user may do is looked up at each request.';

CREATE TABLE sign_in_attempt (
    plan_id    text        NOT NULL REFERENCES plan,
    attempt_id bigint      GENERATED ALWAYS AS IDENTITY,
    login_hash bytea       NOT NULL,
    address    text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (plan_id, attempt_id)
);
CREATE INDEX sign_in_attempt_login ON sign_in_attempt (plan_id, login_hash, at);
CREATE INDEX sign_in_attempt_address ON sign_in_attempt (plan_id, address, at);
COMMENT ON TABLE sign_in_attempt IS 'Sign-ins that were tried and did not succeed, for as long as they count.';
COMMENT ON COLUMN sign_in_attempt.login_hash IS 'People type their password into the wrong field: what they typed is not kept.';

CREATE TABLE access_log (
    plan_id text        NOT NULL REFERENCES plan,
    id      bigint      GENERATED ALWAYS AS IDENTITY,
    at      timestamptz NOT NULL,
    login   text        NOT NULL,
    role    text        NOT NULL,
    agency  text        NOT NULL,
    address text        NOT NULL,
    action  text        NOT NULL,
    subject text        NOT NULL,
    PRIMARY KEY (plan_id, id)
);
CREATE INDEX access_log_login ON access_log (plan_id, login, id DESC);
COMMENT ON TABLE access_log IS 'Who saw or changed which personal data, and when, as the law on the protection of personal data asks; rows are only added.';
COMMENT ON COLUMN access_log.subject IS 'What of: a finding''s code, a person''s number, a report''s name, the filter of a list.';
