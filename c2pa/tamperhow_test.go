package c2pa

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"hash/crc32"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
	"golang.org/x/crypto/ocsp"
)

// badSigner is a signer whose certificate NewSigner would refuse.
func badSigner(t testing.TB, key crypto.Signer, alg Algorithm, chain ...*x509.Certificate) Signer {
	t.Helper()
	s, err := cose.NewSigner(coseAlgorithms[alg], key)
	if err != nil {
		t.Fatal(err)
	}
	return &keySigner{alg, chain, s}
}

// withCert signs a PNG with a certificate of the root that is changed first.
func withCert(t testing.TB, usages []asn1.ObjectIdentifier, change func(*x509.Certificate)) []byte {
	key := p256(t)
	c := theWorld().root.issue(t, "Signer", key.Public(), usages, change)
	return sign(t, pngOf(t, 16, 16), made(), badSigner(t, key, ES256, c), SignOptions{})
}

// chained is a PNG with a parent that has a credential of its own.
func chained(t testing.TB, change func(*Definition)) []byte {
	w := theWorld()
	parent := made()
	parent.Statements = []Statement{{Label: "com.marquee.person", Value: map[string]any{"name": "Ada"}}}
	first := sign(t, pngOf(t, 16, 16), parent, w.signer, SignOptions{})
	d := made()
	d.Actions = []Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
	d.Ingredients = []Ingredient{{Title: "first", Relationship: ParentOf, Asset: bytes.NewReader(first)}}
	if change != nil {
		change(&d)
		for i := range d.Redactions {
			s, err := Read(bytes.NewReader(first), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			d.Redactions[i].URI = uri(s.Active().Label, "c2pa.assertions", d.Redactions[i].URI)
		}
	}
	return sign(t, pngOf(t, 16, 16), d, w.signer, SignOptions{Validate: w.options})
}

func flip(data []byte, at int) []byte {
	out := bytes.Clone(data)
	out[at] ^= 1
	return out
}

// flipIn flips a byte of the credential, where text stands in it.
func flipIn(t testing.TB, file []byte, text string) []byte {
	t.Helper()
	i := bytes.Index(file, []byte(text))
	if i < 0 {
		t.Fatalf("%q is not in the file", text)
	}
	return flip(file, i)
}

// chunk is a PNG chunk.
func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// tampering is one way to do wrong, and the code that must come of it.
type tampering struct {
	name string
	want string
	make func(t testing.TB) []byte
	// kind is Failure unless it is said.
	kind Kind
}

// forged changes a signed PNG with right hashes and a right signature.
func forged(change func(f *forge)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		f := newForge(t, sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{}))
		change(f)
		return f.sign(theWorld().signer, SignOptions{}, false)
	}
}

// touched changes a signed PNG without signing again.
func touched(change func(f *forge)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		change(f)
		return f.embed()
	}
}

// bound changes the binding of a PNG and signs it so.
func bound(change func(map[string]any)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		f := newForge(t, sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{}))
		f.cbor(f.assertion("c2pa.hash.data"), change)
		return f.sign(theWorld().signer, SignOptions{}, true)
	}
}

// stamped signs a PNG with a time stamp of a clock.
func stamped(root func(testing.TB) *authority, at time.Duration, change func(*clock)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		c := root(t).clock(t, func() time.Time { return time.Now().Add(at) })
		if change != nil {
			change(c)
		}
		return sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{TimeStamper: c})
	}
}

func ours(testing.TB) *authority     { return theWorld().root }
func theirs(t testing.TB) *authority { return newAuthority(t, "Stranger") }

// stapled signs with an OCSP response.
func stapled(status int) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		w := theWorld()
		r := ocsp.Response{Status: status, SerialNumber: w.signer.Chain()[0].SerialNumber, ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(time.Hour)}
		if status == ocsp.Revoked {
			r.RevokedAt, r.RevocationReason = time.Now().Add(-time.Hour), ocsp.KeyCompromise
		}
		der, err := ocsp.CreateResponse(w.root.cert, w.root.cert, r, w.root.key)
		if err != nil {
			t.Fatal(err)
		}
		return sign(t, pngOf(t, 16, 16), made(), w.signer, SignOptions{OCSP: der})
	}
}

func signedSample(ext string, boxes bool) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		d := made()
		d.Boxes = boxes
		return sign(t, sample(t, ext), d, theWorld().signer, SignOptions{})
	}
}

// spoiled changes the bytes of a signed sample.
func spoiled(ext string, boxes bool, change func(t testing.TB, b []byte) []byte) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return change(t, signedSample(ext, boxes)(t)) }
}

func last(n int) func(testing.TB, []byte) []byte {
	return func(_ testing.TB, b []byte) []byte { return flip(b, len(b)-n) }
}

// setAction replaces the actions of a forged file.
func setActions(actions ...any) func(f *forge) {
	return func(f *forge) {
		f.cbor(f.assertion("c2pa.actions.v2"), func(m map[string]any) { m["actions"] = actions })
	}
}

var created = map[string]any{"action": "c2pa.created", "digitalSourceType": SourceTrained}

// reupdated changes the update of a PNG and signs it so.
func reupdated(change func(f *forge)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		f := newForge(t, updated(t, pngOf(t, 16, 16), false, 1))
		change(f)
		return f.sign(theWorld().signer, SignOptions{}, true)
	}
}

// cloudData is a reference to an assertion that lies elsewhere.
func cloudData(label string) map[string]any {
	return map[string]any{
		"label": label, "size": 100, "content_type": "application/cbor",
		"location": map[string]any{"url": "https://example.com/a", "alg": "sha256", "hash": make([]byte, 32)},
	}
}

// twoStamps has the time stamp of a PNG twice, where there may be one.
func twoStamps(t testing.TB) []byte {
	f := newForge(t, stamped(ours, 0, nil)(t))
	n := f.active().kid("c2pa.signature")
	var sig cbor.Tag
	if err := decoder.Unmarshal(n.boxes[0].data, &sig); err != nil {
		t.Fatal(err)
	}
	head := sig.Content.([]any)[1].(map[any]any)["sigTst2"].(map[any]any)
	list := head["tstTokens"].([]any)
	head["tstTokens"] = append(list, list[0])
	n.boxes[0].data = f.marshal(sig)
	return f.embed()
}

// boxed changes the first named part of a PNG in its binding, and signs it so.
func boxed(change func(first map[any]any)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		f := newForge(t, signedSample("png", true)(t))
		f.cbor(f.assertion("c2pa.hash.boxes"), func(m map[string]any) { change(m["boxes"].([]any)[0].(map[any]any)) })
		return f.sign(theWorld().signer, SignOptions{}, true)
	}
}
