package policy

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path"
	"sync"
)

//go:embed packs/*.json
var files embed.FS

// Builtin gives the packs that come with Marquee: what holds everywhere, and
// the duties of markets with their sources.
var Builtin = sync.OnceValues(func() ([]*Pack, error) {
	entries, err := files.ReadDir("packs")
	if err != nil {
		return nil, err
	}
	var packs []*Pack
	for _, e := range entries {
		f, err := files.Open(path.Join("packs", e.Name()))
		if err != nil {
			return nil, err
		}
		p, err := ReadPack(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("policy pack %s: %w", e.Name(), err)
		}
		packs = append(packs, p)
	}
	return packs, nil
})

// Standard gives the built-in packs, compiled.
var Standard = sync.OnceValues(func() (*Packs, error) {
	packs, err := Builtin()
	if err != nil {
		return nil, err
	}
	return Compile(packs...)
})

// Shipped judges by the packs that come with Marquee. If they can't be read
// everything is held.
type Shipped struct{}

// Decide implements Judge.
func (Shipped) Decide(_ context.Context, in Input) Verdict {
	packs, err := Standard()
	if err != nil {
		return Held(in.Findings, "The policy packs could not be read.")
	}
	return packs.Decide(in)
}

// Soften implements Judge.
func (Shipped) Soften(_ context.Context, text, locale string, v Verdict) (string, bool) {
	packs, err := Standard()
	if err != nil {
		return "", false
	}
	return packs.Soften(text, locale, v)
}

// Held is the verdict where no rule could be asked.
func Held(findings []Finding, because string) Verdict {
	v := Verdict{Outcome: Allow, Findings: findings}
	v.add(Reason{Rule: "platform/unreadable", Kind: FailedKind, To: Hold, Because: because})
	return v
}
