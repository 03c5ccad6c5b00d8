package work

import (
	"errors"
	"fmt"
	"time"
)

// later is the error of a job that has to wait.
type later struct {
	after time.Duration
	cause error
}

func (l later) Error() string { return fmt.Sprintf("to be done in %s: %v", l.after, l.cause) }
func (l later) Unwrap() error { return l.cause }

// Later is what a job's handler returns for a job that can't be done yet, through
// no failure: it is done after a while, and that does not count as a try.
func Later(after time.Duration, cause error) error { return later{after, cause} }

// IsLater tells how long a job has to wait; false if err is something else.
func IsLater(err error) (after time.Duration, ok bool) {
	var l later
	ok = errors.As(err, &l)
	return l.after, ok
}
