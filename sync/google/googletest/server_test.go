package googletest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newTestServer(t *testing.T) *Server {
	t.Helper()
	s := New()
	t.Cleanup(s.Close)
	s.tokens["t"] = true
	s.AddSpreadsheet("b", "Sổ", Tab{ID: 3, Title: "Danh sách", Rows: [][]any{{"TT", "Họ và tên"}, {1, "Nguyễn Văn Ân"}}})
	return s
}

func call(t *testing.T, s *Server, method, path, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequest(method, s.URL()+path, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer t")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}

func TestBadRequestsAreRefused(t *testing.T) {
	tests := map[string]string{
		"unknown field":        `{"requests":[{"updateCells":{"fields":"note","start":{"sheetId":3},"row":[]}}]}`,
		"unknown request":      `{"requests":[{"paintCells":{}}]}`,
		"no request":           `{"requests":[]}`,
		"two in one":           `{"requests":[{"deleteSheet":{"sheetId":3},"clearBasicFilter":{"sheetId":3}}]}`,
		"no such tab":          `{"requests":[{"updateCells":{"fields":"note","start":{"sheetId":4},"rows":[{"values":[{}]}]}}]}`,
		"no fields":            `{"requests":[{"updateCells":{"start":{"sheetId":3},"rows":[{"values":[{}]}]}}]}`,
		"unknown name in mask": `{"requests":[{"updateCells":{"fields":"userEnteredValues","start":{"sheetId":3},"rows":[{"values":[{}]}]}}]}`,
		"beyond the grid":      `{"requests":[{"updateCells":{"fields":"note","start":{"sheetId":3,"columnIndex":26},"rows":[{"values":[{}]}]}}]}`,
		"two values":           `{"requests":[{"updateCells":{"fields":"*","start":{"sheetId":3},"rows":[{"values":[{"userEnteredValue":{"stringValue":"a","numberValue":1}}]}]}}]}`,
		"title taken":          `{"requests":[{"addSheet":{"properties":{"title":"Danh sách"}}}]}`,
		"last tab deleted":     `{"requests":[{"deleteSheet":{"sheetId":3}}]}`,
		"no JSON":              `{"requests":`,
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			s := newTestServer(t)
			status, answer := call(t, s, "POST", "/v4/spreadsheets/b:batchUpdate", body)
			failure, _ := answer["error"].(map[string]any)
			if status != http.StatusBadRequest || failure["status"] != "INVALID_ARGUMENT" || failure["message"] == "" {
				t.Errorf("answer %d %v", status, answer)
			}
			if len(s.Refused()) != 1 {
				t.Errorf("refused: %q", s.Refused())
			}
		})
	}
}

func TestBatchIsAppliedAsAWhole(t *testing.T) {
	s := newTestServer(t)
	before := s.Texts("b", "Danh sách")
	body := `{"requests":[` +
		`{"updateCells":{"fields":"userEnteredValue","start":{"sheetId":3},"rows":[{"values":[{"userEnteredValue":{"stringValue":"X"}}]}]}},` +
		`{"deleteSheet":{"sheetId":99}}]}`
	if status, _ := call(t, s, "POST", "/v4/spreadsheets/b:batchUpdate", body); status != http.StatusBadRequest {
		t.Fatalf("status %d", status)
	}
	if diff := cmp.Diff(before, s.Texts("b", "Danh sách")); diff != "" {
		t.Errorf("half of a batch was applied:\n%s", diff)
	}
}

func TestGetHonoursMasksAndRanges(t *testing.T) {
	s := newTestServer(t)
	get := func(query url.Values) (int, string) {
		status, answer := call(t, s, "GET", "/v4/spreadsheets/b?"+query.Encode(), "")
		b, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		return status, string(b)
	}
	tests := []struct {
		name  string
		query url.Values
		want  string
	}{
		{"mask", url.Values{"fields": {"sheets(properties(title))"}}, `{"sheets":[{"properties":{"title":"Danh sách"}}]}`},
		{"mask with slashes", url.Values{"fields": {"sheets/properties/title,spreadsheetId"}}, `{"sheets":[{"properties":{"title":"Danh sách"}}],"spreadsheetId":"b"}`},
		{
			"range",
			url.Values{"fields": {"sheets.data(startRow,rowData.values.formattedValue)"}, "ranges": {"'Danh sách'!B2:B2"}},
			`{"sheets":[{"data":[{"rowData":[{"values":[{"formattedValue":"Nguyễn Văn Ân"}]}],"startRow":1}]}]}`,
		},
	}
	for _, tt := range tests {
		if status, got := get(tt.query); status != http.StatusOK || got != tt.want {
			t.Errorf("%s: %d %s, want %s", tt.name, status, got, tt.want)
		}
	}
	if _, got := get(url.Values{}); strings.Contains(got, `"data"`) {
		t.Error("cells without includeGridData")
	}
	if _, got := get(url.Values{"includeGridData": {"true"}}); !strings.Contains(got, "Nguyễn Văn Ân") {
		t.Error("no cells with includeGridData")
	}
	for name, query := range map[string]url.Values{
		"unknown field":     {"fields": {"sheet"}},
		"open bracket":      {"fields": {"sheets(data"}},
		"unknown range":     {"ranges": {"Trang khác!A1"}},
		"unknown parameter": {"includeGrid": {"true"}},
	} {
		if status, got := get(query); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, status, got)
		}
	}
}

func TestOnlyKnownTokensOpen(t *testing.T) {
	s := newTestServer(t)
	s.ExpireTokens()
	if status, _ := call(t, s, "GET", "/v4/spreadsheets/b", ""); status != http.StatusUnauthorized {
		t.Errorf("status %d for an expired token", status)
	}
	status, answer := call(t, s, "POST", "/token", "")
	if status != http.StatusBadRequest || answer["error"] != "invalid_grant" {
		t.Errorf("a token for nothing: %d %v", status, answer)
	}
}
