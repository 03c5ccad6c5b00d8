package c2pa

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

var tamperings = []tampering{
	{name: "a pixel of a PNG", want: CodeDataHashMismatch, make: spoiled("png", false, last(40))},
	{name: "a pixel of a JPEG", want: CodeDataHashMismatch, make: spoiled("jpg", false, last(40))},
	{name: "a pixel of a WebP", want: CodeDataHashMismatch, make: spoiled("webp", false, func(_ testing.TB, b []byte) []byte { return flip(b, 100) })},
	{name: "a sample of an MP4", want: CodeBMFFHashMismatch, make: spoiled("mp4", false, last(400))},
	{name: "a sample of an AVIF", want: CodeBMFFHashMismatch, make: spoiled("avif", false, last(400))},
	{name: "an offset of an MP4", want: CodeBMFFHashMismatch, make: spoiled("mp4", false, func(t testing.TB, b []byte) []byte {
		return flip(b, bytes.Index(b, []byte("stco"))+15)
	})},
	{name: "a box moved in an MP4", want: CodeBMFFHashMismatch, make: spoiled("mp4", false, func(t testing.TB, b []byte) []byte {
		return append(b[:len(b)-24:len(b)-24], append(atom("free", nil), b[len(b)-24:]...)...)
	})},
	{name: "bytes behind the end", want: CodeDataHashMismatch, make: spoiled("png", false, func(_ testing.TB, b []byte) []byte { return append(b, "PK\x03\x04"...) })},
	{name: "a chunk put in front", want: CodeDataHashMismatch, make: spoiled("png", false, func(_ testing.TB, b []byte) []byte {
		return slices.Concat(b[:33], chunk("tEXt", []byte("a\x00b")), b[33:])
	})},
	{name: "a named part changed", want: CodeBoxesHashMismatch, make: spoiled("jpg", true, last(40))},
	{name: "a named part added", want: CodeBoxesHashUnknownBox, make: spoiled("png", true, func(_ testing.TB, b []byte) []byte {
		return slices.Concat(b[:len(b)-12], chunk("tEXt", []byte("a\x00b")), b[len(b)-12:])
	})},
	{name: "bytes behind the last named part", want: CodeBoxesHashUnknownBox, make: spoiled("jpg", true, func(_ testing.TB, b []byte) []byte { return append(b, 0) })},
	{name: "the claim's title", want: CodeSignatureMismatch, make: spoiled("png", false, func(t testing.TB, b []byte) []byte { return flipIn(t, b, "spruce in snow") })},
	{name: "an assertion's word", want: CodeAssertionMismatch, make: spoiled("png", false, func(t testing.TB, b []byte) []byte { return flipIn(t, b, "Painter") })},
	{name: "the certificate's name", want: CodeSignatureMismatch, make: spoiled("png", false, func(t testing.TB, b []byte) []byte { return flipIn(t, b, "Signer") })},
	{name: "the signature", want: CodeSignatureMismatch, make: touched(func(f *forge) {
		n := f.active().kid("c2pa.signature")
		i := bytes.LastIndex(n.boxes[0].data, []byte{0x58, 64})
		n.boxes[0].data[i+10] ^= 1
	})},
	{name: "the signature is noise", want: CodeSignatureMismatch, make: touched(func(f *forge) { f.active().kid("c2pa.signature").boxes[0].data = []byte{1, 2, 3} })},
	{name: "an assertion taken out", want: CodeAssertionMissing, make: touched(func(f *forge) { f.assertions().drop("c2pa.actions.v2") })},
	{name: "an assertion put in", want: CodeAssertionUndeclared, make: touched(func(f *forge) { f.add("com.example.award", f.marshal(map[string]any{"prize": 1}), false) })},
	{name: "an assertion twice", want: CodeAssertionUndeclared, make: touched(func(f *forge) {
		f.assertions().kids = append(f.assertions().kids, f.assertion("c2pa.actions.v2"))
	})},
	{name: "no claim", want: CodeClaimMissing, make: touched(func(f *forge) { f.active().drop("c2pa.claim.v2") })},
	{name: "two claims", want: CodeClaimMultiple, make: touched(func(f *forge) { f.active().kids = append(f.active().kids, f.active().kid("c2pa.claim.v2")) })},
	{name: "no signature", want: CodeSignatureMissing, make: touched(func(f *forge) { f.active().drop("c2pa.signature") })},
	{name: "the claim is noise", want: CodeClaimCBOR, make: touched(func(f *forge) { f.active().kid("c2pa.claim.v2").boxes[0].data = []byte{0xff, 1} })},
	{name: "the claim has no instance", want: CodeClaimMalformed, make: forged(func(f *forge) { f.claim(func(c map[string]any) { delete(c, "instanceID") }) })},
	{name: "the claim's hash is MD5", want: CodeAlgorithmUnsupported, make: forged(func(f *forge) { f.claim(func(c map[string]any) { c["alg"] = "md5" }) })},
	{name: "the claim names another's signature", want: CodeSignatureMissing, make: forged(func(f *forge) {
		f.claim(func(c map[string]any) { c["signature"] = "self#jumbf=/c2pa/other/c2pa.signature" })
	})},
	{name: "a duplicated box of the store", want: CodeGeneral, make: touched(func(f *forge) { f.store.kids = append(f.store.kids, f.active()) })},
	{name: "two stores", want: CodeGeneral, make: spoiled("png", false, func(_ testing.TB, b []byte) []byte {
		n := 33 + 12 + int(binary.BigEndian.Uint32(b[33:]))
		return slices.Concat(b[:n], b[33:n], b[n:])
	})},
	{name: "a truncated box", want: CodeGeneral, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("png", false)(t))
		s := f.store.bytes()
		return f.embedBytes(s[:len(s)/2])
	}},
	{name: "an oversized length", want: CodeGeneral, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("png", false)(t))
		s := f.store.bytes()
		return f.embedBytes(slices.Concat([]byte{0, 0, 0, 1}, s[4:8], []byte{0x80, 0, 0, 0, 0, 0, 0, 0}, s[8:]))
	}},
	{name: "boxes 1,000 deep", want: CodeGeneral, make: func(t testing.TB) []byte {
		var s []byte
		for range 1000 {
			s = super(typeStore, "c2pa", s)
		}
		return newForge(t, signedSample("png", false)(t)).embedBytes(s)
	}},
	{name: "a swapped ingredient", want: CodeIngredientMismatch, make: touched(func(f *forge) {
		other := newForge(f.t, sign(f.t, pngOf(f.t, 16, 16), made(), theWorld().signer, SignOptions{})).active()
		other.label = f.store.kids[0].label
		f.store.kids[0] = other
	})},
	{name: "an ingredient's manifest taken out", want: CodeIngredientMissing, make: touched(func(f *forge) { f.store.kids = f.store.kids[1:] })},
	{name: "an ingredient's statement changed", want: CodeAssertionMismatch, make: touched(func(f *forge) {
		f.cbor(f.store.kids[0].kid("c2pa.assertions").kid("com.marquee.person"), func(m map[string]any) { m["name"] = "Eve" })
	})},
	{name: "a stranger's manifest put in", want: CodeManifestUnreferenced, kind: Informational, make: touched(func(f *forge) {
		other := newForge(f.t, signedSample("png", false)(f.t)).active()
		f.store.kids = append([]*node{other}, f.store.kids...)
	})},
	{name: "an exclusion changed", want: CodeAssertionMismatch, make: touched(func(f *forge) {
		f.cbor(f.assertion("c2pa.hash.data"), func(m map[string]any) { m["exclusions"] = []exclusion{{0, 1 << 20}} })
	})},
	{name: "an exclusion behind the file", want: CodeDataHashMismatch, make: bound(func(m map[string]any) { m["exclusions"] = []exclusion{{33, 1 << 40}} })},
	{name: "exclusions out of order", want: CodeDataHashMalformed, make: bound(func(m map[string]any) { m["exclusions"] = []exclusion{{100, 10}, {50, 10}} })},
	{name: "a negative exclusion", want: CodeDataHashMalformed, make: bound(func(m map[string]any) { m["exclusions"] = []exclusion{{5, -3}} })},
	{name: "more left out than the credential", want: CodeDataHashAdditional, kind: Informational, make: bound(func(m map[string]any) { m["exclusions"] = []exclusion{{20, 1 << 12}} })},
	{name: "no hash in the binding", want: CodeDataHashMismatch, make: bound(func(m map[string]any) { delete(m, "hash") })},
	{name: "no binding", want: CodeHardBindingsMissing, make: forged(func(f *forge) {
		f.assertions().drop("c2pa.hash.data")
		f.claim(func(c map[string]any) { c["created_assertions"] = c["created_assertions"].([]any)[:1] })
	})},
	{name: "two bindings", want: CodeHardBindingsMultiple, make: forged(func(f *forge) { f.add("c2pa.hash.boxes", f.marshal(boxesHash{}), true) })},
	{name: "an assertion of another manifest", want: CodeAssertionOutsideManifest, make: forged(func(f *forge) {
		f.claim(func(c map[string]any) {
			c["gathered_assertions"] = []any{map[string]any{"url": "self#jumbf=/c2pa/other/c2pa.assertions/x", "hash": []byte{1}}}
		})
	})},
	{name: "an assertion that is no CBOR", want: CodeAssertionCBOR, make: forged(func(f *forge) { f.add("com.example.noise", []byte{0xff, 0}, true) })},
	{name: "an assertion that is no JSON", want: CodeAssertionJSON, make: forged(func(f *forge) { f.add("com.example.noise", nil, true).boxes[0] = content{"json", []byte("{")} })},
	{name: "metadata that are not allowed", want: CodeMetadataDisallowed, kind: Informational, make: forged(func(f *forge) {
		f.add("c2pa.metadata", nil, true).boxes[0] = content{"json", []byte(`{"@context":{"x":"http://example.com/"},"x:secret":1}`)}
	})},
	{name: "time stamps of the wrong shape", want: CodeTimeStampAssertion, make: forged(func(f *forge) { f.add("c2pa.time-stamp", f.marshal([]int{1}), true) })},
	{name: "a remote binding", want: CodeCloudDataBinding, make: forged(func(f *forge) {
		f.add("c2pa.cloud-data", f.marshal(cloudData("c2pa.hash.data")), true)
	})},
	{name: "a remote assertion without its size", want: CodeCloudDataMalformed, make: forged(func(f *forge) {
		c := cloudData("com.example.far")
		delete(c, "size")
		f.add("c2pa.cloud-data", f.marshal(c), true)
	})},
	{name: "a remote action", want: CodeCloudDataMalformed, make: forged(func(f *forge) {
		f.add("c2pa.cloud-data", f.marshal(cloudData("c2pa.actions.v2")), true)
	})},
	{name: "a reference to nowhere", want: CodeExternalMalformed, make: forged(func(f *forge) {
		f.add("c2pa.external-reference", f.marshal(map[string]any{"location": map[string]any{}}), true)
	})},
	{name: "a reference with half of a hash", want: CodeExternalMalformed, make: forged(func(f *forge) {
		f.add("c2pa.external-reference", f.marshal(map[string]any{"location": map[string]any{"url": "https://example.com/", "alg": "sha256"}}), true)
	})},
	{name: "a reference that the signer vouches for", want: CodeExternalCreated, make: forged(func(f *forge) {
		f.add("c2pa.external-reference", f.marshal(map[string]any{"location": map[string]any{"url": "https://example.com/"}}), true)
	})},
	{name: "time stamps of nothing", want: CodeTimeStampAssertion, make: forged(func(f *forge) { f.add("c2pa.time-stamp", f.marshal(map[string]any{}), true) })},
	{name: "a thumbnail that is not there", want: CodeHashedURIMissing, make: forged(func(f *forge) {
		f.add("c2pa.ingredient.v3", f.marshal(map[string]any{"relationship": "componentOf", "thumbnail": HashedURI{URL: "self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient", Hash: make([]byte, 32)}}), true)
	})},
	{name: "another thumbnail than was taken in", want: CodeHashedURIMismatch, make: forged(func(f *forge) {
		f.add("c2pa.ingredient.v3", f.marshal(map[string]any{"relationship": "componentOf", "thumbnail": HashedURI{URL: "self#jumbf=c2pa.assertions/c2pa.actions.v2", Hash: make([]byte, 32)}}), true)
	})},
	{name: "an icon of another algorithm", want: CodeAlgorithmUnsupported, make: forged(setActions(map[string]any{"action": "c2pa.created", "digitalSourceType": SourceTrained,
		"softwareAgent": map[string]any{"name": "x", "icon": HashedURI{URL: "self#jumbf=c2pa.assertions/c2pa.actions.v2", Alg: "md5", Hash: make([]byte, 16)}}}))},
	{name: "watermarked, but nothing says how", want: CodeActionSoftBinding, make: forged(setActions(created, map[string]any{"action": "c2pa.watermarked.bound"}))},
	{name: "an action about nothing", want: CodeActionMalformed, make: forged(setActions(created, map[string]any{"action": "c2pa.edited", "parameters": map[string]any{"relatedAssertions": []any{}}}))},
	{name: "an action about another manifest", want: CodeActionMalformed, make: forged(setActions(created, map[string]any{
		"action": "c2pa.edited", "parameters": map[string]any{"relatedAssertions": []any{HashedURI{URL: "self#jumbf=/c2pa/other/c2pa.assertions/x", Hash: []byte{1}}}}}))},
	{name: "an ingredient with a credential and a source", want: CodeIngredientMalformed, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.cbor(f.assertion("c2pa.ingredient.v3"), func(m map[string]any) { m["digitalSourceType"] = SourceTrained })
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "no exclusions in the binding of a film", want: CodeBMFFHashMalformed, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("mp4", false)(t))
		f.cbor(f.assertion("c2pa.hash.bmff.v3"), func(m map[string]any) { delete(m, "exclusions") })
		return f.sign(theWorld().signer, SignOptions{}, true)
	}},
	{name: "a time stamp of a certificate for claims", want: CodeTimeInvalid, kind: Informational, make: func(t testing.TB) []byte {
		root := theWorld().root
		c := root.clock(t, time.Now)
		c.cert = root.issue(t, "Clock", c.key.Public(), usagesOfClaim, nil)
		return sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{TimeStamper: c})
	}},
	{name: "two time stamps", want: CodeTimeMalformed, kind: Informational, make: twoStamps},
	{name: "no actions", want: CodeActionMalformed, make: forged(setActions())},
	{name: "created twice", want: CodeActionMalformed, make: forged(setActions(created, created))},
	{name: "edited, but never begun", want: CodeActionMalformed, make: forged(setActions(map[string]any{"action": "c2pa.edited"}))},
	{name: "opened, but nothing", want: CodeActionIngredientMismatch, make: forged(setActions(map[string]any{"action": "c2pa.opened"}))},
	{name: "placed what is not there", want: CodeActionIngredientMismatch, make: forged(setActions(created, map[string]any{
		"action": "c2pa.placed", "parameters": map[string]any{"ingredients": []any{HashedURI{URL: "self#jumbf=c2pa.assertions/c2pa.ingredient.v3", Hash: []byte{1}}}},
	}))},
	{name: "redacted by word only", want: CodeActionRedactionMismatch, make: forged(setActions(created, map[string]any{
		"action": "c2pa.redacted", "parameters": map[string]any{"redacted": "self#jumbf=/c2pa/other/c2pa.assertions/x"},
	}))},
	{name: "its own assertion redacted", want: CodeAssertionSelfRedacted, make: forged(func(f *forge) {
		f.claim(func(c map[string]any) {
			c["redacted_assertions"] = []string{"self#jumbf=c2pa.assertions/c2pa.actions.v2"}
		})
	})},
	{name: "an ingredient of no relationship", want: CodeIngredientMalformed, make: forged(func(f *forge) {
		f.add("c2pa.ingredient.v3", f.marshal(map[string]any{"relationship": "cousinOf"}), true)
	})},
	{name: "two parents", want: CodeManifestMultipleParents, make: forged(func(f *forge) {
		f.add("c2pa.ingredient.v3", f.marshal(map[string]any{"relationship": "parentOf"}), true)
		f.add("c2pa.ingredient.v3__1", f.marshal(map[string]any{"relationship": "parentOf"}), true)
	})},
	{name: "an ingredient of which nothing was recorded", want: CodeIngredientMalformed, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.cbor(f.assertion("c2pa.ingredient.v3"), func(m map[string]any) { delete(m, "validationResults") })
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "an ingredient that is the manifest itself", want: CodeIngredientMalformed, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		self := f.active().label
		f.cbor(f.assertion("c2pa.ingredient.v3"), func(m map[string]any) { m["activeManifest"] = HashedURI{URL: uri(self), Hash: []byte{1}} })
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "redacted, but still there", want: CodeAssertionNotRedacted, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.claim(func(c map[string]any) {
			c["redacted_assertions"] = []string{uri(f.store.kids[0].label, "c2pa.assertions", "com.marquee.person")}
		})
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "actions redacted", want: CodeActionRedacted, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.claim(func(c map[string]any) {
			c["redacted_assertions"] = []string{uri(f.store.kids[0].label, "c2pa.assertions", "c2pa.actions.v2")}
		})
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "a binding redacted", want: CodeHardBindingRedacted, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.claim(func(c map[string]any) {
			c["redacted_assertions"] = []string{uri(f.store.kids[0].label, "c2pa.assertions", "c2pa.hash.data")}
		})
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "more taken out than was redacted", want: CodeAssertionMissing, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, func(d *Definition) { d.Redactions = []Redaction{{URI: "com.marquee.person"}} }))
		f.store.kids[0].kid("c2pa.assertions").drop("c2pa.actions.v2")
		return f.embed()
	}},
	{name: "a redacted ingredient signed anew", want: CodeIngredientSignatureMismatch, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, func(d *Definition) { d.Redactions = []Redaction{{URI: "com.marquee.person"}} }))
		f.store.kids[0].kid("c2pa.signature").boxes[0].data[30] ^= 1
		return f.embed()
	}},
	{name: "an update with a binding", want: CodeManifestUpdateInvalid, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.active().kind = typeUpdate
		return f.embed()
	}},
	{name: "an update without a parent", want: CodeManifestUpdateParents, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("png", false)(t))
		f.active().kind = typeUpdate
		return f.embed()
	}},
	{name: "an update that crops", want: CodeManifestUpdateInvalid, make: reupdated(func(f *forge) {
		setActions(map[string]any{"action": "c2pa.cropped"})(f)
	})},
	{name: "an update with a thumbnail", want: CodeManifestUpdateInvalid, make: reupdated(func(f *forge) {
		f.add("c2pa.thumbnail.claim", f.marshal(1), true)
	})},
	{name: "an update with a further file", want: CodeManifestUpdateInvalid, make: reupdated(func(f *forge) {
		f.add("c2pa.hash.multi-asset", f.marshal(map[string]any{}), true)
	})},
	{name: "an update with remote actions", want: CodeCloudDataActions, make: reupdated(func(f *forge) {
		f.add("c2pa.cloud-data", f.marshal(cloudData("c2pa.actions.v2")), true)
	})},
	{name: "an update of an update of nothing", want: CodeHardBindingsMissing, make: reupdated(func(f *forge) { f.store.kids[0].kind = typeUpdate })},
	{name: "a compressed manifest", want: CodeManifestCompressed, make: touched(func(f *forge) { f.active().kind = typeCompressed })},
	{name: "a time stamp outside of the certificate's time", want: CodeSignatureOutsideValidity, make: stamped(ours, -24*time.Hour, nil)},
	{name: "a time stamp of something else", want: CodeTimeMismatch, kind: Informational, make: stamped(ours, 0, func(c *clock) {
		c.swap = func(b []byte) []byte { return flip(b, 0) }
	})},
	{name: "a time stamp of a stranger", want: CodeTimeUntrusted, kind: Informational, make: stamped(theirs, 0, nil)},
	{name: "a time stamp outside of its authority's time", want: CodeTimeOutsideValidity, kind: Informational, make: stamped(ours, -10*365*24*time.Hour, nil)},
	{name: "a time stamp that is noise", want: CodeTimeMalformed, kind: Informational, make: func(t testing.TB) []byte {
		return sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{TimeStamper: fixedToken("noise")})
	}},
	{name: "a certificate of no usage", want: CodeCredentialInvalid, make: func(t testing.TB) []byte { return withCert(t, nil, nil) }},
	{name: "a certificate for servers", want: CodeCredentialInvalid, make: func(t testing.TB) []byte { return withCert(t, []asn1.ObjectIdentifier{serverUsage}, nil) }},
	{name: "a certificate for anything", want: CodeCredentialInvalid, make: func(t testing.TB) []byte { return withCert(t, []asn1.ObjectIdentifier{email, anyUsage}, nil) }},
	{name: "a certificate for time stamps", want: CodeCredentialInvalid, make: func(t testing.TB) []byte { return withCert(t, []asn1.ObjectIdentifier{timeStamping}, nil) }},
	{name: "a certificate not for signatures", want: CodeCredentialInvalid, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment })
	}},
	{name: "an authority as signer", want: CodeCredentialInvalid, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.IsCA = true })
	}},
	{name: "an expired certificate", want: CodeCredentialExpired, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	}},
	{name: "signed and checked too late", want: CodeSignatureOutsideValidity, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	}},
	{name: "a certificate of the future", want: CodeCredentialExpired, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) })
	}},
	{name: "a certificate signed by itself", want: CodeCredentialInvalid, make: func(t testing.TB) []byte {
		key := p256(t)
		self := &authority{key: key}
		return sign(t, pngOf(t, 16, 16), made(), badSigner(t, key, ES256, self.issue(t, "Self", key.Public(), usagesOfClaim, nil)), SignOptions{})
	}},
	{name: "a key that does not fit the algorithm", want: CodeCredentialInvalid, make: func(t testing.TB) []byte {
		good, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		other := p256(t)
		c := theWorld().root.issue(t, "Other", other.Public(), usagesOfClaim, nil)
		return sign(t, pngOf(t, 16, 16), made(), badSigner(t, good, PS256, c), SignOptions{})
	}},
	{name: "an unknown authority", want: CodeCredentialUntrusted, make: func(t testing.TB) []byte {
		return sign(t, pngOf(t, 16, 16), made(), newAuthority(t, "Stranger").signer(t, p256(t), "", nil), SignOptions{})
	}},
	{name: "a revoked certificate", want: CodeRevoked, make: stapled(ocsp.Revoked)},
	{name: "a certificate that its authority does not know", want: CodeRevocationUnknown, kind: Informational, make: stapled(ocsp.Unknown)},
	{name: "revocation that nobody asked for", want: CodeRevocationSkipped, kind: Informational, make: func(t testing.TB) []byte {
		return withCert(t, usagesOfClaim, func(c *x509.Certificate) { c.OCSPServer = []string{"http://ocsp.example.com/"} })
	}},
	{name: "named parts without names", want: CodeBoxesHashMalformed, make: boxed(func(first map[any]any) { first["names"] = []string{} })},
	{name: "a named part left out", want: CodeBoxesHashAdditional, kind: Informational, make: boxed(func(first map[any]any) { first["excluded"] = true })},
	{name: "an ingredient whose signature is not named", want: CodeIngredientSignatureMissing, make: func(t testing.TB) []byte {
		f := newForge(t, chained(t, nil))
		f.cbor(f.assertion("c2pa.ingredient.v3"), func(m map[string]any) { delete(m, "claimSignature") })
		return f.sign(theWorld().signer, SignOptions{}, false)
	}},
	{name: "a claimed time after the certificate's", want: CodeClaimedTimeOutside, kind: Informational, make: func(t testing.TB) []byte {
		return sign(t, pngOf(t, 16, 16), made(), theWorld().signer, SignOptions{ClaimTime: true, Now: func() time.Time { return time.Now().AddDate(3, 0, 0) }})
	}},
	{name: "a remote credential that is not fetched", want: CodeManifestInaccessible, make: func(t testing.TB) []byte { return withXMP(t, "png", "https://example.com/") }},
	{name: "a BMFF path that is none", want: CodeBMFFHashMalformed, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("mp4", false)(t))
		f.cbor(f.assertion("c2pa.hash.bmff.v3"), func(m map[string]any) { m["exclusions"] = []any{map[string]any{"xpath": "moov"}} })
		return f.sign(theWorld().signer, SignOptions{}, true)
	}},
	{name: "the film left out of its hash", want: CodeBMFFHashAdditional, kind: Informational, make: func(t testing.TB) []byte {
		f := newForge(t, signedSample("mp4", false)(t))
		f.cbor(f.assertion("c2pa.hash.bmff.v3"), func(m map[string]any) {
			m["exclusions"] = append(m["exclusions"].([]any), map[string]any{"xpath": "/mdat"})
		})
		return f.sign(theWorld().signer, SignOptions{}, true)
	}},
}

// fixedToken is a time-stamp authority that says the same to all.
type fixedToken string

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for _, x := range tamperings {
		codes[x.want] = true
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			r := validate(t, x.make(t), theWorld().options)
			kind := x.kind
			if kind == "" {
				kind = Failure
			}
			if !slices.Contains(r.Codes(kind), x.want) {
				t.Errorf("no %s %s:\n%q", kind, x.want, explain(r))
			}
			if kind == Failure && x.want != CodeCredentialUntrusted && r.State != Invalid {
				t.Errorf("it is %s", r.State)
			}
		})
	}
	if len(tamperings) < 40 || len(codes) < 35 {
		t.Errorf("only %d kinds with %d codes", len(tamperings), len(codes))
	}
}

// TestForgingIsFair shows that the forge itself leaves nothing wrong, so that
// the codes above are about what was changed.
func TestForgingIsFair(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"plain": forged(func(*forge) {})(t), "chained": touched(func(*forge) {})(t),
		"redacted": chained(t, func(d *Definition) {
			d.Redactions = []Redaction{{URI: "com.marquee.person", Reason: "c2pa.PII.present"}}
		}),
		"good": stapled(ocsp.Good)(t),
	} {
		if r := validate(t, data, theWorld().options); r.State != Trusted {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		} else if name == "good" && !r.Has(CodeNotRevoked) {
			t.Errorf("%q", explain(r))
		} else if name == "redacted" && bytes.Contains(data, []byte("Ada")) {
			t.Error("the redacted name is still in the file")
		}
	}
}
