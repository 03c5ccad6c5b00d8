package main

import (
	"context"
	"fmt"
	"image"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

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

// recovery is what was measured so far. Its lock guards all of it.
type recovery struct {
	lock           sync.Mutex
	pictures       int
	singles        int
	tallies        []tally
	flat, textured quality
	missed         []string
}

// cpu is the processor time that this thread has used; the goroutine is locked
// to it.
func cpu() (time.Duration, error) {
	const thread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// recoverAll marks each picture, does to it what the world does, and reads;
// the attacks that are several at once only for every so many pictures.
func recoverAll(ctx context.Context, all []picture, every, workers int) (*recovery, error) {
	singles := attack.Singles()
	r := &recovery{singles: len(singles)}
	for _, a := range append(singles, attack.Combined()...) {
		r.tallies = append(r.tallies, tally{attack: a})
	}
	next := 0
	var group errgroup.Group
	for range workers {
		group.Go(func() error {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			for {
				r.lock.Lock()
				n := next
				next++
				r.lock.Unlock()
				if n >= len(all) || ctx.Err() != nil {
					return ctx.Err()
				}
				// All kinds early on, so that an early end is no choice of kinds.
				i := n * 73 % len(all)
				// The sizes follow each other in this order too: each round of them
				// picks others.
				if err := r.one(ctx, all[i], uint64(i), (n+n/len(sizes))%every == 0); err != nil {
					return fmt.Errorf("%s: %w", all[i].name, err)
				}
				progress("%d of %d pictures; last: %s", r.done(), len(all), all[i].name)
			}
		})
	}
	return r, group.Wait()
}

func (r *recovery) done() int {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.pictures
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
	// What came of the picture counts only when all of it is there.
	var outcomes []outcome
	for n := range r.tallies {
		if n >= r.singles && !whole {
			break
		}
		o, err := attempt(ctx, r.tallies[n].attack, marked, id, i*131+uint64(n)*17)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, o)
	}
	even, noise, similar := flat(original), psnr(original, marked), ssim(original, marked)
	r.lock.Lock()
	defer r.lock.Unlock()
	for n, o := range outcomes {
		t := &r.tallies[n]
		t.tries++
		t.spent += o.spent
		switch {
		case o.right:
			t.right++
		case o.wrong:
			t.wrong++
		default:
			r.missed = append(r.missed, fmt.Sprintf("%s: %s", t.attack.Name, p.name))
		}
	}
	if even {
		r.flat.add(noise, similar)
	} else {
		r.textured.add(noise, similar)
	}
	r.pictures++
	return nil
}

// outcome is what came of one attack on one picture.
type outcome struct {
	right, wrong bool
	spent        time.Duration
}

func attempt(ctx context.Context, a attack.Attack, marked image.Image, id, chance uint64) (outcome, error) {
	after, err := a.Do(marked, chance)
	if err != nil {
		return outcome{}, err
	}
	effort := watermark.Upright
	if a.Full {
		effort = watermark.Full
	}
	before, err := cpu()
	if err != nil {
		return outcome{}, err
	}
	found, ok, err := watermark.Detect(ctx, after, key, effort)
	if err != nil {
		return outcome{}, err
	}
	now, err := cpu()
	return outcome{ok && found.ID == id, ok && found.ID != id, now - before}, err
}

// table gives what was measured as Markdown.
func (r *recovery) table() string {
	r.lock.Lock()
	defer r.lock.Unlock()
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
	slices.Sort(r.missed)
	say("\nMissed:\n")
	if len(r.missed) == 0 {
		say("- none")
	}
	for _, m := range r.missed {
		say("- %s", m)
	}
	return b.String()
}
