package c2pa

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// sign makes the COSE_Sign1 of a claim, padded to the room that was kept.
func (b *builder) sign(claim []byte) ([]byte, error) {
	chain := b.signer.Chain()
	var x5 any = chain[0].Raw
	if len(chain) > 1 {
		var list []any
		for _, c := range chain {
			list = append(list, c.Raw)
		}
		x5 = list
	}
	msg := cose.NewSign1Message()
	msg.Headers.Protected.SetAlgorithm(coseAlgorithms[b.signer.Algorithm()])
	msg.Headers.Protected[cose.HeaderLabelX5Chain] = x5
	if b.o.ClaimTime {
		msg.Headers.Protected["iat"] = b.o.Now().Unix()
	}
	protected, err := msg.Headers.MarshalProtected()
	if err != nil {
		return nil, fmt.Errorf("c2pa: signing: %w", err)
	}
	input, err := signInput(protected, claim)
	if err != nil {
		return nil, err
	}
	if msg.Signature, err = b.signer.Sign(b.ctx, input); err != nil {
		return nil, fmt.Errorf("c2pa: signing: %w", err)
	}
	if b.o.TimeStamper != nil {
		message, err := stampInput(protected, claim, msg.Signature, true)
		if err != nil {
			return nil, err
		}
		token, err := b.o.TimeStamper.TimeStamp(b.ctx, stampDigest(message))
		if err != nil {
			return nil, fmt.Errorf("c2pa: time stamp: %w", err)
		}
		if len(token) > roomForToken {
			return nil, fmt.Errorf("c2pa: the time stamp has %d bytes, more than the %d that are kept for it", len(token), roomForToken)
		}
		msg.Headers.Unprotected["sigTst2"] = map[string]any{"tstTokens": []any{map[string]any{"val": token}}}
	}
	if b.o.OCSP != nil {
		msg.Headers.Unprotected["rVals"] = map[string]any{"ocspVals": []any{b.o.OCSP}}
	}
	msg.Headers.Unprotected["pad"] = []byte{}
	bare, err := msg.MarshalCBOR()
	if err != nil {
		return nil, fmt.Errorf("c2pa: signing: %w", err)
	}
	// A byte string's own length takes 0, 1, 2 or 4 bytes beyond the first.
	for _, head := range []int{0, 1, 2, 4} {
		n := b.reserve - len(bare) - head
		if n < 0 {
			continue
		}
		msg.Headers.Unprotected["pad"] = make([]byte, n)
		if out, err := msg.MarshalCBOR(); err == nil && len(out) == b.reserve {
			return out, nil
		}
	}
	return nil, fmt.Errorf("c2pa: the signature has %d bytes, more than the %d that are kept for it", len(bare), b.reserve)
}

func signInput(protected, claim []byte) ([]byte, error) {
	return marshal([]any{"Signature1", cbor.RawMessage(protected), []byte{}, claim})
}
