package main

import (
	"context"
	"fmt"
	"image"
	"math"
	"strings"
	"syscall"
	"time"

	"marquee/internal/watermark"
	"marquee/internal/watermark/attack"
)

// tally counts what came of one attack.
type tally struct {
	attack              attack.Attack
	tries, right, wrong int
	spent               time.Duration
}

// quality sums up how the mark looks.
type quality struct {
	pictures         int
	psnr, worst      float64
	similar, leastly float64
}

func (q *quality) add(p, s float64) {
	if q.pictures == 0 {
		q.worst, q.leastly = math.Inf(1), 1
	}
	q.pictures++
	q.psnr += p
	q.similar += s
	q.worst, q.leastly = min(q.worst, p), min(q.leastly, s)
}

type recovery struct {
	pictures       int
	singles        int
	tallies        []tally
	flat, textured quality
	missed         []string
}

// cpu is the processor time that this process has used.
func cpu() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// recoverAll marks each picture, does to it what the world does, and reads;
// the attacks that are several at once only for every so many pictures.
func recoverAll(ctx context.Context, all []picture, every int) (*recovery, error) {
	singles := attack.Singles()
	r := &recovery{singles: len(singles)}
	for _, a := range append(singles, attack.Combined()...) {
		r.tallies = append(r.tallies, tally{attack: a})
	}
	for n := range all {
		// All kinds early on, so that an early end is no choice of kinds.
		i := n * 73 % len(all)
		if err := r.one(ctx, all[i], uint64(i), n%every == 0); err != nil {
			return r, fmt.Errorf("%s: %w", all[i].name, err)
		}
		progress("%d of %d pictures; last: %s", n+1, len(all), all[i].name)
	}
	return r, nil
}

func (r *recovery) one(ctx context.Context, p picture, i uint64, whole bool) error {
	original, err := p.make(ctx)
	if err != nil {
		return err
	}
	marked := image.NewNRGBA(original.Rect)
	copy(marked.Pix, original.Pix)
	id := (i*0x9E3779B97F4A7C15)>>24&watermark.MaxID | 1
	if err := watermark.Embed(marked, id, key, nil); err != nil {
		return err
	}
	for n := range r.tallies {
		if n >= r.singles && !whole {
			break
		}
		t := &r.tallies[n]
		after, err := t.attack.Do(marked, i*131+uint64(n)*17)
		if err != nil {
			return err
		}
		effort := watermark.Upright
		if t.attack.Full {
			effort = watermark.Full
		}
		before, err := cpu()
		if err != nil {
			return err
		}
		found, ok, err := watermark.Detect(ctx, after, key, effort)
		if err != nil {
			return err
		}
		now, err := cpu()
		if err != nil {
			return err
		}
		t.spent += now - before
		t.tries++
		switch {
		case ok && found.ID == id:
			t.right++
		case ok:
			t.wrong++
		default:
			r.missed = append(r.missed, fmt.Sprintf("%s: %s", t.attack.Name, p.name))
		}
	}
	q := &r.textured
	if flat(original) {
		q = &r.flat
	}
	q.add(psnr(original, marked), ssim(original, marked))
	r.pictures++
	return nil
}

// table gives what was measured as Markdown.
func (r *recovery) table() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%d pictures. What was found is the id that was written, all 40 bits, or it does not count.\n", r.pictures)
	say("| pictures | count | mean PSNR | least PSNR | mean SSIM | least SSIM |\n|---|---:|---:|---:|---:|---:|")
	for _, k := range []struct {
		name string
		q    quality
	}{{"textured", r.textured}, {"flat", r.flat}} {
		n := float64(max(k.q.pictures, 1))
		say("| %s | %d | %.1f dB | %.1f dB | %.4f | %.4f |", k.name, k.q.pictures, k.q.psnr/n, k.q.worst, k.q.similar/n, k.q.leastly)
	}
	say("\n| attack | search | found | share | read wrong | mean time of detection |\n|---|---|---:|---:|---:|---:|")
	for n, t := range r.tallies {
		if n == r.singles {
			say("| **several at once, screenshots, turns** | | | | | |")
		}
		search := "upright"
		if t.attack.Full {
			search = "full"
		}
		say("| %s | %s | %d of %d | %.1f %% | %d | %d ms |", t.attack.Name, search, t.right, t.tries,
			100*float64(t.right)/float64(max(t.tries, 1)), t.wrong, (t.spent / time.Duration(max(t.tries, 1))).Milliseconds())
	}
	say("\nMissed:\n")
	if len(r.missed) == 0 {
		say("- none")
	}
	for _, m := range r.missed {
		say("- %s", m)
	}
	return b.String()
}
