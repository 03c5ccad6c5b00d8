package provenance

import (
	"context"
	"encoding/binary"
	"math"

	"marquee/internal/fault"
)

// FingerprintAlgorithm names the fingerprint of the whole picture in queries:
// PDQ's 256 bits and what docs/fingerprint.md has of parts. It is asked with a
// picture, not with a value, for the register is searched by parts too.
const FingerprintAlgorithm = "com.marquee.fingerprint.v1"

// Bound is a work that a soft binding leads to.
type Bound struct {
	Work Known
	// Score is the strength of the match, 1 to 100; 0 where it has none, because
	// a value is either the work's or not.
	Score int
}

// BindingInvalid is the fault binding_invalid, of kind Malformed.
func BindingInvalid(cause error) error {
	return fault.New(fault.Malformed, "binding_invalid", "That value is no soft binding of this algorithm. Please send what the algorithm gives, in base64.").Because(cause)
}

func bindingUnsupported() error {
	return fault.New(fault.Malformed, "binding_unsupported", "This algorithm is not one that can be asked here. The list is at /services/supportedAlgorithms.")
}

// watermarkBytes is how long the value of a watermark is: its number, the
// greatest byte first.
const watermarkBytes = 5

// Bound gives the works that a soft binding of an algorithm leads to. The
// errors are the faults binding_unsupported and binding_invalid.
func (c *Checker) Bound(ctx context.Context, alg string, value []byte) ([]Bound, error) {
	switch alg {
	case WatermarkAlgorithm:
		if len(value) != watermarkBytes {
			return nil, BindingInvalid(nil)
		}
		return c.boundOrigin(ctx, binary.BigEndian.Uint64(append(make([]byte, 8-watermarkBytes), value...)))
	}
	return nil, bindingUnsupported()
}

func (c *Checker) boundOrigin(ctx context.Context, id uint64) ([]Bound, error) {
	o, err := c.Register.Origin(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []Bound{{Work: knownOrigin(o)}}, nil
}

// BoundIn gives the works that a picture's own soft bindings lead to: its
// watermark's, else those that it looks like. An empty algorithm looks for all.
// The errors are those of compose.DecodeBounded, the fault binding_unsupported,
// and "busy" of kind Unavailable where there was no time to look.
func (c *Checker) BoundIn(ctx context.Context, data []byte, alg string) ([]Bound, error) {
	wantMark, wantPrint := alg == "" || alg == WatermarkAlgorithm, alg == "" || alg == FingerprintAlgorithm
	if !wantMark && !wantPrint {
		return nil, bindingUnsupported()
	}
	ctx, cancel := context.WithTimeout(ctx, c.Within)
	defer cancel()
	img, done, ok, err := c.decoded(ctx, data)
	defer done()
	if err != nil {
		return nil, err
	}
	busy := fault.New(fault.Unavailable, "busy", "A lot is going on here right now. Please try again in a moment.")
	if !ok {
		return nil, busy
	}
	s, err := c.look(ctx, img, wantMark, wantPrint)
	if err != nil {
		return nil, err
	}
	if s.mark != nil {
		found, err := c.boundOrigin(ctx, s.mark.ID)
		if len(found) > 0 || err != nil {
			return found, err
		}
	}
	var out []Bound
	for _, m := range s.alike {
		found, err := c.boundOrigin(ctx, m.OriginID)
		if err != nil {
			return nil, err
		}
		for _, b := range found {
			b.Score = max(1, int(math.Floor(100*m.Sureness)))
			out = append(out, b)
		}
	}
	if len(out) == 0 && (s.marked.Outcome == Undone || s.looks.Outcome == Undone) {
		return nil, busy // an empty list would say that there is nothing
	}
	return out, nil
}
