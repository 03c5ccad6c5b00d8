package c2pa

import (
	"bytes"
	"crypto/x509"
	"testing"
	"time"
)

// TestIngredientOfAStranger is Trusted if the one who took it in knew, and
// said so under a signature; else Valid at most.
func TestIngredientOfAStranger(t *testing.T) {
	t.Parallel()
	w := theWorld()
	stranger := newAuthority(t, "Stranger")
	theirs := sign(t, pngOf(t, 8, 8), made(), stranger.signer(t, p256(t), "", nil), SignOptions{})
	d := made()
	d.Actions = []Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
	for name, c := range map[string]struct {
		judge Options
		want  State
	}{
		"known":   {w.options, Trusted},
		"unknown": {Options{Trust: Trust{Anchors: []*x509.Certificate{stranger.cert}}}, Valid},
	} {
		d.Ingredients = []Ingredient{{Relationship: ParentOf, Asset: bytes.NewReader(theirs)}}
		r := validate(t, sign(t, pngOf(t, 8, 8), d, w.signer, SignOptions{Validate: c.judge}), w.options)
		if r.State != c.want {
			t.Errorf("%s: %s, want %s: %q", name, r.State, c.want, explain(r))
		}
	}
}

// TestTrustedTimeOutlivesTheCertificate validates years later: what was
// stamped by a trusted authority stays Trusted, the rest has expired.
func TestTrustedTimeOutlivesTheCertificate(t *testing.T) {
	t.Parallel()
	w := theWorld()
	long := newAuthority(t, "Long")
	key := p256(t)
	ca := long.issue(t, "Long", long.key.Public(), nil, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage, c.NotAfter = true, x509.KeyUsageCertSign, time.Now().AddDate(20, 0, 0)
	})
	root := &authority{cert: ca, key: long.key}
	s := root.signer(t, key, "", nil)
	o := Options{Trust: Trust{Anchors: []*x509.Certificate{ca}}, Now: func() time.Time { return time.Now().AddDate(5, 0, 0) }}
	for name, c := range map[string]struct {
		clock TimeStamper
		want  State
		code  string
	}{
		"stamped":               {root.clock(t, time.Now), Trusted, CodeTimeTrusted},
		"not stamped":           {nil, Invalid, CodeCredentialExpired},
		"stamped by a stranger": {w.root.clock(t, time.Now), Invalid, CodeCredentialExpired},
	} {
		r := validate(t, sign(t, pngOf(t, 8, 8), made(), s, SignOptions{TimeStamper: c.clock}), o)
		if r.State != c.want || !r.Has(c.code) {
			t.Errorf("%s: %s, want %s with %s: %q", name, r.State, c.want, c.code, explain(r))
		}
	}
}
