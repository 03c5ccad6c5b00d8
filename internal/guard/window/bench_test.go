package window_test

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"marquee/internal/guard/window"
)

// tokens cuts a text as a model's tokens would: words with the space before
// them, in pieces of at most six characters.
func tokens(s string) []string {
	var out []string
	piece := ""
	n := 0
	for _, r := range s {
		if r == ' ' && piece != "" || n == 6 {
			out, piece, n = append(out, piece), "", 0
		}
		piece += string(r)
		n++
	}
	return append(out, piece)
}

// answerOf repeats a language's sentences until there are so many bytes.
func answerOf(locale string, size int) string {
	for _, t := range tongues {
		if t.locale == locale {
			one := strings.Join(t.harmless, t.gap) + t.gap
			return strings.Repeat(one, size/len(one)+1)
		}
	}
	panic("no such tongue")
}

// BenchmarkSpan measures how long after the token that completes it a span is
// shown, with the built-in detectors and packs: the time of the writes that
// showed something. All sizes of a text count as they come in one answer.
func BenchmarkSpan(b *testing.B) {
	for _, c := range []struct {
		locale string
		size   int
	}{{"en", 1 << 10}, {"en", 4 << 10}, {"en", 16 << 10}, {"de", 4 << 10}, {"ar", 4 << 10}, {"ja", 4 << 10}, {"zh", 4 << 10}} {
		b.Run(fmt.Sprintf("%s-%dKiB", c.locale, c.size>>10), func(b *testing.B) {
			check := judge(b, c.locale)
			text := tokens(answerOf(c.locale, c.size))
			var took []time.Duration
			idle := time.Duration(0)
			others := 0
			before := computed()
			for b.Loop() {
				w := window.New(check, newClock().now)
				for _, p := range text {
					begun := time.Now()
					s, err := w.Write(ctx, p)
					d := time.Since(begun)
					if err != nil {
						b.Fatal(err)
					}
					if s != "" {
						took = append(took, d)
					} else {
						idle += d
						others++
					}
				}
				begun := time.Now()
				if _, v, err := w.Close(ctx); err != nil || v.Outcome != "allow" {
					b.Fatal(v, err)
				}
				took = append(took, time.Since(begun))
			}
			used := computed() - before
			slices.Sort(took)
			at := func(p float64) float64 { return took[int(p*float64(len(took)-1))].Seconds() * 1000 }
			b.ReportMetric(at(0.5), "ms-p50")
			b.ReportMetric(at(0.95), "ms-p95")
			b.ReportMetric(at(0.99), "ms-p99")
			b.ReportMetric(float64(len(took))/float64(b.N), "spans/answer")
			b.ReportMetric(float64(idle.Nanoseconds())/float64(max(others, 1)), "ns/other-token")
			b.ReportMetric(used.Seconds()*1000/float64(b.N), "cpu-ms/answer")
		})
	}
}

// computed is the processor time that the process has used.
func computed() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
