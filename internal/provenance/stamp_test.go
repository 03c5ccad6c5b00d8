package provenance

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"

	"marquee/c2pa"
)

// stampAuthority answers as RFC 3161 has it, with certificates of its own.
type stampAuthority struct {
	root, cert *x509.Certificate
	key        *ecdsa.PrivateKey
}

func newStampAuthority(t *testing.T) *stampAuthority {
	t.Helper()
	certificate := func(c, above *x509.Certificate, key, by *ecdsa.PrivateKey) *x509.Certificate {
		c.NotBefore, c.NotAfter, c.BasicConstraintsValid = t0.AddDate(-1, 0, 0), t0.AddDate(1, 0, 0), true
		if above == nil {
			above = c
		}
		der, err := x509.CreateCertificate(rand.Reader, c, above, key.Public(), by)
		if err != nil {
			t.Fatal(err)
		}
		out, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	var keys [2]*ecdsa.PrivateKey
	for i := range keys {
		var err error
		if keys[i], err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	// The usage stands alone and is critical, as RFC 3161 wants it.
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		t.Fatal(err)
	}
	root := certificate(&x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clocks", Country: []string{"DE"}}, IsCA: true, KeyUsage: x509.KeyUsageCertSign,
		SubjectKeyId: []byte{1},
	}, nil, keys[0], keys[0])
	cert := certificate(&x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Clock", Country: []string{"DE"}}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}}, SubjectKeyId: []byte{2},
	}, root, keys[1], keys[0])
	return &stampAuthority{root, cert, keys[1]}
}

// serve runs the authority; alter changes what it confirms, where it is not nil.
func (a *stampAuthority) serve(t *testing.T, alter func(*timestamp.Timestamp)) c2pa.Authority {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
		if err != nil {
			t.Error(err)
		}
		q, err := timestamp.ParseRequest(body)
		if err != nil {
			t.Error(err)
			return
		}
		stamp := timestamp.Timestamp{
			HashAlgorithm: q.HashAlgorithm, HashedMessage: q.HashedMessage, Nonce: q.Nonce, Time: t0, Policy: asn1.ObjectIdentifier{1, 2, 3},
			AddTSACertificate: true, Certificates: []*x509.Certificate{a.root},
		}
		if alter != nil {
			alter(&stamp)
		}
		der, err := stamp.CreateResponseWithOpts(a.cert, a.key, crypto.SHA256)
		if err != nil {
			t.Error(err)
		}
		w.Write(der) // a client that went away is no concern of the test
	}))
	t.Cleanup(s.Close)
	return c2pa.Authority{URL: s.URL}
}

// publication makes, composes, approves and renders a picture, a minute apart so
// that an authority that failed is asked again. Each has to take at most 2 s.
func publication(t *testing.T, s *Sealer) map[string]Sealed {
	t.Helper()
	now := t0
	s.Now = func() time.Time { return now }
	file, o := picture(t, 64, 64), model()
	out := map[string]Sealed{}
	step := func(name string, sign func() (Sealed, error)) Sealed {
		t.Helper()
		begin := time.Now()
		signed, err := sign()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		now = now.Add(time.Minute)
		out[name] = signed
		return signed
	}
	made := step("made", func() (Sealed, error) { return s.Created(t.Context(), file, o, Creating{}) })
	composed := step("composed", func() (Sealed, error) {
		return s.Composed(t.Context(), file, o, Parent{Picture: made.Data}, true, nil, "")
	})
	approved := step("approved", func() (Sealed, error) {
		return s.Approved(t.Context(), Parent{Picture: composed.Data, Label: composed.Label}, o, Checks{Outcome: "allow"}, Approval{"reviewer", now})
	})
	step("file", func() (Sealed, error) {
		return s.Rendered(t.Context(), file, o, Parent{Picture: composed.Data, Beside: approved.Store, Label: approved.Label}, Changes{Marked: true})
	})
	return out
}

// reports judges the parts of a publication; anchors are believed besides ours.
func reports(t *testing.T, k *Keys, all map[string]Sealed, anchors ...*x509.Certificate) map[string]*c2pa.Report {
	t.Helper()
	trust, err := k.Trust()
	if err != nil {
		t.Fatal(err)
	}
	trust.Anchors = append(trust.Anchors, anchors...)
	out := map[string]*c2pa.Report{}
	for name, f := range all {
		r, err := c2pa.Validate(t.Context(), strings.NewReader(string(f.Data)), c2pa.Options{Trust: trust, Manifest: f.Store, Now: func() time.Time { return t0.Add(time.Hour) }})
		if err != nil {
			t.Fatal(err)
		}
		if out[name] = r; r.State != c2pa.Trusted {
			t.Errorf("%s is %s: %v", name, r.State, r.Codes(c2pa.Failure))
		}
	}
	return out
}

func TestAPublicationIsStamped(t *testing.T) {
	t.Parallel()
	clock := newStampAuthority(t)
	s, k := sealer(t, clock.serve(t, nil))
	all := publication(t, s)
	for name, r := range reports(t, k, all, clock.root) {
		want := name == "made" || name == "approved"
		if all[name].Stamped != want {
			t.Errorf("%s is stamped: %v", name, !want)
		}
		// The file carries its history: with the stamps that are in there.
		if want && (!r.Has(c2pa.CodeTimeValidated) || !r.Has(c2pa.CodeTimeTrusted)) {
			t.Errorf("%s: %v", name, r.Codes(c2pa.Success))
		}
	}
	if n := s.Counts(); n["stamped"] != 2 || n["unstamped"] != 0 || n["signed"] != 4 {
		t.Errorf("counts: %v", n)
	}
	// To who does not know the authority, it is one unknown, and no worse.
	r := reports(t, k, map[string]Sealed{"approved": all["approved"]})["approved"]
	if !r.Has(c2pa.CodeTimeValidated) || !r.Has(c2pa.CodeTimeUntrusted) || r.Has(c2pa.CodeTimeTrusted) {
		t.Errorf("to a stranger: %v %v", r.Codes(c2pa.Success), r.Codes(c2pa.Informational))
	}
	if err := s.CheckStamping(t.Context()); err != nil {
		t.Errorf("the doctor hears %v", err)
	}
}

func TestAuthoritiesThatLieOrStall(t *testing.T) {
	t.Parallel()
	clock := newStampAuthority(t)
	release := make(chan struct{})
	stalls := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(stalls.Close)
	t.Cleanup(func() { close(release) })
	other := sha256.Sum256([]byte("something else"))
	for name, authority := range map[string]c2pa.Authority{
		"another imprint": clock.serve(t, func(s *timestamp.Timestamp) { s.HashedMessage = other[:] }),
		"another nonce":   clock.serve(t, func(s *timestamp.Timestamp) { s.Nonce = big.NewInt(7) }),
		"no nonce":        clock.serve(t, func(s *timestamp.Timestamp) { s.Nonce = nil }),
		"stalls":          {URL: stalls.URL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, k := sealer(t, authority)
			all := publication(t, s)
			for part, r := range reports(t, k, all, clock.root) {
				if all[part].Stamped || r.Has(c2pa.CodeTimeValidated) || r.Has(c2pa.CodeTimeMismatch) {
					t.Errorf("%s is stamped", part)
				}
			}
			if n := s.Counts(); n["stamped"] != 0 || n["unstamped"] != 2 || n["signed"] != 4 || n["failed"] != 0 {
				t.Errorf("counts: %v", n)
			}
		})
	}
}
