package provenance

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"marquee/c2pa"
	"marquee/internal/fault"
)

// The bounds of what a stranger's credential makes us do.
const (
	// maxCredentialWorks is how many of its manifests are looked up.
	maxCredentialWorks = 16
	// maxCredentialActions is how many actions are told.
	maxCredentialActions = 20
)

// credentialLimits bound the store that a file may carry.
var credentialLimits = c2pa.Limits{Store: MaxSidecar, Ingredients: 128}

// byCredential judges the content credential in a file, or beside it.
func (c *Checker) byCredential(ctx context.Context, r *Result, e Evidence) error {
	own, err := c.validate(ctx, e, c.Own)
	if err != nil {
		return r.ranOut(err, StepCredential)
	}
	switch {
	case own.State == c2pa.None:
		r.add(StepCredential, Nothing)
		return nil
	case own.Store == nil:
		// Something that can't be read, or that is somewhere else: nothing that
		// it could say counts.
		r.add(StepCredential, Unsure)
		return nil
	}
	cred := summed(own, len(e.Sidecar) > 0)
	r.Credential = cred
	if vouched(own) {
		cred.Whose = Ours
	} else if listed, err := c.validate(ctx, e, c.Listed); err != nil {
		return r.ranOut(err, StepCredential)
	} else if vouched(listed) {
		cred.Whose = Listed
		cred.Intact = listed.State == c2pa.Trusted
	}
	if cred.Whose != Ours {
		cred.Works, err = c.builtOn(ctx, own)
		r.add(StepCredential, Foreign)
		return err
	}
	work, found, err := c.byLabel(ctx, own.Active)
	if err != nil {
		return err
	}
	if found {
		cred.Works = []Known{work}
	}
	if !cred.Intact {
		r.add(StepCredential, Altered)
		return nil
	}
	r.add(StepCredential, Found)
	if r.Match == MatchNone {
		r.Match, r.Works, r.Altered.Same = MatchCredential, cred.Works, true
	}
	return nil
}

// ranOut notes a step for which there was no time; any other error is given
// back.
func (r *Result) ranOut(err error, kind StepKind) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		r.add(kind, Undone)
		return nil
	}
	return err
}

func (c *Checker) validate(ctx context.Context, e Evidence, trust func() (c2pa.Trust, error)) (*c2pa.Report, error) {
	t, err := trust()
	if err != nil {
		return nil, err
	}
	o := c2pa.Options{Trust: t, Manifest: e.Sidecar, Now: c.Now, Limits: credentialLimits}
	return c2pa.Validate(ctx, bytes.NewReader(e.Data), o)
}

// vouched tells whether the anchors of a validation vouch for who signed the
// newest manifest, and the signature is theirs. A certificate alone proves
// nothing: anybody may copy it.
func vouched(r *c2pa.Report) bool {
	trusted, signed := false, false
	for _, s := range r.Statuses {
		if s.Ingredient != "" {
			continue
		}
		trusted = trusted || s.Code == c2pa.CodeCredentialTrusted
		signed = signed || s.Code == c2pa.CodeSignatureValidated
	}
	return trusted && signed
}

// summed gives a credential in short. It is a stranger's until somebody vouches.
func summed(r *c2pa.Report, beside bool) *Credential {
	s := c2pa.Describe(r)
	out := &Credential{
		Whose: Stranger, Intact: r.State == c2pa.Valid || r.State == c2pa.Trusted, Beside: beside, Label: r.Active, Manifests: len(s.Manifests),
		Actions: []string{}, Failures: r.Codes(c2pa.Failure), Works: []Known{},
	}
	for i, m := range s.Manifests {
		if i == 0 {
			out.Signer, out.Issuer, out.Generator = commonName(m.Signer), commonName(m.Issuer), m.Generator.Name
			if m.Time != nil {
				out.Time = *m.Time
			}
		}
		for _, a := range m.Actions {
			if i == 0 && len(out.Actions) < maxCredentialActions {
				out.Actions = append(out.Actions, bounded(a.Action))
			}
			if out.SourceType == "" && a.SourceType != "" {
				out.SourceType = bounded(a.SourceType[strings.LastIndexByte(a.SourceType, '/')+1:])
			}
		}
	}
	out.Generator = bounded(out.Generator)
	return out
}

// bounded cuts a stranger's word to a length that a page can show.
func bounded(s string) string {
	const most = 120
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// commonName gives the name in a distinguished name that people know: that of
// the organisation, else the common one.
func commonName(dn string) string {
	var organisation, common string
	for _, part := range splitDN(dn) {
		if v, ok := strings.CutPrefix(part, "O="); ok && organisation == "" {
			organisation = v
		}
		if v, ok := strings.CutPrefix(part, "CN="); ok && common == "" {
			common = v
		}
	}
	switch {
	case common != "" && organisation != "" && !strings.Contains(common, organisation):
		return bounded(common + " (" + organisation + ")")
	case common != "":
		return bounded(common)
	case organisation != "":
		return bounded(organisation)
	}
	return bounded(dn)
}

// splitDN splits a name as crypto/x509/pkix writes it (RFC 2253) at commas and
// plus signs that no backslash stands before, and takes the backslashes away.
func splitDN(dn string) []string {
	var out []string
	var part strings.Builder
	for i := 0; i < len(dn); i++ {
		switch {
		case dn[i] == '\\' && i+1 < len(dn):
			i++
			part.WriteByte(dn[i])
		case dn[i] == ',' || dn[i] == '+':
			out = append(out, part.String())
			part.Reset()
		default:
			part.WriteByte(dn[i])
		}
	}
	return append(out, part.String())
}

// byLabel finds what a manifest of ours was made for; false if the register
// does not know it.
func (c *Checker) byLabel(ctx context.Context, label string) (Known, bool, error) {
	file, err := c.Register.RenditionByManifest(ctx, label)
	if err == nil {
		return knownFile(file), true, nil
	}
	if !fault.Is(err, fault.NotFound) {
		return Known{}, false, err
	}
	m, err := c.Register.Manifest(ctx, label)
	if fault.Is(err, fault.NotFound) {
		return Known{}, false, nil
	}
	if err != nil {
		return Known{}, false, err
	}
	o, err := c.Register.Origin(ctx, m.OriginID)
	if fault.Is(err, fault.NotFound) {
		return Known{}, false, nil
	}
	return knownOrigin(o), err == nil, err
}

// builtOn gives the works of ours that somebody else's credential was built on:
// manifests in its history that our anchors vouch for, that nothing is wrong
// with, and that the register knows.
func (c *Checker) builtOn(ctx context.Context, own *c2pa.Report) ([]Known, error) {
	out := []Known{}
	for i, m := range own.Store.Manifests {
		if i == maxCredentialWorks {
			break
		}
		if m.Label == own.Active || !soundPart(own, m.Label) {
			continue
		}
		k, found, err := c.byLabel(ctx, m.Label)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, k)
		}
	}
	return out, nil
}

// soundPart tells whether the anchors vouch for one manifest of a store, and
// nothing is wrong with it. That its bytes are not the file's is no wrong: it is
// about an earlier state of it.
func soundPart(r *c2pa.Report, label string) bool {
	trusted := false
	for _, s := range r.Statuses {
		if !strings.Contains(s.URL, label) {
			continue
		}
		if s.Kind == c2pa.Failure {
			return false
		}
		trusted = trusted || s.Code == c2pa.CodeCredentialTrusted
	}
	return trusted
}
