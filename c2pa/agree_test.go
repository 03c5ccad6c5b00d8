package c2pa

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

// apart are the kinds of tampering of which c2pa-rs says something else than
// we, with what it says. Either it is less strict than the specification, or
// it has a more general code.
var apart = map[string]string{
	"a BMFF path that is none":                       "Invalid[assertion.bmffHash.mismatch]",                           // we: assertion.bmffHash.malformed
	"a certificate for time stamps":                  "Trusted[]",                                                      // we: signingCredential.invalid
	"a certificate signed by itself":                 "Valid[signingCredential.untrusted]",                             // we: signingCredential.invalid
	"a certificate that its authority does not know": "Trusted[]",                                                      // we: signingCredential.ocsp.unknown
	"a compressed manifest":                          "Invalid[assertion.dataHash.mismatch]",                           // we: manifest.compressed.invalid
	"a duplicated box of the store":                  "Invalid[assertion.dataHash.mismatch]",                           // we: general.error
	"a named part added":                             "Invalid[assertion.boxesHash.mismatch]",                          // we: assertion.boxesHash.unknownBox
	"a reference that the signer vouches for":        "Trusted[]",                                                      // we: assertion.external-reference.created
	"a reference with half of a hash":                "Trusted[]",                                                      // we: assertion.external-reference.malformed
	"a revoked certificate":                          "Trusted[]",                                                      // we: signingCredential.ocsp.revoked
	"a stranger's manifest put in":                   "Invalid[signingCredential.ocsp.skipped]",                        // we: manifest.unreferenced
	"a thumbnail that is not there":                  "Trusted[]",                                                      // we: hashedURI.missing
	"a time stamp of a certificate for claims":       "Invalid[signingCredential.ocsp.skipped]",                        // we: timeStamp.credentialInvalid
	"a time stamp outside of its authority's time":   "Trusted[signingCredential.ocsp.skipped]",                        // we: timeStamp.outsideValidity
	"a time stamp outside of the certificate's time": "Trusted[]",                                                      // we: claimSignature.outsideValidity
	"an icon of another algorithm":                   "Invalid[assertion.hashedURI.mismatch]",                          // we: algorithm.unsupported
	"an oversized length":                            "Invalid[assertion.dataHash.mismatch]",                           // we: general.error
	"an update with a binding":                       "Trusted[]",                                                      // we: manifest.update.invalid
	"an update with a further file":                  "Trusted[]",                                                      // we: manifest.update.invalid
	"another thumbnail than was taken in":            "Trusted[]",                                                      // we: hashedURI.mismatch
	"bytes behind the last named part":               "Trusted[]",                                                      // we: assertion.boxesHash.unknownBox
	"exclusions out of order":                        "Invalid[assertion.dataHash.mismatch]",                           // we: assertion.dataHash.malformed
	"its own assertion redacted":                     "Invalid[assertion.action.redacted]",                             // we: assertion.selfRedacted
	"more left out than the credential":              "Invalid[signingCredential.ocsp.skipped]",                        // we: assertion.dataHash.additionalExclusionsPresent
	"signed and checked too late":                    "Invalid[signingCredential.untrusted signingCredential.expired]", // we: claimSignature.outsideValidity
	"the claim's hash is MD5":                        "Invalid[assertion.hashedURI.mismatch]",                          // we: algorithm.unsupported
	"time stamps of nothing":                         "Trusted[]",                                                      // we: assertion.timestamp.malformed
	"two parents":                                    "Trusted[]",                                                      // we: manifest.multipleParents
	"a claimed time after the certificate's":         "Trusted[signingCredential.ocsp.skipped]",                        // we: timeOfSigning.outsideValidity
	"named parts without names":                      "Invalid[assertion.boxesHash.mismatch]",                          // we: assertion.boxesHash.malformed
	"an ingredient whose signature is not named":     "Trusted[]",                                                      // we: ingredient.claimSignature.missing
}

// TestOutsideFindsTheSame has c2pa-rs judge what was tampered with: where it
// gives codes, ours are among them, but for the cases above. Where it only
// refuses to read on, it gives none.
func TestOutsideFindsTheSame(t *testing.T) {
	t.Parallel()
	types := map[string]string{"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "video/mp4": "mp4", "image/avif": "avif"}
	files, kinds := map[string][]byte{}, map[string]tampering{}
	for i, x := range tamperings {
		data := x.make(t)
		media, err := MediaType(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%d.%s", i, types[media])
		files[name], kinds[name] = data, x
	}
	refused := 0
	for name, v := range outside(t, pemOf(theWorld().root.cert), files) {
		x := kinds[name]
		says := slices.Concat(v.Failures, v.Deltas)
		if x.kind == Informational {
			says = v.Informational
		}
		why, known := apart[x.name]
		switch same := slices.Contains(says, x.want); {
		case v.State == "Error":
			refused++
		case same && known:
			t.Errorf("%s: both say %s by now", x.name, x.want)
		case !same && !known:
			t.Errorf("%s: it says %q, and we %s", x.name, fmt.Sprint(v.State, says), x.want)
		case !same && why != fmt.Sprint(v.State, says):
			t.Errorf("%s: it says %q by now, not %q", x.name, fmt.Sprint(v.State, says), why)
		}
	}
	t.Logf("%d kinds: %d refused by c2pa-rs, %d apart, %d the same", len(kinds), refused, len(apart), len(kinds)-refused-len(apart))
}
