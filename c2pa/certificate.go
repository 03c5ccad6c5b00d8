package c2pa

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"time"
)

// The extended key usages that matter here.
var (
	oidEmail           = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}
	oidTimeStamping    = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	oidOCSPSigning     = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 9}
	oidDocumentSigning = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 36}
	oidClaimSigning    = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 62558, 2, 1}
	oidAnyUsage        = asn1.ObjectIdentifier{2, 5, 29, 37, 0}
	oidUsage           = asn1.ObjectIdentifier{2, 5, 29, 37}
)

// longestChain bounds the certificates that are looked at.
const longestChain = 16

// Trust is whom a reader believes. The zero value believes nobody.
type Trust struct {
	// Anchors are the roots, or authorities below them, of a trust list.
	Anchors []*x509.Certificate
	// Allowed are signers that are believed as they are.
	Allowed []*x509.Certificate
}

// ParseCertificates reads all certificates of a PEM file: a chain or a list.
func ParseCertificates(data []byte) ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	for {
		var b *pem.Block
		if b, data = pem.Decode(data); b == nil {
			break
		}
		if b.Type != "CERTIFICATE" {
			continue
		}
		c, err := parseCertificate(b.Bytes)
		if err != nil {
			return nil, fmt.Errorf("c2pa: a certificate of the file can't be read: %w", err)
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, errors.New("c2pa: the file has no certificates in PEM")
	}
	return out, nil
}

// oidPSS names an RSA key that may only be used with PSS.
var oidPSS = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}

// parseCertificate reads a certificate. Keys that are for RSA-PSS alone, which
// C2PA allows and Go leaves aside, are read as RSA keys.
func parseCertificate(der []byte) (*x509.Certificate, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil || c.PublicKey != nil {
		return c, err
	}
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info); err != nil {
		return nil, err
	}
	if info.Algorithm.Algorithm.Equal(oidPSS) {
		key, err := x509.ParsePKCS1PublicKey(info.Key.RightAlign())
		if err != nil {
			return nil, err
		}
		c.PublicKey, c.PublicKeyAlgorithm = key, x509.RSA
	}
	return c, nil
}

// vouches tells whether a chain leads to somebody who is believed, at a time.
func (t Trust) vouches(chain []*x509.Certificate, at time.Time) error {
	for _, c := range t.Allowed {
		if bytes.Equal(c.Raw, chain[0].Raw) {
			return nil
		}
	}
	if len(t.Anchors) == 0 {
		return errors.New("no trust list was given")
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range t.Anchors {
		roots.AddCert(c)
	}
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	leaf := *chain[0]
	// The usages were checked by the profile; Go need not know all of them.
	leaf.UnhandledCriticalExtensions = slices.DeleteFunc(slices.Clone(leaf.UnhandledCriticalExtensions), oidUsage.Equal)
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err
}

// usages lists the extended key usages of a certificate.
func usages(c *x509.Certificate) []asn1.ObjectIdentifier {
	for _, e := range c.Extensions {
		if e.Id.Equal(oidUsage) {
			var out []asn1.ObjectIdentifier
			if _, err := asn1.Unmarshal(e.Value, &out); err != nil {
				return nil
			}
			return out
		}
	}
	return nil
}

func has(list []asn1.ObjectIdentifier, oid asn1.ObjectIdentifier) bool {
	return slices.ContainsFunc(list, oid.Equal)
}

// checkProfile tells what of the certificate profile of C2PA (section
// "Certificate Profile") the certificate of a signer breaks.
func checkProfile(c *x509.Certificate) error {
	if err := checkStrength(c); err != nil {
		return err
	}
	u := usages(c)
	switch {
	case c.IsCA:
		return errors.New("the signer's certificate is an authority's")
	case bytes.Equal(c.RawIssuer, c.RawSubject) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil:
		return errors.New("the signer's certificate is signed by itself")
	case c.KeyUsage&x509.KeyUsageDigitalSignature == 0:
		return errors.New("the signer's certificate is not for signatures")
	case c.KeyUsage&x509.KeyUsageCertSign != 0:
		return errors.New("the signer's certificate is for certificates")
	case len(u) == 0:
		return errors.New("the signer's certificate has no extended key usage")
	case has(u, oidAnyUsage):
		return errors.New("the signer's certificate is for anything")
	case has(u, oidTimeStamping) || has(u, oidOCSPSigning):
		return errors.New("the signer's certificate is for time stamps or revocation")
	case !has(u, oidEmail) && !has(u, oidDocumentSigning) && !has(u, oidClaimSigning):
		return errors.New("the signer's certificate is not for claims")
	case len(c.AuthorityKeyId) == 0:
		return errors.New("the signer's certificate does not name its authority's key")
	}
	return nil
}

// checkStrength tells whether a certificate's version, key and signature are
// among those that C2PA allows.
func checkStrength(c *x509.Certificate) error {
	if c.Version != 3 {
		return fmt.Errorf("the certificate has version %d", c.Version)
	}
	if hasUniqueID(c) {
		return errors.New("the certificate has unique identifiers")
	}
	switch c.SignatureAlgorithm {
	case x509.ECDSAWithSHA256, x509.ECDSAWithSHA384, x509.ECDSAWithSHA512, x509.PureEd25519,
		x509.SHA256WithRSA, x509.SHA384WithRSA, x509.SHA512WithRSA,
		x509.SHA256WithRSAPSS, x509.SHA384WithRSAPSS, x509.SHA512WithRSAPSS:
	default:
		return fmt.Errorf("the certificate is signed with %s", c.SignatureAlgorithm)
	}
	switch k := c.PublicKey.(type) {
	case *ecdsa.PublicKey:
		if b := k.Curve.Params().BitSize; b < 256 {
			return fmt.Errorf("the certificate's key has %d bits", b)
		}
	case *rsa.PublicKey:
		if k.N.BitLen() < 2048 {
			return fmt.Errorf("the certificate's key has %d bits", k.N.BitLen())
		}
	case ed25519.PublicKey:
	default:
		return fmt.Errorf("the certificate's key is a %T", k)
	}
	return nil
}

// hasUniqueID tells whether issuerUniqueID or subjectUniqueID, [1] and [2],
// are in a certificate.
func hasUniqueID(c *x509.Certificate) bool {
	var tbs asn1.RawValue
	if _, err := asn1.Unmarshal(c.RawTBSCertificate, &tbs); err != nil {
		return true
	}
	for rest := tbs.Bytes; len(rest) > 0; {
		var v asn1.RawValue
		var err error
		if rest, err = asn1.Unmarshal(rest, &v); err != nil {
			return true
		}
		if v.Class == asn1.ClassContextSpecific && (v.Tag == 1 || v.Tag == 2) {
			return true
		}
	}
	return false
}
