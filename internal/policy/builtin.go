package policy

import (
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

// Decide judges findings at a stage by the standard packs, where nothing else
// is known. If they can't be read everything is held.
func Decide(stage Stage, findings []Finding) Verdict {
	packs, err := Standard()
	if err != nil {
		return Held(findings, "The policy packs could not be read.")
	}
	return packs.Decide(Input{Stage: stage, Findings: findings})
}

// Held is the verdict where no rule could be asked.
func Held(findings []Finding, because string) Verdict {
	v := Verdict{Outcome: Allow, Findings: findings}
	v.add(Reason{Rule: "platform/unreadable", Kind: FailedKind, To: Hold, Because: because})
	return v
}
