package c2pa

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Some of what is known of a signature comes later than the signature: time
// stamps and the state of certificates, in assertions of other manifests of
// the store (sections "Time-stamps" and "Certificate Status"). Both are
// signed by authorities of their own, so it does not matter who put them in.
type later struct {
	// stamps are time stamps over the signatures of manifests, by label.
	stamps map[string][][]byte
	// staples are OCSP responses, whichever certificate they are about.
	staples [][]byte
}

// mostLater bounds the time stamps of a manifest and the OCSP responses.
const mostLater = 16

// gatherLater collects what all manifests of a store bring.
func gatherLater(s *Store) later {
	out := later{stamps: map[string][][]byte{}}
	for _, m := range s.Manifests {
		if m.Claim == nil {
			continue
		}
		for _, a := range m.Assertions {
			switch {
			case !m.names(a.Label):
			case a.Kind() == "c2pa.time-stamp":
				tokens := map[string][]byte{}
				if a.Decode(&tokens) != nil {
					continue // told by its shape
				}
				for label, token := range tokens {
					if len(out.stamps[label]) < mostLater {
						out.stamps[label] = append(out.stamps[label], token)
					}
				}
			case a.Kind() == "c2pa.certificate-status":
				var w struct {
					Values [][]byte `cbor:"ocspVals"`
				}
				if a.Decode(&w) == nil {
					out.staples = slices.Concat(out.staples, w.Values)[:min(len(out.staples)+len(w.Values), mostLater)]
				}
			}
		}
	}
	return out
}

// TimeStamp asks an authority to confirm the signature of a manifest that was
// signed without a time stamp, or long ago. An update of the file with
// [LaterStamps] keeps the manifest valid beyond the end of its certificate.
func (m *Manifest) TimeStamp(ctx context.Context, t TimeStamper) ([]byte, error) {
	b := m.box.child("c2pa.signature")
	if b == nil || m.Claim == nil {
		return nil, errors.New("c2pa: the manifest is not signed")
	}
	s, err := readSignature(b.first("cbor"))
	if err != nil {
		return nil, err
	}
	message, err := s.stamped(m.Claim.raw, true)
	if err != nil {
		return nil, err
	}
	token, err := t.TimeStamp(ctx, stampDigest(message))
	if err != nil {
		return nil, fmt.Errorf("c2pa: time stamp: %w", err)
	}
	return token, nil
}

// LaterStamps is the assertion that brings the time stamps of manifests, by
// their labels.
func LaterStamps(tokens map[string][]byte) Statement {
	return Statement{Label: "c2pa.time-stamp", Value: tokens}
}
