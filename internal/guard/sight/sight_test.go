package sight

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"marquee/internal/fingerprint"
	"marquee/internal/guard"
	"marquee/internal/guard/sight/nsfw"
	"marquee/internal/guard/sight/ocr"
	"marquee/internal/paint"
	"marquee/internal/policy"
)

// painted is how many prompts are painted in each style and looked at. The
// numbers of docs/guard.md are of 40.
var painted = flag.Int("painted", 1, "prompts to paint in each style")

func open(t testing.TB, name string) image.Image {
	t.Helper()
	f, err := os.Open(filepath.Join("nsfw", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func watch(t testing.TB, c Config) *guard.Guard {
	t.Helper()
	e, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	g, err := guard.New()
	if err != nil {
		t.Fatal(err)
	}
	return e.Watch(g)
}

func decide(t testing.TB, stage policy.Stage, found []policy.Finding) policy.Verdict {
	t.Helper()
	return policy.Shipped{}.Decide(t.Context(), policy.Input{Stage: stage, Findings: found})
}

var (
	who   = []string{"a fox", "two people dancing", "a grandmother", "a girl with a balloon", "a swimmer", "a polar bear", "a family at the table", "a mermaid", "a red bottle", "a lighthouse"}
	where = []string{"in the snow", "on a beach in summer", "under lanterns at night", "in a kitchen"}
)

// TestThePainterIsNotHeld looks at the painter's work in all styles as at
// anybody's, and reads it too.
func TestThePainterIsNotHeld(t *testing.T) {
	t.Parallel()
	g := watch(t, Config{})
	kinds, n := map[string]int{}, 0
	var worst nsfw.Shares
	for i := range *painted {
		prompt := who[i%len(who)] + " " + where[i/len(who)%len(where)]
		for s, style := range paint.Styles() {
			pic, err := paint.Paint(t.Context(), paint.Request{Prompt: prompt, Style: style, Width: 320, Height: 320, Seed: int64(i*100 + s)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			n++
			shares, err := nsfw.Look(t.Context(), pic.Image)
			if err != nil {
				t.Fatal(err)
			}
			if shares.Porn+shares.Hentai > worst.Porn+worst.Hentai {
				worst.Porn, worst.Hentai = shares.Porn, shares.Hentai
			}
			worst.Sexy = max(worst.Sexy, shares.Sexy)
			// In a longer run some are read, as a stranger's picture would be, though
			// the painter's are not: this tells how much is read where nothing is
			// written. Reading takes far longer than all else.
			read := *painted > 1 && n%5 == 0
			found := g.Picture(ocr.From(t.Context(), ocr.Origin{Painted: !read}), pic.Image)
			for _, f := range found {
				if read {
					f.Kind += " (read)"
				}
				kinds[f.Kind]++
				if f.Kind != "text_unread" {
					t.Logf("%s in %s: %s %.2f %s", prompt, style, f.Kind, f.Score, f.Evidence)
				}
			}
			if v := decide(t, policy.Picture, found); !read && v.Outcome != policy.Allow {
				t.Errorf("%q in %s: %s because of %s", prompt, style, v.Outcome, v.Kind())
			}
		}
	}
	t.Logf("%d pictures; found: %v; at most %.3f explicit, %.3f sexy", n, kinds, worst.Porn+worst.Hentai, worst.Sexy)
}

func TestAListedPictureIsDenied(t *testing.T) {
	t.Parallel()
	fox := open(t, "fox.png")
	h, _ := fingerprint.HashOf(fox)
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(h.String()+" case 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	g := watch(t, Config{Reader: Off, Known: list})
	for img, want := range map[image.Image]policy.Outcome{fox: policy.Deny, open(t, "harbour.png"): policy.Allow} {
		if v := decide(t, policy.Picture, g.Picture(t.Context(), img)); v.Outcome != want {
			t.Errorf("%s instead of %s: %+v", v.Outcome, want, v.Findings)
		}
	}
	// Nothing reads here, which holds what people bring.
	v := decide(t, policy.Upload, g.Picture(t.Context(), open(t, "harbour.png")))
	if v.Outcome != policy.Hold || v.Kind() != "text_unread" {
		t.Errorf("%s because of %q", v.Outcome, v.Kind())
	}
}

func TestFoulWordsInAPictureAreDenied(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "reads")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nif [ \"$1\" = --list-langs ]; then echo eng; exit; fi\ncat >/dev/null\nprintf '5\\t1\\t1\\t1\\t1\\t1\\t5\\t6\\t70\\t8\\t93\\tfucking\\n5\\t1\\t1\\t1\\t1\\t2\\t80\\t6\\t70\\t8\\t93\\tidiots\\n'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	g := watch(t, Config{Reader: script})
	v := decide(t, policy.Picture, g.Picture(ocr.From(t.Context(), ocr.Origin{Locales: []string{"en"}}), open(t, "fox.png")))
	if v.Outcome != policy.Deny || v.Kind() != "profanity" {
		t.Errorf("%s because of %q: %+v", v.Outcome, v.Kind(), v.Findings)
	}
	for _, f := range v.Findings {
		if f.Start != 0 || f.End != 0 {
			t.Errorf("offsets in a picture: %+v", f)
		}
	}
}

func TestWhatIsNamedMustBeThere(t *testing.T) {
	t.Parallel()
	nothing := filepath.Join(t.TempDir(), "nothing")
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("not a hash\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []Config{{Reader: nothing}, {Reader: Off, Known: nothing}, {Reader: Off, Known: broken}} {
		if _, err := Open(t.Context(), c); err == nil {
			t.Errorf("%+v was opened", c)
		}
	}
	if _, err := Open(t.Context(), Config{Reader: nothing}); !errors.Is(err, ocr.ErrAbsent) {
		t.Errorf("%v", err)
	}
	e, err := Open(t.Context(), Config{Reader: Off})
	if err != nil || e.Reader != nil || e.Unread == nil {
		t.Errorf("%+v, %v", e, err)
	}
}

// BenchmarkEyes looks at a picture of 1024×1024, with and without reading.
func BenchmarkEyes(b *testing.B) {
	img := imaging.Resize(open(b, "harbour.png"), 1024, 1024, imaging.CatmullRom)
	list := filepath.Join(b.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Repeat("0f", 32)+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	g := watch(b, Config{Known: list})
	for name, painted := range map[string]bool{"read": false, "not-read": true} {
		b.Run(fmt.Sprintf("%s/%s", nsfw.Kernel(), name), func(b *testing.B) {
			ctx := ocr.From(context.Background(), ocr.Origin{Painted: painted})
			for b.Loop() {
				for _, f := range g.Picture(ctx, img) {
					if f.Kind == policy.FailedKind {
						b.Fatal(f)
					}
				}
			}
		})
	}
}
