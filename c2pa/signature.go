package c2pa

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// signature is a COSE_Sign1 with what C2PA keeps in its headers.
type signature struct {
	message   *cose.Sign1Message
	protected []byte // as a CBOR byte string
	algorithm cose.Algorithm
	chain     []*x509.Certificate
	// tokens are time stamps; over the claim in version 1, over the
	// signature in version 2.
	tokens  []([]byte)
	stampV2 bool
	// staples are OCSP responses.
	staples [][]byte
	// claimed is when it was signed as the signer says (the header iat); zero
	// if nothing is said.
	claimed time.Time
}

var (
	errSignature  = errors.New("c2pa: the signature is not well formed")
	errCredential = errors.New("c2pa: the signer's certificates are not well formed")
)

func readSignature(raw []byte) (*signature, error) {
	if err := wellformed.Wellformed(raw); err != nil {
		return nil, fmt.Errorf("%w: %w", errSignature, err)
	}
	s := &signature{message: cose.NewSign1Message()}
	if raw[0] == 0xD2 { // tag 18
		if err := s.message.UnmarshalCBOR(raw); err != nil {
			return nil, fmt.Errorf("%w: %w", errSignature, err)
		}
	} else {
		var u cose.UntaggedSign1Message
		if err := u.UnmarshalCBOR(raw); err != nil {
			return nil, fmt.Errorf("%w: %w", errSignature, err)
		}
		s.message = (*cose.Sign1Message)(&u)
	}
	h := s.message.Headers
	var err error
	if s.protected, err = h.MarshalProtected(); err != nil {
		return nil, fmt.Errorf("%w: %w", errSignature, err)
	}
	if s.algorithm, err = h.Protected.Algorithm(); err != nil {
		return nil, fmt.Errorf("%w: %w", errSignature, err)
	}
	if s.chain, err = readChain(h); err != nil {
		return nil, err
	}
	v := stamps(h.Unprotected["sigTst2"])
	s.stampV2 = v != nil
	if v == nil {
		v = stamps(h.Unprotected["sigTst"])
	}
	s.tokens = v
	for _, name := range []string{"pad", "pad2"} {
		if pad, _ := h.Unprotected[name].([]byte); bytes.ContainsFunc(pad, func(r rune) bool { return r != 0 }) {
			return nil, fmt.Errorf("%w: its padding is not empty", errSignature)
		}
	}
	switch at := h.Protected["iat"].(type) {
	case int64:
		s.claimed = time.Unix(at, 0)
	case float64:
		if math.Abs(at) < 1<<53 {
			s.claimed = time.Unix(int64(at), 0)
		}
	}
	if m, ok := h.Unprotected["rVals"].(map[any]any); ok {
		s.staples = byteStrings(m["ocspVals"])
	}
	return s, nil
}

// byteStrings gives the byte strings of a list, at most 16.
func byteStrings(v any) (out [][]byte) {
	list, _ := v.([]any)
	for _, x := range list[:min(len(list), 16)] {
		if b, ok := x.([]byte); ok {
			out = append(out, b)
		}
	}
	return out
}

// stamps gives the token of a header; nil if there is none. A header of the
// wrong shape, or with more than one, gives an empty token, which is malformed.
func stamps(v any) (out [][]byte) {
	if v == nil {
		return nil
	}
	if m, ok := v.(map[any]any); ok {
		if list, _ := m["tstTokens"].([]any); len(list) == 1 {
			if t, ok := list[0].(map[any]any); ok {
				if b, ok := t["val"].([]byte); ok {
					return [][]byte{b}
				}
			}
		}
	}
	return [][]byte{{}}
}

// readChain finds the certificates: by number or, in old files, by name, and
// in either header.
func readChain(h cose.Headers) ([]*x509.Certificate, error) {
	var v any
	for _, x := range []any{h.Protected[cose.HeaderLabelX5Chain], h.Protected["x5chain"], h.Unprotected[cose.HeaderLabelX5Chain], h.Unprotected["x5chain"]} {
		if x != nil {
			v = x
			break
		}
	}
	var ders [][]byte
	switch x := v.(type) {
	case []byte:
		ders = [][]byte{x}
	case []any:
		if len(x) > longestChain {
			return nil, fmt.Errorf("%w: there are %d", errCredential, len(x))
		}
		ders = byteStrings(x)
	}
	if len(ders) == 0 {
		return nil, fmt.Errorf("%w: there is none", errCredential)
	}
	var out []*x509.Certificate
	for _, d := range ders {
		c, err := parseCertificate(d)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errCredential, err)
		}
		out = append(out, c)
	}
	return out, nil
}

var errAlgorithmKey = errors.New("c2pa: the signature's algorithm does not fit its key")

// verify checks the signature over a claim.
func (s *signature) verify(claim []byte) error {
	if _, ok := algorithmOf(s.algorithm); !ok {
		return fmt.Errorf("%w: %v", errAlgorithm, s.algorithm)
	}
	v, err := cose.NewVerifier(s.algorithm, s.chain[0].PublicKey)
	if err != nil {
		return fmt.Errorf("%w: %w", errAlgorithmKey, err)
	}
	m := *s.message
	if len(m.Payload) > 0 {
		return errors.New("c2pa: the signature carries a payload of its own")
	}
	m.Payload = claim
	return m.Verify(nil, v)
}

// stamped gives what a time stamp of this signature covers.
func (s *signature) stamped(claim []byte, v2 bool) ([]byte, error) {
	return stampInput(s.protected, claim, s.message.Signature, v2)
}

func stampInput(protected, claim, sig []byte, v2 bool) ([]byte, error) {
	payload := claim
	if v2 {
		var err error
		if payload, err = marshal(sig); err != nil {
			return nil, err
		}
	}
	return marshal([]any{"CounterSignature", cbor.RawMessage(protected), []byte{}, payload})
}
