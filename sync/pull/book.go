package pull

import (
	"context"
	"fmt"
	"io"

	"doisoat/sync/sheet"
)

func openBook(context.Context, io.ReaderAt, int64, sheet.Limits) (sheet.Book, error) {
	return nil, fmt.Errorf("%w: no reader", sheet.ErrUnsupported)
}
