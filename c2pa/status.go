package c2pa

// State is what a file's credential is worth.
type State string

// The states. A credential that is Valid says what its signer said; whether
// the signer is one to believe is what Trusted adds.
const (
	None    State = "None"    // there is no credential
	Invalid State = "Invalid" // the credential or the file was changed, or is wrong
	Valid   State = "Valid"   // nothing was changed, but nobody we know vouches for the signer
	Trusted State = "Trusted" // nothing was changed, and the signer is on the trust list
)

// Kind says what a status means for the result.
type Kind string

// The kinds of status.
const (
	Success       Kind = "success"
	Informational Kind = "informational"
	Failure       Kind = "failure"
)

// Status is one finding of a validation.
type Status struct {
	// Code is a status code of the specification, such as "claimSignature.mismatch".
	Code string `json:"code"`
	// Kind says whether it is good or bad.
	Kind Kind `json:"kind"`
	// URL is the JUMBF URI of what it is about.
	URL string `json:"url,omitempty"`
	// Explanation is a sentence in English.
	Explanation string `json:"explanation,omitempty"`
	// Ingredient is the URI of the ingredient assertion through which the
	// manifest is in the file; empty for the active manifest.
	Ingredient string `json:"ingredient,omitempty"`
}

// The status codes of the specification that this package reports.
const (
	CodeSignatureValidated       = "claimSignature.validated"
	CodeSignatureInsideValidity  = "claimSignature.insideValidity"
	CodeSignatureOutsideValidity = "claimSignature.outsideValidity"
	CodeSignatureMissing         = "claimSignature.missing"
	CodeSignatureMismatch        = "claimSignature.mismatch"

	CodeCredentialTrusted   = "signingCredential.trusted"
	CodeCredentialUntrusted = "signingCredential.untrusted"
	CodeCredentialInvalid   = "signingCredential.invalid"
	CodeCredentialExpired   = "signingCredential.expired"
	CodeNotRevoked          = "signingCredential.ocsp.notRevoked"
	CodeRevoked             = "signingCredential.ocsp.revoked"
	CodeRevocationUnknown   = "signingCredential.ocsp.unknown"
	CodeRevocationSkipped   = "signingCredential.ocsp.skipped"

	CodeTimeValidated       = "timeStamp.validated"
	CodeTimeTrusted         = "timeStamp.trusted"
	CodeTimeUntrusted       = "timeStamp.untrusted"
	CodeTimeMismatch        = "timeStamp.mismatch"
	CodeTimeMalformed       = "timeStamp.malformed"
	CodeTimeOutsideValidity = "timeStamp.outsideValidity"
	CodeTimeInvalid         = "timeStamp.credentialInvalid"
	CodeClaimedTimeInside   = "timeOfSigning.insideValidity"
	CodeClaimedTimeOutside  = "timeOfSigning.outsideValidity"

	CodeClaimMissing         = "claim.missing"
	CodeClaimMultiple        = "claim.multiple"
	CodeClaimMalformed       = "claim.malformed"
	CodeClaimCBOR            = "claim.cbor.invalid"
	CodeHardBindingsMissing  = "claim.hardBindings.missing"
	CodeHardBindingsMultiple = "assertion.multipleHardBindings"

	CodeAssertionMatch           = "assertion.hashedURI.match"
	CodeAssertionMismatch        = "assertion.hashedURI.mismatch"
	CodeAssertionMissing         = "assertion.missing"
	CodeAssertionUndeclared      = "assertion.undeclared"
	CodeAssertionOutsideManifest = "assertion.outsideManifest"
	CodeAssertionNotRedacted     = "assertion.notRedacted"
	CodeHardBindingRedacted      = "assertion.hardBinding.redacted"
	CodeAssertionSelfRedacted    = "assertion.selfRedacted"
	CodeAssertionCBOR            = "assertion.cbor.invalid"
	CodeAssertionJSON            = "assertion.json.invalid"
	CodeMetadataDisallowed       = "assertion.metadata.disallowed"
	CodeTimeStampAssertion       = "assertion.timestamp.malformed"
	CodeExternalMalformed        = "assertion.external-reference.malformed"
	CodeExternalCreated          = "assertion.external-reference.created"
	CodeCloudDataMalformed       = "assertion.cloud-data.malformed"
	CodeCloudDataBinding         = "assertion.cloud-data.hardBinding"
	CodeCloudDataActions         = "assertion.cloud-data.actions"

	CodeActionMalformed          = "assertion.action.malformed"
	CodeActionIngredientMismatch = "assertion.action.ingredientMismatch"
	CodeActionRedactionMismatch  = "assertion.action.redactionMismatch"
	CodeActionSoftBinding        = "assertion.action.softBindingMissing"
	CodeActionRedacted           = "assertion.action.redacted"

	CodeDataHashMatch       = "assertion.dataHash.match"
	CodeDataHashMismatch    = "assertion.dataHash.mismatch"
	CodeDataHashMalformed   = "assertion.dataHash.malformed"
	CodeDataHashAdditional  = "assertion.dataHash.additionalExclusionsPresent"
	CodeBMFFHashMatch       = "assertion.bmffHash.match"
	CodeBMFFHashMismatch    = "assertion.bmffHash.mismatch"
	CodeBMFFHashMalformed   = "assertion.bmffHash.malformed"
	CodeBMFFHashAdditional  = "assertion.bmffHash.additionalExclusionsPresent"
	CodeBoxesHashMatch      = "assertion.boxesHash.match"
	CodeBoxesHashMismatch   = "assertion.boxesHash.mismatch"
	CodeBoxesHashMalformed  = "assertion.boxesHash.malformed"
	CodeBoxesHashUnknownBox = "assertion.boxesHash.unknownBox"
	CodeBoxesHashAdditional = "assertion.boxesHash.additionalExclusionsPresent"

	CodeIngredientMalformed          = "assertion.ingredient.malformed"
	CodeIngredientValidated          = "ingredient.manifest.validated"
	CodeIngredientMissing            = "ingredient.manifest.missing"
	CodeIngredientMismatch           = "ingredient.manifest.mismatch"
	CodeIngredientSignatureValidated = "ingredient.claimSignature.validated"
	CodeIngredientSignatureMissing   = "ingredient.claimSignature.missing"
	CodeIngredientSignatureMismatch  = "ingredient.claimSignature.mismatch"
	CodeIngredientUnknown            = "ingredient.unknownProvenance"

	CodeManifestInaccessible    = "manifest.inaccessible"
	CodeManifestMultipleParents = "manifest.multipleParents"
	CodeManifestUpdateInvalid   = "manifest.update.invalid"
	CodeManifestUpdateParents   = "manifest.update.wrongParents"
	CodeManifestCompressed      = "manifest.compressed.invalid"
	CodeManifestUnreferenced    = "manifest.unreferenced"

	CodeHashedURIMissing  = "hashedURI.missing"
	CodeHashedURIMismatch = "hashedURI.mismatch"

	CodeAlgorithmUnsupported = "algorithm.unsupported"
	CodeGeneral              = "general.error"
)

// Report is the result of a validation.
type Report struct {
	// State is the sum of it.
	State State `json:"state"`
	// Active is the label of the active manifest, the newest one.
	Active string `json:"active,omitempty"`
	// Remote is the address from which the credential was fetched, or would
	// have to be.
	Remote string `json:"remote,omitempty"`
	// Statuses are all findings, in the order in which they were made.
	Statuses []Status `json:"statuses"`
	// Store is what the credential says; nil if it could not be read.
	Store *Store `json:"-"`
}

// Codes gives the different codes of a kind, in the order of the findings.
func (r *Report) Codes(k Kind) []string {
	out, seen := []string{}, map[string]bool{}
	for _, s := range r.Statuses {
		if s.Kind == k && !seen[s.Code] {
			seen[s.Code] = true
			out = append(out, s.Code)
		}
	}
	return out
}

// Has tells whether a code was found.
func (r *Report) Has(code string) bool {
	for _, s := range r.Statuses {
		if s.Code == code {
			return true
		}
	}
	return false
}

// judge sums up the statuses. An untrusted signer, also one of an ingredient
// of which that was not known before, leaves a credential valid. What was
// known of an ingredient is not among the failures.
func (r *Report) judge() {
	r.State = Valid
	trusted, untrusted := false, false
	for _, s := range r.Statuses {
		switch {
		case s.Kind == Failure && s.Code != CodeCredentialUntrusted:
			r.State = Invalid
			return
		case s.Kind == Failure:
			untrusted = true
		case s.Code == CodeCredentialTrusted && s.Ingredient == "":
			trusted = true
		}
	}
	if trusted && !untrusted {
		r.State = Trusted
	}
}
