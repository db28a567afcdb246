package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// contestedBody is a body that took over from several agencies of the plan: its
// lists say which of them only where the rows do.
type contestedBody struct {
	key  string // folded, with a space at both ends
	body reconcile.Takeover
}

func contestedBodies(register *reconcile.Register) []contestedBody {
	if register == nil {
		return nil
	}
	var all []contestedBody
	for _, t := range register.Takeovers() {
		if len(t.From) > 1 {
			all = append(all, contestedBody{" " + reconcile.Key(t.Name) + " ", t})
		}
	}
	return all
}

// tookOver says, where one of the texts names such a body, from which agencies
// it took over; "" otherwise.
func (in *Input) tookOver(texts ...string) string {
	marks := strings.NewReplacer(".", " ", ",", " ", ";", " ", "_", " ", "(", " ", ")", " ")
	for _, text := range texts {
		key := " " + reconcile.Key(marks.Replace(text)) + " "
		for i := range in.index.contested {
			c := &in.index.contested[i]
			if !strings.Contains(key, c.key) {
				continue
			}
			names := make([]string, len(c.body.From))
			for j, code := range c.body.From {
				names[j] = in.agencyName(code) + " (" + code + ")"
			}
			return fmt.Sprintf("Đơn vị “%s” kế thừa nhiều cơ quan của kế hoạch: %s", c.body.Name, strings.Join(names, "; "))
		}
	}
	return ""
}

// headTexts are the document's name and what stands above its tables.
func headTexts(d *reconcile.Document) []string {
	texts := []string{d.File}
	for i := range d.Sheets {
		for _, row := range d.Sheets[i].Rows {
			if row.Kind == reconcile.RowTitle {
				texts = append(texts, row.Text)
			}
		}
	}
	return texts
}
