package google

import "context"

// Check asks for an access token, so that bad credentials show before any
// spreadsheet is asked for.
func (c *Client) Check(ctx context.Context) error {
	if _, err := c.tokens.get(ctx); err != nil {
		return c.explain(target{api: "Google"}, err, false)
	}
	return nil
}
