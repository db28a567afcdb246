package discovery

import (
	"net/http"
	"strings"
	"testing"
)

func TestRequestsAreHeldAgainstTheDocuments(t *testing.T) {
	d := ForTest(t)
	const batch = "POST /v4/spreadsheets/1AbC:batchUpdate"
	tests := []struct{ name, request, body, wrong string }{
		{"a read", "GET /v4/spreadsheets/1AbC?fields=properties(title),sheets.data(rowData/values/effectiveFormat.textFormat)&ranges=A&ranges=B&prettyPrint=false&alt=json", "", ""},
		{"a listing", "GET /drive/v3/files?q=x&pageSize=1000&supportsAllDrives=true&fields=nextPageToken,files(id,capabilities/canEdit)&corpora=drive&driveId=0A", "", ""},
		{"a download", "GET /drive/v3/files/1AbC?alt=media&supportsAllDrives=true", "", ""},
		{"an update", batch, `{"requests":[{"updateCells":{"fields":"userEnteredValue,note","start":{"sheetId":3,"rowIndex":1},"rows":[{"values":[{"userEnteredValue":{"numberValue":1.5},"note":"x"}]}]}}]}`, ""},
		{"a mask of properties", batch, `{"requests":[{"updateSheetProperties":{"properties":{"sheetId":1,"gridProperties":{"frozenRowCount":2}},"fields":"gridProperties.frozenRowCount"}}]}`, ""},

		{"another version", "GET /v3/spreadsheets/1AbC", "", "no method"},
		{"another verb", "PUT /v4/spreadsheets/1AbC", "", "no method"},
		{"an unknown method", "POST /v4/spreadsheets/1AbC:batchRead", `{}`, "no method"},
		{"an unknown parameter", "GET /v4/spreadsheets/1AbC?includeGrid=true", "", "includeGrid"},
		{"a parameter of another type", "GET /drive/v3/files?supportsAllDrives=yes", "", "boolean"},
		{"a page that is too large", "GET /drive/v3/files?pageSize=1001", "", "1000"},
		{"no number", "GET /drive/v3/files?pageSize=many", "", "number"},
		{"twice", "GET /drive/v3/files?q=a&q=b", "", "2 times"},
		{"a value of no enum", "GET /v4/spreadsheets/1AbC?alt=xml", "", "xml"},
		{"required and missing", "GET /drive/v3/files/1AbC/export", "", "required"},
		{"media of what has none", "GET /v4/spreadsheets/1AbC?alt=media", "", "media"},
		{"an unknown field of the answer", "GET /v4/spreadsheets/1AbC?fields=sheets(propertys)", "", "propertys"},
		{"an open bracket", "GET /v4/spreadsheets/1AbC?fields=sheets(properties", "", "bracket"},
		{"a body where none is", "GET /v4/spreadsheets/1AbC", `{}`, "no body"},
		{"no JSON", batch, `{"requests":`, "JSON"},
		{"two values", batch, `{}{}`, "more than one"},
		{"an unknown request", batch, `{"requests":[{"paintCells":{}}]}`, "paintCells"},
		{"an unknown property", batch, `{"requests":[{"deleteSheet":{"sheet":3}}]}`, "sheet"},
		{"text for a number", batch, `{"requests":[{"deleteSheet":{"sheetId":"ba"}}]}`, "number"},
		{"a fraction for an integer", batch, `{"requests":[{"deleteSheet":{"sheetId":1.5}}]}`, "integer"},
		{"an object for a list", batch, `{"requests":{}}`, "array"},
		{"a list for an object", batch, `{"requests":[[]]}`, "object"},
		{"a value of no enum in a body", batch, `{"requests":[{"mergeCells":{"mergeType":"MERGE"}}]}`, "MERGE"},
		{"an unknown field in a mask of cells", batch, `{"requests":[{"updateCells":{"fields":"userEnteredValues"}}]}`, "userEnteredValues"},
		{"an unknown field in a mask of properties", batch, `{"requests":[{"updateSheetProperties":{"properties":{},"fields":"gridProperties.frozenRows"}}]}`, "frozenRows"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			verb, target, _ := strings.Cut(tt.request, " ")
			r, err := http.NewRequest(verb, "http://localhost"+target, nil)
			if err != nil {
				t.Fatal(err)
			}
			err = d.Check(r, []byte(tt.body))
			switch {
			case tt.wrong == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("error %v, want one with %q", err, tt.wrong)
			}
		})
	}
}
