package c2pa

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Options say how to validate. The zero value believes no signer and reads
// only what is inside the file.
type Options struct {
	// Trust is the trust list of signers.
	Trust Trust
	// TimeTrust is the trust list of time-stamp authorities; where it has no
	// anchors, Trust serves for both.
	TimeTrust Trust
	// Manifest is the content of a .c2pa file to use in place of what is
	// inside the file.
	Manifest []byte
	// Fetch gets the manifest store behind the address that a file names when
	// it carries none. It bounds what it fetches and decides which addresses
	// it goes to. Nil fetches nothing.
	Fetch func(ctx context.Context, url string) ([]byte, error)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Limits bound what is read.
	Limits Limits
}

func (o Options) now() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}

func (o Options) timeTrust() Trust {
	if len(o.TimeTrust.Anchors)+len(o.TimeTrust.Allowed) > 0 {
		return o.TimeTrust
	}
	return o.Trust
}

// Validate judges the credential of a file. What is wrong with the file or
// its credential is in the report; the error is only for what kept it from
// looking: a failing read, or an end of ctx.
func Validate(ctx context.Context, a Asset, o Options) (*Report, error) {
	v := &validator{ctx: ctx, asset: a, o: o, report: &Report{State: None, Statuses: []Status{}}, seen: map[string]bool{}}
	data, place, err := extract(a, o.Limits)
	if place == nil {
		place = &place0
	}
	v.place = place
	if o.Manifest != nil {
		data, err = o.Manifest, nil
	} else if errors.Is(err, ErrNone) {
		data, err = v.remote(place)
	}
	switch {
	case err == nil:
	case errors.Is(err, ErrNone), errors.Is(err, ErrFormat):
		return v.report, nil
	case errors.Is(err, errRemote):
		v.say(CodeManifestInaccessible, Failure, "", err.Error())
		v.report.judge()
		return v.report, nil
	case errors.Is(err, ErrBroken), errors.Is(err, ErrTooLarge):
		v.say(CodeGeneral, Failure, "", err.Error())
		v.report.judge()
		return v.report, nil
	default:
		return nil, err
	}
	if v.store, err = ParseStore(data, o.Limits); err != nil {
		v.say(CodeGeneral, Failure, "", err.Error())
		v.report.judge()
		return v.report, nil
	}
	v.report.Store, v.report.Active = v.store, v.store.Active().Label
	if err := v.all(); err != nil {
		return nil, err
	}
	v.report.judge()
	return v.report, nil
}

// place0 stands for a file that has no place for a credential.
var place0 place

// validator is one validation.
type validator struct {
	ctx    context.Context
	asset  Asset
	place  *place
	o      Options
	store  *Store
	report *Report
	// ingredient is the URI of the ingredient assertion that led here.
	ingredient string
	// known are failures that the one who took an ingredient in has recorded:
	// they are no news, so they do not spoil what was made of it.
	known map[string]bool
	// redacted are URIs that claims on the way here have redacted.
	redacted map[string]bool
	later    later
	seen     map[string]bool
	failure  error // the first error of reading
}

func (v *validator) say(code string, kind Kind, url, why string) {
	if kind == Failure && v.known[code+" "+url] {
		kind = Informational
	}
	if len(v.report.Statuses) < mostStatuses {
		v.report.Statuses = append(v.report.Statuses, Status{code, kind, url, why, v.ingredient})
	}
}

// mostStatuses bounds a report.
const mostStatuses = 1 << 16

// all validates the active manifest and what it was made of.
func (v *validator) all() error {
	v.redacted, v.later = v.redactions(), gatherLater(v.store)
	active := v.store.Active()
	v.manifest(active, 0)
	v.binding(active)
	if v.place.damaged && v.o.Manifest == nil {
		v.say(CodeGeneral, Failure, "", "The checksum of the credential in the file is wrong.")
	}
	for _, m := range v.store.Manifests {
		if !v.seen[m.Label] {
			v.say(CodeManifestUnreferenced, Informational, uri(m.Label), "No manifest refers to this one.")
		}
	}
	return v.failure
}

// redactions collects what the claims reachable from the active one redact.
func (v *validator) redactions() map[string]bool {
	out, seen := map[string]bool{}, map[string]bool{}
	queue := []*Manifest{v.store.Active()}
	for len(queue) > 0 {
		m := queue[0]
		queue = queue[1:]
		if m == nil || seen[m.Label] || m.Claim == nil {
			continue
		}
		seen[m.Label] = true
		for _, r := range m.Claim.Redacted {
			if label, path, ok := resolve(r, m.Label); ok && label != m.Label {
				out[uri(label, path...)] = true
			}
		}
		for _, a := range m.Assertions {
			if in, err := readIngredient(a); err == nil && in != nil && in.manifest() != nil {
				label, _, _ := resolve(in.manifest().URL, m.Label)
				queue = append(queue, v.store.Manifest(label))
			}
		}
	}
	return out
}

// deepestChain bounds how long a chain of ingredients may be.
const deepestChain = 64

// manifest validates one manifest and, by its ingredients, those before it.
func (v *validator) manifest(m *Manifest, depth int) {
	if v.failure != nil {
		return
	}
	if v.failure = v.ctx.Err(); v.failure != nil {
		return
	}
	v.seen[m.Label] = true
	here := uri(m.Label)
	if m.box.kind == typeCompressed {
		v.say(CodeManifestCompressed, Failure, here, "The compressed manifest can't be unpacked, or holds none.")
		return
	}
	box, n := m.claimBox()
	switch {
	case n == 0:
		v.say(CodeClaimMissing, Failure, here, "The manifest has no claim.")
		return
	case n > 1:
		v.say(CodeClaimMultiple, Failure, here, "The manifest has more than one claim.")
		return
	}
	claim, err := readClaim(box, m.Update)
	if err != nil {
		code := CodeClaimMalformed
		if errors.Is(err, errClaimCBOR) {
			code = CodeClaimCBOR
		}
		v.say(code, Failure, uri(m.Label, box.label), err.Error())
		return
	}
	m.Claim = claim
	v.signature(m)
	if claim.Alg != "" {
		if _, err := newHash(claim.Alg); err != nil {
			v.say(CodeAlgorithmUnsupported, Failure, uri(m.Label, box.label), err.Error())
		}
	}
	for _, r := range claim.Redacted {
		if label, _, ok := resolve(r, m.Label); !ok || label == m.Label {
			v.say(CodeAssertionSelfRedacted, Failure, r, "A claim can't redact its own assertions.")
		}
	}
	v.assertions(m)
	v.update(m)
	v.bindings(m)
	v.actions(m)
	v.ingredients(m, depth)
}

// refHash gives the hash of a reference: its own, the claim's, or none.
func refHash(r HashedURI, c *Claim) string {
	if r.Alg != "" {
		return r.Alg
	}
	if c != nil && c.Alg != "" {
		return c.Alg
	}
	return ""
}

// matches compares a box with what a reference says.
func (v *validator) matches(b *superbox, r HashedURI, c *Claim) (bool, error) {
	got, err := sum(refHash(r, c), b.inner)
	if err != nil {
		return false, err
	}
	return slices.Equal(got, r.Hash), nil
}

// assertions checks that the assertions are those that the claim names.
func (v *validator) assertions(m *Manifest) {
	named := map[string]bool{}
	for _, r := range slices.Concat(m.Claim.Created, m.Claim.Gathered) {
		label, path, ok := resolve(r.URL, m.Label)
		if !ok || label != m.Label || len(path) != 2 || path[0] != "c2pa.assertions" {
			v.say(CodeAssertionOutsideManifest, Failure, r.URL, "The claim names an assertion of another manifest.")
			continue
		}
		at := uri(label, path...)
		named[path[1]] = true
		b := v.store.at(at, m.Label)
		if v.redacted[at] {
			v.redaction(b, path[1], at)
			continue
		}
		if b == nil {
			v.say(CodeAssertionMissing, Failure, at, "An assertion of the claim is not there.")
			continue
		}
		ok, err := v.matches(b, r, m.Claim)
		switch {
		case err != nil:
			v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
			continue
		case !ok:
			v.say(CodeAssertionMismatch, Failure, at, "The assertion was changed.")
		default:
			v.say(CodeAssertionMatch, Success, at, "The assertion is as it was signed.")
		}
		a := readAssertion(b)
		v.shape(m, a, at)
		v.references(m, a, at)
	}
	seen := map[string]bool{}
	for _, a := range m.Assertions {
		if !named[a.Label] || seen[a.Label] {
			v.say(CodeAssertionUndeclared, Failure, uri(m.Label, "c2pa.assertions", a.Label), "The claim does not name this assertion.")
		}
		seen[a.Label] = true
	}
}

// redaction checks that an assertion was taken out as said, and may be.
func (v *validator) redaction(b *superbox, label, at string) {
	kind := Assertion{Label: label}.Kind()
	switch {
	case kind == "c2pa.actions" || kind == "c2pa.actions.v2":
		v.say(CodeActionRedacted, Failure, at, "Actions must not be redacted.")
	case isBinding(kind):
		v.say(CodeHardBindingRedacted, Failure, at, "What binds a manifest to its file must not be redacted.")
	}
	if b == nil {
		return
	}
	for _, c := range b.boxes {
		if c.kind != "bfdb" && slices.ContainsFunc(c.data, func(x byte) bool { return x != 0 }) {
			v.say(CodeAssertionNotRedacted, Failure, at, "The assertion is said to be redacted and is still there.")
			return
		}
	}
}

// read wraps an error of reading the file: what is wrong with the file is a
// status, what keeps from reading is the validation's end.
func (v *validator) read(err error, code, at string) {
	if err == nil {
		return
	}
	if errors.Is(err, ErrBroken) || errors.Is(err, ErrTooLarge) || errors.Is(err, errExclusion) {
		v.say(code, Failure, at, err.Error())
		return
	}
	if v.failure == nil {
		v.failure = fmt.Errorf("c2pa: validating: %w", err)
	}
}
