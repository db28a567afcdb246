package pipeline_test

import (
	"path/filepath"
	"testing"
)

// TestRunIsHeldFromItsStart: there is no moment at which a run is in the ledger
// and not held. A program that was killed in such a moment kept the next run
// waiting until its heartbeat had been missed for minutes.
func TestRunIsHeldFromItsStart(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an)
	_, err := b.store.Pool().Exec(t.Context(), `
		CREATE FUNCTION held_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			IF NOT (SELECT held FROM run WHERE plan_id = NEW.plan_id AND run_id = NEW.run_id) THEN
				RAISE EXCEPTION 'a run that is not held is seen by others';
			END IF;
			RETURN NULL;
		END $$;
		CREATE CONSTRAINT TRIGGER held_at_commit AFTER INSERT ON run DEFERRABLE INITIALLY DEFERRED
			FOR EACH ROW EXECUTE FUNCTION held_at_commit()`)
	if err != nil {
		t.Fatal(err)
	}
	b.run()
}
