package c2pa

import (
	"bytes"
	"crypto/x509"
	"errors"
	"time"

	"golang.org/x/crypto/ocsp"
)

// signature checks who signed a claim, when, and that the claim is what was
// signed.
func (v *validator) signature(m *Manifest) {
	at := uri(m.Label, "c2pa.signature")
	box := m.box.child("c2pa.signature")
	label, path, ok := resolve(m.Claim.Signature, m.Label)
	if box == nil || !ok || label != m.Label || len(path) != 1 || path[0] != "c2pa.signature" {
		v.say(CodeSignatureMissing, Failure, at, "The claim is not signed.")
		return
	}
	s, err := readSignature(box.first("cbor"))
	switch {
	case errors.Is(err, errCredential):
		v.say(CodeCredentialInvalid, Failure, at, err.Error())
		return
	case err != nil:
		v.say(CodeSignatureMismatch, Failure, at, err.Error())
		return
	}
	err = s.verify(m.Claim.raw)
	switch {
	case err == nil:
		v.say(CodeSignatureValidated, Success, at, "The claim is as it was signed.")
	case errors.Is(err, errAlgorithm):
		v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
		return
	case errors.Is(err, errAlgorithmKey):
		v.say(CodeCredentialInvalid, Failure, at, err.Error())
		return
	default:
		v.say(CodeSignatureMismatch, Failure, at, "The signature does not fit the claim.")
	}

	// When it was signed: as a trusted time stamp says, or else now.
	when, stamped := v.o.now(), false
	var claimed time.Time // by a time stamp that nobody vouches for
	look := func(tokens [][]byte, v2 bool) {
		message, err := s.stamped(m.Claim.raw, v2)
		for _, token := range tokens {
			if stamped || err != nil {
				return
			}
			t := checkStamp(token, message, v.o.timeTrust(), func(code string, kind Kind, why string) { v.say(code, kind, at, why) })
			if t != nil && t.trusted {
				when, stamped = t.at, true
			} else if t != nil && m.Claim.Version == 1 && claimed.IsZero() {
				claimed = t.at
			}
		}
	}
	look(s.tokens, s.stampV2)
	look(v.later.stamps[m.Label], true) // brought by another manifest
	v.claimedTime(s, at, when, stamped)
	if !stamped && !claimed.IsZero() && v.o.Trust.vouches(s.chain, claimed) != nil {
		// The first version of the specification knew no trust list of
		// time-stamp authorities. So an old file is not wrong for the age of
		// its certificate, but none becomes Trusted by such a time stamp.
		when, stamped = claimed, true
	}
	v.credential(m, s, at, when, stamped)
}

// claimedTime judges what the signer says of the time, which proves nothing.
func (v *validator) claimedTime(s *signature, at string, when time.Time, stamped bool) {
	if s.claimed.IsZero() {
		return
	}
	for _, c := range s.chain {
		if s.claimed.Before(c.NotBefore) || s.claimed.After(c.NotAfter) {
			v.say(CodeClaimedTimeOutside, Informational, at, "The signer says to have signed outside of the time of the certificates.")
			return
		}
	}
	if stamped && s.claimed.After(when) {
		v.say(CodeClaimedTimeOutside, Informational, at, "The signer says to have signed later than the time stamp was made.")
		return
	}
	v.say(CodeClaimedTimeInside, Informational, at, "The signer says to have signed within the time of the certificates.")
}

// credential checks the signer's certificate.
func (v *validator) credential(m *Manifest, s *signature, at string, when time.Time, stamped bool) {
	leaf := s.chain[0]
	for _, c := range s.chain[1:] {
		if err := checkStrength(c); err != nil && !bytes.Equal(c.RawIssuer, c.RawSubject) {
			v.say(CodeCredentialInvalid, Failure, at, "An authority of the signer: "+err.Error()+".")
			return
		}
	}
	if err := checkProfile(leaf); err != nil {
		v.say(CodeCredentialInvalid, Failure, at, "The signer: "+err.Error()+".")
		return
	}
	outside := when.Before(leaf.NotBefore) || when.After(leaf.NotAfter)
	switch {
	case outside && stamped:
		v.say(CodeSignatureOutsideValidity, Failure, at, "It was signed outside of the time of the signer's certificate.")
	case outside:
		// The specification has the first code, other readers the second.
		v.say(CodeSignatureOutsideValidity, Failure, at, "It is checked outside of the time of the signer's certificate.")
		v.say(CodeCredentialExpired, Failure, at, "The signer's certificate is not valid at this time, and no trusted time stamp says when it was used.")
	default:
		v.say(CodeSignatureInsideValidity, Success, at, "It was signed within the time of the signer's certificate.")
	}
	// An expired certificate is told above; here it is about who vouches.
	if when.Before(leaf.NotBefore) {
		when = leaf.NotBefore
	} else if when.After(leaf.NotAfter) {
		when = leaf.NotAfter
	}
	if err := v.o.Trust.vouches(s.chain, when); err != nil {
		v.say(CodeCredentialUntrusted, Failure, at, "Nobody on the trust list vouches for the signer.")
	} else {
		v.say(CodeCredentialTrusted, Success, at, "The signer is on the trust list.")
	}
	v.revocation(s, at, when)
}

// revocation reads the OCSP responses that came with the signature, or with
// a manifest of the store. None is fetched.
func (v *validator) revocation(s *signature, at string, when time.Time) {
	staples := append(s.staples[:len(s.staples):len(s.staples)], v.later.staples...)
	leaf := s.chain[0]
	issuer := v.issuer(s.chain)
	told := false
	for _, der := range staples {
		if issuer == nil || len(der) > 64<<10 {
			break
		}
		// The response is signed by the authority itself, or by one that it
		// delegates to with a certificate inside.
		r, err := ocsp.ParseResponseForCert(der, leaf, issuer)
		if err != nil {
			continue
		}
		if r.Certificate != nil && !has(usages(r.Certificate), oidOCSPSigning) {
			continue
		}
		if r.Status == ocsp.Revoked && r.RevocationReason == ocsp.RemoveFromCRL {
			r.Status = ocsp.Good // it was on hold, and is not any more
		}
		switch {
		case r.Status == ocsp.Revoked && !(r.RevokedAt.After(when) && r.RevocationReason == ocsp.Unspecified):
			v.say(CodeRevoked, Failure, at, "The signer's certificate was revoked on "+r.RevokedAt.UTC().Format(time.RFC3339)+".")
			return
		case when.Before(r.ThisUpdate) || !r.NextUpdate.IsZero() && when.After(r.NextUpdate):
			continue // it says nothing about the time of signing
		case r.Status == ocsp.Good:
			v.say(CodeNotRevoked, Success, at, "The signer's certificate was not revoked.")
			return
		case r.Status == ocsp.Unknown:
			v.say(CodeRevocationUnknown, Informational, at, "The authority does not know the signer's certificate.")
			return
		}
		told = true
	}
	if !told && (len(staples) > 0 || len(leaf.OCSPServer) > 0) {
		v.say(CodeRevocationSkipped, Informational, at, "Whether the signer's certificate was revoked was not asked.")
	}
}

// issuer finds the certificate that signed the leaf: in the chain or on the
// trust list.
func (v *validator) issuer(chain []*x509.Certificate) *x509.Certificate {
	for _, list := range [][]*x509.Certificate{chain[1:], v.o.Trust.Anchors} {
		for _, c := range list {
			if bytes.Equal(c.RawSubject, chain[0].RawIssuer) && chain[0].CheckSignatureFrom(c) == nil {
				return c
			}
		}
	}
	return nil
}
