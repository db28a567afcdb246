-- +goose Up

CREATE TABLE upload_withdrawal (
    plan_id      text        NOT NULL REFERENCES plan,
    upload_id    bigint      NOT NULL,
    by           text        NOT NULL CHECK (by <> ''),
    withdrawn_at timestamptz NOT NULL,
    run_id       bigint,
    PRIMARY KEY (plan_id, upload_id),
    FOREIGN KEY (plan_id, upload_id) REFERENCES upload,
    FOREIGN KEY (plan_id, run_id) REFERENCES run
);
CREATE INDEX upload_withdrawal_waiting ON upload_withdrawal (plan_id) WHERE run_id IS NULL;
COMMENT ON TABLE upload_withdrawal IS 'Files that were sent by mistake and taken back: they stay, and count no more.';
COMMENT ON COLUMN upload_withdrawal.by IS 'The login of who took it back.';
COMMENT ON COLUMN upload_withdrawal.run_id IS 'The first run that began after the file was taken back.';
