package c2pa

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// Store is a manifest store: what a file or a .c2pa file carries.
type Store struct {
	// Manifests are all of them, oldest first as they lie in the file; the
	// last one is the active manifest.
	Manifests []*Manifest
	root      *superbox
	data      []byte
}

// Manifest is one signed statement.
type Manifest struct {
	// Label names it, for example "urn:c2pa:1f0c…".
	Label string
	// Update tells that it says something about a file whose bytes another
	// manifest, its parent, is bound to.
	Update bool
	// Claim is what was signed; nil if it can't be read.
	Claim *Claim
	// Assertions are its statements, in the order of the store.
	Assertions []Assertion

	// box is the manifest's own, and outer what lies in the store: the same,
	// or a box that holds it compressed.
	box, outer *superbox
}

// HashedURI points to a part of a store and says what its bytes hash to.
type HashedURI struct {
	URL  string `cbor:"url" json:"url"`
	Alg  string `cbor:"alg,omitempty" json:"alg,omitempty"`
	Hash []byte `cbor:"hash" json:"hash"`
}

// Generator names what made a claim.
type Generator struct {
	Name    string `cbor:"name" json:"name"`
	Version string `cbor:"version,omitempty" json:"version,omitempty"`
}

// Claim is the part of a manifest that is signed.
type Claim struct {
	// Version is 1 or 2.
	Version int `json:"version"`
	// InstanceID is unique to this version of the file.
	InstanceID string `json:"instanceId"`
	// Generator made the claim.
	Generator Generator `json:"generator"`
	// Title and Format describe the file; either may be empty.
	Title  string `json:"title,omitempty"`
	Format string `json:"format,omitempty"`
	// Alg is the hash of the references that name none.
	Alg string `json:"alg,omitempty"`
	// Created are the assertions that the signer vouches for; in version 1, all.
	Created []HashedURI `json:"created"`
	// Gathered are assertions that came from elsewhere.
	Gathered []HashedURI `json:"gathered,omitempty"`
	// Redacted are URIs of assertions that were taken out of ingredients.
	Redacted []string `json:"redacted,omitempty"`
	// Signature is the URI of the signature.
	Signature string `json:"signature"`

	raw []byte
}

// Assertion is one statement of a manifest.
type Assertion struct {
	// Label names the kind, and with "__1" the instance, of the statement.
	Label string
	// CBOR or JSON is the statement in its encoding; both are nil for files.
	CBOR, JSON []byte
	// MediaType and Data are an embedded file, such as a thumbnail.
	MediaType string
	Data      []byte

	box *superbox
}

// Kind is the label without an instance number.
func (a Assertion) Kind() string {
	kind, _, _ := strings.Cut(a.Label, "__")
	return kind
}

// Decode reads a CBOR assertion into v, as [encoding/json.Unmarshal] does
// with JSON; field tags are those of github.com/fxamacker/cbor.
func (a Assertion) Decode(v any) error {
	if a.CBOR == nil {
		return fmt.Errorf("c2pa: assertion %s is not CBOR", a.Label)
	}
	if err := decoder.Unmarshal(a.CBOR, v); err != nil {
		return fmt.Errorf("c2pa: assertion %s: %w", a.Label, err)
	}
	return nil
}

// Assertion gives the first assertion of a label, and whether there is one.
func (m *Manifest) Assertion(label string) (Assertion, bool) {
	for _, a := range m.Assertions {
		if a.Label == label {
			return a, true
		}
	}
	return Assertion{}, false
}

// Active gives the newest manifest.
func (s *Store) Active() *Manifest { return s.Manifests[len(s.Manifests)-1] }

// Manifest gives the manifest of a label, or nil.
func (s *Store) Manifest(label string) *Manifest {
	for _, m := range s.Manifests {
		if m.Label == label {
			return m
		}
	}
	return nil
}

// Bytes gives the store as it is kept in a .c2pa file.
func (s *Store) Bytes() []byte { return s.data }

// Read gives what the credential inside a file says, without judging it. The
// error wraps [ErrNone], [ErrFormat], [ErrBroken] or [ErrTooLarge].
func Read(a Asset, l Limits) (*Store, error) {
	data, _, err := extract(a, l)
	if err != nil {
		return nil, err
	}
	return ParseStore(data, l)
}

// ParseStore reads a manifest store, the content of a .c2pa file. It keeps data.
func ParseStore(data []byte, l Limits) (*Store, error) {
	if int64(len(data)) > l.store() {
		return nil, fmt.Errorf("%w: the manifest store has %d bytes", ErrTooLarge, len(data))
	}
	root, err := parseJUMBF(data)
	if err != nil {
		return nil, err
	}
	if root.kind != typeStore || root.label != "c2pa" {
		return nil, malformed("it is no manifest store")
	}
	if len(root.kids) == 0 {
		return nil, malformed("the store is empty")
	}
	if len(root.kids) > l.manifests() {
		return nil, fmt.Errorf("%w: %d manifests", ErrTooLarge, len(root.kids))
	}
	s := &Store{root: root, data: root.raw}
	seen := map[string]bool{}
	u := &unpacker{left: l.store() / 4}
	for _, k := range root.kids {
		if seen[k.label] {
			return nil, malformed("there are two manifests %.80q", k.label)
		}
		seen[k.label] = true
		if err := checkManifest(k); err != nil {
			return nil, err
		}
		m := k
		if k.kind == typeCompressed {
			if m, err = u.unpack(k); err != nil {
				m = k // told by the validation
			}
		}
		s.Manifests = append(s.Manifests, readManifest(m, k))
	}
	return s, nil
}

// partKinds are the types that the parts of a manifest must have.
var partKinds = map[string]boxType{
	"c2pa.assertions": typeAssertions, "c2pa.claim": typeClaim, "c2pa.claim.v2": typeClaim,
	"c2pa.signature": typeSignature, "c2pa.databoxes": typeBoxes, "c2pa.credentials": typeVC,
}

// checkManifest checks what no hash covers: the descriptions of a manifest's
// boxes.
func checkManifest(b *superbox) error {
	switch b.kind {
	case typeManifest, typeStandard, typeUpdate, typeCompressed:
	default:
		return malformed("the store has a box that is no manifest")
	}
	for _, k := range b.kids {
		if want, ok := partKinds[k.label]; ok && k.kind != want {
			return malformed("the box %s has another type", k.label)
		}
	}
	if b.kind != typeCompressed && len(b.boxes) > 0 {
		return malformed("a manifest has loose content")
	}
	return nil
}

func readManifest(b, outer *superbox) *Manifest {
	m := &Manifest{Label: b.label, Update: b.kind == typeUpdate, box: b, outer: outer}
	if as := b.child("c2pa.assertions"); as != nil {
		for _, k := range as.kids {
			m.Assertions = append(m.Assertions, readAssertion(k))
		}
	}
	if c, _ := m.claimBox(); c != nil {
		// A claim that can't be read is told by the validation.
		m.Claim, _ = readClaim(c, m.Update)
	}
	return m
}

func readAssertion(k *superbox) Assertion {
	a := Assertion{Label: k.label, CBOR: k.first("cbor"), JSON: k.first("json"), box: k}
	if d := k.first("bfdb"); len(d) > 1 {
		name, _, _ := strings.Cut(string(d[1:]), "\x00")
		a.MediaType, a.Data = name, k.first("bidb")
	}
	return a
}

// claimBox gives the claim of a manifest, and how many there are.
func (m *Manifest) claimBox() (*superbox, int) {
	var found *superbox
	n := 0
	for _, k := range m.box.kids {
		if k.kind == typeClaim || k.label == "c2pa.claim" || k.label == "c2pa.claim.v2" {
			n++
			if found == nil {
				found = k
			}
		}
	}
	return found, n
}

var (
	errClaimCBOR  = errors.New("c2pa: the claim is not CBOR")
	errClaimShape = errors.New("c2pa: the claim is not well formed")
)

// readClaim reads a claim. That of an update, which makes no new version of the
// file, need not have an instanceID, nor anything that its signer vouches for.
func readClaim(b *superbox, update bool) (*Claim, error) {
	raw := b.first("cbor")
	if raw == nil || wellformed.Wellformed(raw) != nil {
		return nil, errClaimCBOR
	}
	var w struct {
		InstanceID string          `cbor:"instanceID"`
		Info       cbor.RawMessage `cbor:"claim_generator_info"`
		Generator  string          `cbor:"claim_generator"`
		Signature  string          `cbor:"signature"`
		Created    []HashedURI     `cbor:"created_assertions"`
		Gathered   []HashedURI     `cbor:"gathered_assertions"`
		Assertions []HashedURI     `cbor:"assertions"`
		Title      string          `cbor:"dc:title"`
		Format     string          `cbor:"dc:format"`
		Redacted   []string        `cbor:"redacted_assertions"`
		Alg        string          `cbor:"alg"`
	}
	if err := decoder.Unmarshal(raw, &w); err != nil {
		return nil, fmt.Errorf("%w: %w", errClaimShape, err)
	}
	c := &Claim{
		Version: 1, InstanceID: w.InstanceID, Title: w.Title, Format: w.Format, Alg: w.Alg,
		Created: w.Assertions, Redacted: w.Redacted, Signature: w.Signature, raw: raw,
	}
	if b.label == "c2pa.claim.v2" {
		c.Version, c.Created, c.Gathered = 2, w.Created, w.Gathered
		if err := decoder.Unmarshal(w.Info, &c.Generator); err != nil || c.Generator.Name == "" {
			return nil, fmt.Errorf("%w: what made it has no name", errClaimShape)
		}
		if w.Assertions != nil {
			return nil, fmt.Errorf("%w: it has the fields of an older version", errClaimShape)
		}
	} else {
		c.Generator.Name = w.Generator
	}
	switch {
	case c.InstanceID == "" && !update:
		return nil, fmt.Errorf("%w: it has no instanceID", errClaimShape)
	case c.Signature == "":
		return nil, fmt.Errorf("%w: it names no signature", errClaimShape)
	case len(c.Created) == 0 && !(update && len(c.Gathered) > 0):
		return nil, fmt.Errorf("%w: it has no assertions", errClaimShape)
	}
	return c, nil
}

// resolve splits a JUMBF URI inside a manifest into the label of a manifest
// and the path behind it. A relative URI means the manifest it stands in.
func resolve(url, self string) (manifest string, path []string, ok bool) {
	rest, ok := strings.CutPrefix(url, "self#jumbf=")
	if !ok {
		return "", nil, false
	}
	if abs, isAbs := strings.CutPrefix(rest, "/c2pa/"); isAbs {
		parts := strings.Split(abs, "/")
		return parts[0], parts[1:], true
	}
	if strings.HasPrefix(rest, "/") {
		return "", nil, false
	}
	return self, strings.Split(rest, "/"), true
}

// at gives the superbox that a URI points to, or nil.
func (s *Store) at(url, self string) *superbox {
	label, path, ok := resolve(url, self)
	if !ok {
		return nil
	}
	m := s.Manifest(label)
	if m == nil {
		return nil
	}
	b := m.box
	for _, p := range path {
		if b = b.child(p); b == nil {
			return nil
		}
	}
	return b
}

// uri is the absolute JUMBF URI of a part of a manifest.
func uri(manifest string, path ...string) string {
	return "self#jumbf=/c2pa/" + strings.Join(append([]string{manifest}, path...), "/")
}
