package c2pa

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"sync"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

var (
	email         = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}
	claimSigning  = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 62558, 2, 1}
	timeStamping  = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	serverUsage   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
	anyUsage      = asn1.ObjectIdentifier{2, 5, 29, 37, 0}
	usagesOfClaim = []asn1.ObjectIdentifier{email, claimSigning}
)

// authority is a certificate authority of the tests.
type authority struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// issue makes a certificate; change may alter it before it is signed.
func (a *authority) issue(t testing.TB, name string, pub crypto.PublicKey, usages []asn1.ObjectIdentifier, change func(*x509.Certificate)) *x509.Certificate {
	t.Helper()
	spki, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	id := sha256.Sum256(spki)
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name, Organization: []string{"Marquee tests"}, Country: []string{"DE"}},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		BasicConstraintsValid: true, SubjectKeyId: id[:20], KeyUsage: x509.KeyUsageDigitalSignature,
	}
	switch {
	case len(usages) == 1 && usages[0].Equal(timeStamping): // alone and critical, as RFC 3161 wants it
		v, err := asn1.Marshal(usages)
		if err != nil {
			t.Fatal(err)
		}
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: v}}
	default:
		c.UnknownExtKeyUsage = usages
	}
	if change != nil {
		change(c)
	}
	parent, key := c, crypto.Signer(nil)
	if a.cert != nil {
		parent, key = a.cert, a.key
	} else {
		key = a.key
		c.AuthorityKeyId = c.SubjectKeyId
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, pub, key)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func p256(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newAuthority(t testing.TB, name string) *authority {
	key := p256(t)
	a := &authority{key: key}
	a.cert = a.issue(t, name, key.Public(), nil, func(c *x509.Certificate) {
		c.NotBefore = time.Now().AddDate(-20, 0, 0)
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	})
	return a
}

// below makes an authority under another.
func (a *authority) below(t testing.TB, name string) *authority {
	key := p256(t)
	return &authority{key: key, cert: a.issue(t, name, key.Public(), nil, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	})}
}

func (a *authority) signer(t testing.TB, key crypto.Signer, alg Algorithm, change func(*x509.Certificate)) Signer {
	t.Helper()
	s, err := NewSigner(key, []*x509.Certificate{a.issue(t, "Signer", key.Public(), usagesOfClaim, change)}, alg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func pemOf(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// world is what most tests need.
type world struct {
	root    *authority
	signer  Signer
	options Options
}

var theWorld = sync.OnceValue(func() *world {
	t := &testing.T{}
	w := &world{root: newAuthority(t, "Root")}
	w.signer = w.root.signer(t, p256(t), "", nil)
	w.options = Options{Trust: Trust{Anchors: []*x509.Certificate{w.root.cert}}}
	return w
})

// keys are a key for each algorithm.
func keys(t testing.TB) map[Algorithm]crypto.Signer {
	out := map[Algorithm]crypto.Signer{}
	for alg, curve := range map[Algorithm]elliptic.Curve{ES256: elliptic.P256(), ES384: elliptic.P384(), ES512: elliptic.P521()} {
		k, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		out[alg] = k
	}
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	out[PS256], out[PS384], out[PS512] = r, r, r
	_, e, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	out[Ed25519] = e
	return out
}

// clock is a time-stamp authority that has any time.
type clock struct {
	cert *x509.Certificate
	key  crypto.Signer
	root *x509.Certificate
	at   func() time.Time
	// swap alters what is confirmed.
	swap func([]byte) []byte
}

func (a *authority) clock(t testing.TB, at func() time.Time) *clock {
	key := p256(t)
	return &clock{cert: a.issue(t, "Clock", key.Public(), []asn1.ObjectIdentifier{timeStamping}, func(c *x509.Certificate) {
		c.NotBefore = time.Now().AddDate(-5, 0, 0)
	}), key: key, root: a.cert, at: at}
}

func (c *clock) response(digest []byte, nonce *big.Int) ([]byte, error) {
	if c.swap != nil {
		digest = c.swap(digest)
	}
	stamp := timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: digest, Time: c.at().UTC(), Policy: asn1.ObjectIdentifier{1, 2, 3, 4},
		AddTSACertificate: true, Certificates: []*x509.Certificate{c.root}, Nonce: nonce,
	}
	return stamp.CreateResponseWithOpts(c.cert, c.key, crypto.SHA256)
}

// TimeStamp gives a token.
func (c *clock) TimeStamp(_ context.Context, digest []byte) ([]byte, error) {
	der, err := c.response(digest, nil)
	if err != nil {
		return nil, err
	}
	var r struct{ Status, Token asn1.RawValue }
	if _, err := asn1.Unmarshal(der, &r); err != nil {
		return nil, err
	}
	return r.Token.FullBytes, nil
}

// made is a definition that says that a model made a picture.
func made() Definition {
	return Definition{
		Title: "A spruce in snow", Generator: Generator{Name: "Marquee", Version: "1"},
		Actions: []Action{{Action: "c2pa.created", SourceType: SourceTrained, Agent: Generator{Name: "Painter"}}},
	}
}

func sign(t testing.TB, data []byte, d Definition, s Signer, o SignOptions) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := Sign(t.Context(), &out, bytes.NewReader(data), d, s, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func validate(t testing.TB, data []byte, o Options) *Report {
	t.Helper()
	r, err := Validate(t.Context(), bytes.NewReader(data), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func explain(r *Report) (out []string) {
	for _, s := range r.Statuses {
		out = append(out, string(s.Kind)+" "+s.Code+" "+s.URL+" "+s.Explanation)
	}
	return out
}

// TimeStamp gives what the name says.
func (f fixedToken) TimeStamp(context.Context, []byte) ([]byte, error) { return []byte(f), nil }
