package c2pa

import (
	"bytes"
	"context"
	"crypto/x509"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// TestStampedLater signs without a time stamp, adds one with an update, and
// checks after the first certificate has expired.
func TestStampedLater(t *testing.T) {
	t.Parallel()
	w := theWorld()
	short := w.root.signer(t, p256(t), "", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(time.Hour) })
	first := sign(t, pngOf(t, 8, 8), made(), short, SignOptions{})
	s, err := Read(bytes.NewReader(first), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	update := func(clock TimeStamper) []byte {
		token, err := s.Active().TimeStamp(t.Context(), clock)
		if err != nil {
			t.Fatal(err)
		}
		return sign(t, first, Definition{
			Generator: Generator{Name: "Marquee"}, Update: true,
			Statements: []Statement{LaterStamps(map[string][]byte{s.Active().Label: token})},
		}, w.signer, SignOptions{Validate: w.options})
	}
	liar := w.root.clock(t, time.Now)
	liar.swap = func(b []byte) []byte { return flip(b, 0) }
	o := w.options
	o.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	good := update(w.root.clock(t, time.Now))
	for name, c := range map[string]struct {
		file []byte
		want State
		code string
	}{
		"stamped later":         {good, Trusted, CodeTimeTrusted},
		"not stamped":           {first, Invalid, CodeCredentialExpired},
		"about something else":  {update(liar), Invalid, CodeTimeMismatch},
		"stamped by a stranger": {update(newAuthority(t, "Stranger").clock(t, time.Now)), Invalid, CodeTimeUntrusted},
	} {
		if r := validate(t, c.file, o); r.State != c.want || !r.Has(c.code) {
			t.Errorf("%s: %s, want %s with %s: %q", name, r.State, c.want, c.code, explain(r))
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), map[string][]byte{"later.png": good}) {
		if v.State != "Trusted" {
			t.Errorf("%s: %+v", name, v)
		}
	}
	gone := errorClock{}
	if _, err := s.Active().TimeStamp(t.Context(), gone); err == nil {
		t.Error("a time stamp of nobody")
	}
}

type errorClock struct{}

func (errorClock) TimeStamp(context.Context, []byte) ([]byte, error) { return nil, context.Canceled }

// TestRevokedLater has the state of the first certificate in an update.
func TestRevokedLater(t *testing.T) {
	t.Parallel()
	w := theWorld()
	signer := w.root.signer(t, p256(t), "", nil)
	first := sign(t, pngOf(t, 8, 8), made(), signer, SignOptions{})
	for name, c := range map[string]struct {
		status, reason int
		want           State
		code           string
	}{
		"good":     {ocsp.Good, 0, Trusted, CodeNotRevoked},
		"revoked":  {ocsp.Revoked, ocsp.KeyCompromise, Invalid, CodeRevoked},
		"released": {ocsp.Revoked, ocsp.RemoveFromCRL, Trusted, CodeNotRevoked},
	} {
		r := ocsp.Response{Status: c.status, SerialNumber: signer.Chain()[0].SerialNumber, ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(time.Hour)}
		if c.status == ocsp.Revoked {
			r.RevokedAt, r.RevocationReason = time.Now().Add(-time.Minute), c.reason
		}
		der, err := ocsp.CreateResponse(w.root.cert, w.root.cert, r, w.root.key)
		if err != nil {
			t.Fatal(err)
		}
		f := newForge(t, sign(t, first, Definition{
			Generator: Generator{Name: "Marquee"}, Update: true,
			Statements: []Statement{{Label: "com.marquee.note", Value: 1}},
		}, w.signer, SignOptions{Validate: w.options}))
		f.add("c2pa.certificate-status", f.marshal(map[string]any{"ocspVals": [][]byte{der}}), true)
		got := validate(t, f.sign(w.signer, SignOptions{}, true), w.options)
		if got.State != c.want || !got.Has(c.code) {
			t.Errorf("%s: %s, want %s: %q", name, got.State, c.want, explain(got))
		}
	}
}

// TestClaimedTime has the time of signing as the signer says it.
func TestClaimedTime(t *testing.T) {
	t.Parallel()
	leaf := theWorld().signer.Chain()
	now := time.Now()
	for name, c := range map[string]struct {
		claimed time.Time
		stamped bool
		want    string
	}{
		"within":               {now, false, CodeClaimedTimeInside},
		"before":               {leaf[0].NotBefore.Add(-time.Hour), false, CodeClaimedTimeOutside},
		"after":                {leaf[0].NotAfter.Add(time.Hour), false, CodeClaimedTimeOutside},
		"later than the stamp": {now.Add(time.Minute), true, CodeClaimedTimeOutside},
		"none":                 {time.Time{}, false, ""},
	} {
		v := &validator{report: &Report{}}
		v.claimedTime(&signature{claimed: c.claimed, chain: leaf}, "", now, c.stamped)
		if len(v.report.Statuses) == 0 && c.want == "" {
			continue
		}
		if len(v.report.Statuses) != 1 || v.report.Statuses[0].Code != c.want || v.report.Statuses[0].Kind != Informational {
			t.Errorf("%s: %v", name, v.report.Statuses)
		}
	}
}
