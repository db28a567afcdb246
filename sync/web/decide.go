package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// decidedAtOnce bounds one decision: a larger one is made in parts.
const decidedAtOnce = 20_000

// decide keeps one decision on the findings that were ticked, or on all that a
// filter chooses.
func (v *visit) decide() error {
	if err := v.r.ParseForm(); err != nil {
		return errForm
	}
	verdict, text := reconcile.Verdict(v.r.PostFormValue("verdict")), v.r.PostFormValue("text")
	switch {
	case !slices.Contains(reconcile.Verdicts(), verdict):
		return &refusal{http.StatusUnprocessableEntity, "Chưa chọn quyết định. Quay lại trang trước, chọn chấp nhận, không chấp nhận hoặc ý kiến rồi gửi lại."}
	case verdict == reconcile.Opinion && reconcile.Clean(text) == "":
		return &refusal{http.StatusUnprocessableEntity, "Quyết định «ý kiến» cần nội dung: hỏi hoặc yêu cầu đơn vị điều gì. Quay lại trang trước và viết nội dung."}
	case len(text) > longestText:
		return errTooLong
	}
	codes, what, err := v.decidedOn()
	if err != nil {
		return err
	}
	if err := v.log(saidDecision, fmt.Sprintf("%s: %s", verdict, what)); err != nil {
		return err
	}
	if err := v.Service.Decide(v.r.Context(), v.user, codes, verdict, text); err != nil {
		return err
	}
	v.redirect(v.backFrom(codes))
	return nil
}

// decidedOn are the findings that the form is about, all of which the visitor
// may see, and words for them.
func (v *visit) decidedOn() (codes []string, what string, err error) {
	f := v.filterOf(v.formFilter())
	f.after = ""
	query := v.query(&f)
	query.Limit = decidedAtOnce + 1
	all := v.r.PostFormValue("which") == "all"
	if !all { // what is ticked counts whatever the filter is
		ticked := slices.Compact(slices.Sorted(slices.Values(v.r.PostForm["code"])))
		query = postgres.FindingQuery{Status: query.Status, Scope: query.Scope, Codes: append([]string{}, ticked...)}
	}
	if codes, err = v.Store.FindingCodes(v.r.Context(), v.Plan.ID, query); err != nil {
		return nil, "", err
	}
	expected, _ := strconv.Atoi(v.r.PostFormValue("total")) // no number: none was shown
	switch {
	case !all && len(query.Codes) == 0:
		return nil, "", &refusal{http.StatusUnprocessableEntity, "Chưa chọn sai lệch nào. Quay lại trang trước và đánh dấu các mục cần quyết định."}
	case !all && len(codes) != len(query.Codes):
		return nil, "", errNotFound
	case all && len(codes) > decidedAtOnce:
		return nil, "", &refusal{http.StatusUnprocessableEntity, "Quá nhiều mục cho một quyết định. Lọc hẹp hơn rồi quyết định từng phần."}
	case all && len(codes) != expected:
		return nil, "", &refusal{http.StatusConflict, "Danh sách đã thay đổi từ lúc bạn mở trang. Quay lại danh sách, xem lại rồi quyết định."}
	case all:
		return codes, fmt.Sprintf("%d sai lệch, %s", len(codes), listAddress(f.values())), nil
	}
	return codes, strings.Join(codes, ", "), nil
}

// formFilter is the filter of the list that the form stood in.
func (v *visit) formFilter() url.Values {
	q, err := url.ParseQuery(v.r.PostFormValue("query"))
	if err != nil {
		return nil
	}
	return q
}

// backFrom is where the visitor goes on: the finding, or the list.
func (v *visit) backFrom(codes []string) string {
	if len(codes) == 1 && v.r.PostFormValue("from") == "finding" {
		return "/findings/" + codes[0] + "?ok=decided"
	}
	f := v.filterOf(v.formFilter())
	q := f.values()
	q.Set("ok", "decided")
	return listAddress(q)
}
