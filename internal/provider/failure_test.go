package provider

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"marquee/internal/fault"
)

func TestFailures(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for name, c := range map[string]struct {
		err   error
		again bool
		after time.Duration
		cost  bool
	}{
		"nothing":                 {nil, false, 0, true},
		"some error":              {cause, false, 0, true},
		"cancelled":               {context.Canceled, false, 0, true},
		"cancelled before":        {Free(context.Canceled), false, 0, false},
		"refused":                 {Refused(cause), false, 0, false},
		"refused within":          {Refused(Costly(cause)), false, 0, true},
		"busy":                    {Busy(time.Second, cause), true, time.Second, false},
		"busy within":             {Busy(0, Costly(cause)), true, 0, true},
		"unavailable":             {Unavailable(0, cause), true, 0, true},
		"not reached":             {Unavailable(0, Free(cause)), true, 0, false},
		"too slow":                {TimedOut(cause), true, 0, true},
		"key":                     {KeyRejected(cause), false, 0, false},
		"wrong request":           {Misasked(cause), false, 0, false},
		"nonsense":                {Nonsense(cause), true, 0, true},
		"within another error":    {fmt.Errorf("a picture: %w", Unavailable(time.Minute, Free(cause))), true, time.Minute, false},
		"another room's fault":    {fault.New(fault.Unavailable, "database_away", "x"), false, 0, true},
		"cancelled while failing": {Unavailable(0, context.Canceled), false, 0, true},
	} {
		if again, after := Retryable(c.err); again != c.again || after != c.after {
			t.Errorf("%s: retryable %t after %s", name, again, after)
		}
		if cost := MayHaveCost(c.err); cost != c.cost {
			t.Errorf("%s: may have cost: %t", name, cost)
		}
		if c.err != nil && errors.Is(c.err, cause) == errors.Is(c.err, context.Canceled) && name != "another room's fault" {
			t.Errorf("%s lost its cause", name)
		}
	}
	if Free(nil) != nil || Costly(nil) != nil {
		t.Error("no error became one")
	}
}
