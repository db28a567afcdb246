package web

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// What one sending may hold, and how long it may take. Files are kept in memory
// and never on a disk; what all senders together keep there is bounded.
const (
	filesAtOnce    = 10
	formAround     = 1 << 20 // bytes of a form that are not the file
	receiveWithin  = 5 * time.Minute
	checkWithin    = time.Minute
	waitForOthers  = 20 * time.Second
	longestName    = 200 // bytes
	largestSenders = 2   // as many files of the largest size are in memory at once
)

// receiver takes files in.
type receiver struct {
	memory *semaphore.Weighted
	checks chan struct{}
	mu     sync.Mutex
	busy   map[string]bool // sessions that are sending
}

func newReceiver() *receiver {
	return &receiver{
		memory: semaphore.NewWeighted(largestSenders * largestForm()),
		checks: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
		busy:   make(map[string]bool),
	}
}

// largestForm is the largest body of a request that sends files, in bytes.
func largestForm() int64 { return pipeline.LargestFile() + formAround }

// enter lets one sending of each session in, and waits for memory. The
// function that it returns must be called at the end.
func (r *receiver) enter(ctx context.Context, session []byte, size int64) (leave func(), err error) {
	key := hex.EncodeToString(session)
	if !r.mark(key) {
		return nil, &refusal{http.StatusTooManyRequests, "Bạn đang gửi kiểm tra một tệp khác. Chờ tệp đó xong rồi gửi tiếp."}
	}
	if size < 0 || size > largestForm() {
		size = largestForm()
	}
	ctx, cancel := context.WithTimeout(ctx, waitForOthers)
	defer cancel()
	if err := r.memory.Acquire(ctx, size); err != nil {
		r.unmark(key)
		return nil, &refusal{http.StatusServiceUnavailable, "Đang có nhiều người gửi tệp lớn cùng lúc. Thử lại sau ít phút."}
	}
	return func() {
		r.memory.Release(size)
		r.unmark(key)
	}, nil
}

// mark reports whether the session was not sending yet.
func (r *receiver) mark(session string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[session] {
		return false
	}
	r.busy[session] = true
	return true
}

func (r *receiver) unmark(session string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.busy, session)
}

// received is a file of a form.
type received struct {
	name    string
	content []byte
}

// errTooLarge is for a request beyond the limits.
var errTooLarge = &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf(
	"Mỗi lần gửi được nhiều nhất %d tệp, tất cả không quá %d MB. Xóa hình ảnh và trang thừa trong tệp, hoặc gửi từng tệp.", filesAtOnce, pipeline.LargestFile()>>20)}

// receive reads the form: the agency, then the files.
func (v *visit) receive() (agency string, files []received, err error) {
	control := http.NewResponseController(v.w)
	until := time.Now().Add(receiveWithin)
	// Where the connection has no deadlines, the server's own stand.
	_ = control.SetReadDeadline(until)
	_ = control.SetWriteDeadline(until.Add(filesAtOnce * checkWithin))
	form, err := v.r.MultipartReader()
	if err != nil {
		return "", nil, errForm
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return agency, files, nil
		}
		if err != nil {
			return "", nil, formError(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return "", nil, formError(err)
		}
		switch {
		case part.FormName() == "agency":
			agency = string(content[:min(len(content), longestName)])
		case part.FormName() != "files" || part.FileName() == "" && len(content) == 0:
			// A form without a chosen file sends an empty one.
		case len(files) == filesAtOnce:
			return "", nil, errTooLarge
		default:
			files = append(files, received{shownName(part.FileName()), content})
		}
	}
}

func formError(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return errTooLarge
	}
	return errForm
}

// shownName makes what a browser calls a file fit to be shown and kept. It is
// never used as a path, and only what comes after the last separator is kept.
func shownName(raw string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, raw[strings.LastIndexAny(raw, `/\`)+1:])
	name = reconcile.Clean(name)
	if len(name) > longestName {
		end := name[max(0, len(name)-8):]
		if dot := strings.LastIndexByte(end, '.'); dot >= 0 {
			end = end[dot:]
		} else {
			end = ""
		}
		name = strings.ToValidUTF8(name[:longestName-len(end)], "") + end
	}
	if strings.Trim(name, ". ") == "" {
		return "tệp không tên"
	}
	return name
}
