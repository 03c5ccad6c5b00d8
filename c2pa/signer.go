package c2pa

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/veraison/go-cose"
)

// Signer signs claims. A key in a file is one ([NewSigner]); a service that
// keeps keys fits, too.
type Signer interface {
	// Algorithm is what Sign uses.
	Algorithm() Algorithm
	// Chain are the certificates, the signer's own first, the root left out.
	Chain() []*x509.Certificate
	// Sign signs a message; it hashes it as the algorithm asks. An ECDSA
	// signature is r and s, each as long as the curve's order, not ASN.1.
	Sign(ctx context.Context, message []byte) ([]byte, error)
}

type keySigner struct {
	alg   Algorithm
	chain []*x509.Certificate
	cose  cose.Signer
}

// NewSigner makes a signer of a key and its certificates. An empty algorithm
// takes the one that fits the key. The key may also be in a service that has
// a [crypto.Signer].
func NewSigner(key crypto.Signer, chain []*x509.Certificate, alg Algorithm) (Signer, error) {
	if len(chain) == 0 {
		return nil, errors.New("c2pa: a signer needs a certificate")
	}
	if len(chain) > longestChain {
		return nil, fmt.Errorf("c2pa: a chain has at most %d certificates", longestChain)
	}
	type comparable interface{ Equal(crypto.PublicKey) bool }
	if pub, ok := key.Public().(comparable); !ok || !pub.Equal(chain[0].PublicKey) {
		return nil, errors.New("c2pa: the key and the first certificate do not belong together")
	}
	if err := checkProfile(chain[0]); err != nil {
		return nil, fmt.Errorf("c2pa: %w", err)
	}
	if alg == "" {
		var err error
		if alg, err = DefaultAlgorithm(key.Public()); err != nil {
			return nil, err
		}
	}
	id, ok := coseAlgorithms[alg]
	if !ok {
		return nil, fmt.Errorf("%w: %q", errAlgorithm, alg)
	}
	s, err := cose.NewSigner(id, key)
	if err != nil {
		return nil, fmt.Errorf("c2pa: the key does not fit %s: %w", alg, err)
	}
	return &keySigner{alg, chain, s}, nil
}

func (s *keySigner) Algorithm() Algorithm       { return s.alg }
func (s *keySigner) Chain() []*x509.Certificate { return s.chain }

func (s *keySigner) Sign(_ context.Context, message []byte) ([]byte, error) {
	return s.cose.Sign(rand.Reader, message)
}

// ParseSigner makes a signer of PEM: a private key (PKCS #8, SEC 1 or PKCS #1)
// and a chain of certificates.
func ParseSigner(keyPEM, chainPEM []byte, alg Algorithm) (Signer, error) {
	key, err := parseKey(keyPEM)
	if err != nil {
		return nil, err
	}
	chain, err := ParseCertificates(chainPEM)
	if err != nil {
		return nil, err
	}
	return NewSigner(key, chain, alg)
}

func parseKey(data []byte) (crypto.Signer, error) {
	for {
		var b *pem.Block
		if b, data = pem.Decode(data); b == nil {
			return nil, errors.New("c2pa: the file has no private key in PEM")
		}
		var key any
		var err error
		switch b.Type {
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(b.Bytes)
		case "EC PRIVATE KEY":
			key, err = x509.ParseECPrivateKey(b.Bytes)
		case "RSA PRIVATE KEY":
			key, err = x509.ParsePKCS1PrivateKey(b.Bytes)
		default:
			continue
		}
		if err != nil {
			// The cause could tell something of the key.
			return nil, errors.New("c2pa: the private key can't be read")
		}
		if s, ok := key.(crypto.Signer); ok {
			return s, nil
		}
		return nil, fmt.Errorf("c2pa: a key of type %T can't sign", key)
	}
}

// Identity is a local signer and the authority that vouches for it. No public
// trust list has that authority: others see a valid credential of an unknown
// signer until they add Anchor to their list, or until a certificate of an
// authority that is on one takes its place.
type Identity struct {
	// Key and Chain are the signer, Anchor the root above it, all PEM.
	Key, Chain, Anchor []byte
}

// NewIdentity makes a key on P-256 and a certificate for a name, valid for
// ten years from now, under a root that is used for nothing else: its key is
// forgotten at once.
func NewIdentity(name string, now time.Time) (*Identity, error) {
	root, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a key: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a key: %w", err)
	}
	subject := func(role string) pkix.Name {
		return pkix.Name{CommonName: name + role, Organization: []string{name}}
	}
	begin, end := now.Add(-time.Hour).UTC(), now.AddDate(10, 0, 0).UTC()
	authority := &x509.Certificate{
		Subject: subject(" root"), NotBefore: begin, NotAfter: end, BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	anchor, err := certify(authority, authority, &root.PublicKey, root)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(anchor)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a certificate: %w", err)
	}
	leaf, err := certify(&x509.Certificate{
		Subject: subject(""), NotBefore: begin, NotAfter: end, BasicConstraintsValid: true,
		KeyUsage:           x509.KeyUsageDigitalSignature,
		UnknownExtKeyUsage: []asn1.ObjectIdentifier{oidEmail, oidClaimSigning},
	}, parsed, &key.PublicKey, root)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a key: %w", err)
	}
	return &Identity{
		Key:    pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		Chain:  pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf}),
		Anchor: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: anchor}),
	}, nil
}

// certify fills in the number and the key identifier and signs a certificate.
func certify(c, parent *x509.Certificate, pub *ecdsa.PublicKey, key crypto.Signer) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a certificate: %w", err)
	}
	spki, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a certificate: %w", err)
	}
	id := sha256.Sum256(spki)
	c.SerialNumber, c.SubjectKeyId = serial, id[:20]
	if c == parent {
		c.AuthorityKeyId = c.SubjectKeyId
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, pub, key)
	if err != nil {
		return nil, fmt.Errorf("c2pa: making a certificate: %w", err)
	}
	return der, nil
}

// Signer makes the signer of an identity.
func (i *Identity) Signer() (Signer, error) { return ParseSigner(i.Key, i.Chain, "") }

// The files of an identity in a folder.
const (
	keyFile    = "signer.key"
	chainFile  = "signer.pem"
	anchorFile = "anchor.pem"
)

// OpenIdentity reads the identity that is kept in a folder, or makes one for
// a name at the first time. Only the owner may read the key's file. Another
// certificate is put in place by replacing signer.key and signer.pem.
func OpenIdentity(dir, name string, now time.Time) (*Identity, error) {
	i, err := readIdentity(dir)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return i, err
	}
	if i, err = NewIdentity(name, now); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("c2pa: keeping the key: %w", err)
	}
	for _, f := range []struct {
		name string
		data []byte
		mode fs.FileMode
	}{{anchorFile, i.Anchor, 0o644}, {chainFile, i.Chain, 0o644}, {keyFile, i.Key, 0o600}} {
		// Never over another: two that start at once would mix their files.
		w, err := os.OpenFile(filepath.Join(dir, f.name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.mode)
		if err != nil {
			return nil, fmt.Errorf("c2pa: keeping the key: %w", err)
		}
		_, err = w.Write(f.data)
		if err = errors.Join(err, w.Sync(), w.Close()); err != nil {
			return nil, fmt.Errorf("c2pa: keeping the key: %w", err)
		}
	}
	return i, nil
}

func readIdentity(dir string) (*Identity, error) {
	i := &Identity{}
	var err error
	if i.Key, err = os.ReadFile(filepath.Join(dir, keyFile)); err != nil {
		return nil, fmt.Errorf("c2pa: the key: %w", err)
	}
	if i.Chain, err = os.ReadFile(filepath.Join(dir, chainFile)); err != nil {
		return nil, fmt.Errorf("c2pa: the key's certificate: %w", err)
	}
	// A certificate of a public authority needs no anchor of ours.
	if i.Anchor, err = os.ReadFile(filepath.Join(dir, anchorFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("c2pa: the key's root: %w", err)
	}
	return i, nil
}
