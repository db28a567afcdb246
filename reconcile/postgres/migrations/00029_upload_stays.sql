-- +goose Up

-- +goose StatementBegin
CREATE FUNCTION upload_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'file_content' THEN
        RAISE EXCEPTION 'the content of a file never changes';
    ELSIF OLD.sent_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a file that was sent stays';
    END IF;
    NEW.run_id := coalesce(OLD.run_id, NEW.run_id);
    OLD.run_id := NEW.run_id;
    IF OLD IS DISTINCT FROM NEW THEN
        RAISE EXCEPTION 'a file that was sent stays as it was sent';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER upload_stays BEFORE UPDATE OR DELETE ON upload FOR EACH ROW EXECUTE FUNCTION upload_stays();
CREATE TRIGGER file_content_stays BEFORE UPDATE ON file_content FOR EACH ROW EXECUTE FUNCTION upload_stays();
COMMENT ON FUNCTION upload_stays() IS 'Keeps what was sent as it was sent, whatever a program does; drafts may go.';
