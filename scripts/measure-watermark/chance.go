package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"marquee/internal/watermark"
	"marquee/internal/watermark/attack"
)

// chances counts tries where there was nothing to find.
type chances struct{ tries, pictures, found int }

// chance looks for marks of many keys in pictures without one, as they are and
// after attacks, until the time is over. For a picture a key that did not mark
// it is as good as no mark at all, and the keys are as independent as pictures.
func chance(ctx context.Context, all []picture, budget time.Duration) (*chances, error) {
	c := &chances{}
	begun := time.Now()
	attacks := append(attack.Singles(), attack.Combined()...)
	const keys = 48
	for n := 0; time.Since(begun) < budget; n++ {
		p := all[n*73%len(all)]
		m, err := p.make(ctx)
		if err != nil {
			return c, err
		}
		a := attacks[n%len(attacks)]
		after, err := a.Do(m, uint64(n))
		if err != nil {
			return c, err
		}
		var list []watermark.Key
		for k := range keys {
			list = append(list, watermark.Key(sha256.Sum256(binary.LittleEndian.AppendUint64([]byte("unmarked"), uint64(n*keys+k)))))
		}
		c.pictures++
		for len(list) > 0 {
			_, at, ok, err := watermark.DetectAny(ctx, after, list, watermark.Upright)
			if err != nil {
				return c, err
			}
			if !ok {
				c.tries += len(list)
				break
			}
			c.found++
			c.tries += at + 1
			list = slices.Delete(list, 0, at+1)
		}
		progress("%d unmarked tries, %d found, %s left", c.tries, c.found, (budget - time.Since(begun)).Round(time.Second))
	}
	return c, nil
}

// say gives what was measured and its bounds.
func (c *chances) say() string {
	text := fmt.Sprintf("%d unmarked tries of the upright search, which asks as many words as the full one, over %d pictures, as they are and after the attacks above, each under many keys: %d found. ", c.tries, c.pictures, c.found)
	if c.found == 0 && c.tries > 0 {
		text += fmt.Sprintf("By the rule of three the true rate is, at 95 %% confidence, under 3 in %d = %.1g.", c.tries, 3/float64(c.tries))
	}
	return text
}
