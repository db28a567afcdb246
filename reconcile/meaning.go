package reconcile

// Meaning says, in Vietnamese, what the words of the lists mean on findings of
// one rule, where they mean more than usual; "" where they do not. It begins in
// small letters and has no full stop.
type Meaning struct {
	Correct  string // an agency's "dữ liệu đúng"
	Accepted string // the office's "chấp nhận"
	Refused  string // and its "không chấp nhận"
}
