package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// TestHistory: a list of which a line is withdrawn, and which is then gone,
// still tells what it said on each day.
func TestHistory(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.workbook("S03/dang ky.xlsx", roster("SỞ NỘI VỤ", an(), cuong()))
	o.run(exitDone)
	o.workbook("S03/dang ky.xlsx", roster("SỞ NỘI VỤ", an()))
	o.run(exitDone)
	if err := os.Remove(o.path("inbox", "S03", "dang ky.xlsx")); err != nil {
		t.Fatal(err)
	}
	o.run(exitDone)

	var changes []changeTime
	decoder := json.NewDecoder(&o.call(exitDone, "history", "--source", "S03/dang ky.xlsx", "--json").out)
	for decoder.More() {
		var c changeTime
		if err := decoder.Decode(&c); err != nil {
			t.Fatal(err)
		}
		changes = append(changes, c)
	}
	last := len(changes) - 1
	if last < 2 || changes[0].Registrations != 2 || changes[last-1].Registrations != 1 || !changes[last-1].There || changes[last].There {
		t.Fatalf("the list changed so: %+v", changes)
	}

	then := o.call(exitDone, "history", "--source", "dang ky.xlsx", "--at", changes[0].At.Format(time.RFC3339Nano))
	mentions(t, then.out.String(), "Nguyễn Văn An, 1979-08-15", "Lê Mạnh Cường")
	var file checkedFile
	then = o.call(exitDone, "history", "--source", changes[0].Source, "--at", changes[last-1].At.Format(time.RFC3339Nano), "--json")
	if err := json.Unmarshal(then.out.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	if file.File != changes[0].Source || len(file.Sheets) != 1 || strings.Count(then.out.String(), "full_name") != 2 { // a column and a person
		t.Errorf("after a line was withdrawn: %s", &then.out)
	}

	mentions(t, o.call(exitFailed, "history", "--source", "dang ky.xlsx", "--at", "2023-01-01").errOut.String(), "không có trong cơ sở dữ liệu")
	mentions(t, o.call(exitFailed, "history", "--source", "dang ky.xlsx", "--at", "hôm qua").errOut.String(), `"hôm qua"`, "2024-03-03")
	mentions(t, o.call(exitFailed, "history", "--source", "khong co.xlsx").errOut.String(), "«khong co.xlsx»", "sources list")
}
