package postgres

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// Hashes that were stored before must go on meaning the same: they are those
// of the values as encoding/json writes them.
func TestContentHashIsOfJSON(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aĐ ợ\"\\<>&\u2028\u2029\x7f\x00\n\u00ad"))),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	values := rapid.OneOf(
		rapid.Map(texts, func(v string) any { return v }),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }),
		rapid.Map(rapid.Int(), func(v int) any { return v }),
		rapid.Map(rapid.Int64(), func(v int64) any { return &v }),
		rapid.Map(rapid.SliceOf(texts), func(v []string) any { return v }),
		rapid.SampledFrom([]any{
			json.RawMessage("[]"), json.RawMessage(nil), json.RawMessage(`{"a": "<b>"}`), json.RawMessage(`{"a":"<b>"}`),
			json.RawMessage(`{"a":"b \" c\\","d" :[1]}`), json.RawMessage(`{"a":"b \" c\\","d":[1]}`), json.RawMessage("[\"\u2028\"]"),
			[]string{},
			[]int64{1000},
			nil, (*int64)(nil),
		}),
	)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(values).Draw(t, "values")
		if list == nil {
			list = []any{}
		}
		encoded, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(encoded)
		hash, err := contentHash(list...)
		if err != nil || !bytes.Equal(hash, sum[:16]) {
			t.Fatalf("hash of %s: %x, %v, want %x", encoded, hash, err, sum[:16])
		}
	})
}
