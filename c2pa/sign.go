package c2pa

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"
)

// SignOptions say how to sign. The zero value is good: no time stamp, now.
type SignOptions struct {
	// TimeStamper confirms when it was signed; nil for none. If it fails, so
	// does signing.
	TimeStamper TimeStamper
	// OCSP is a response of the signer's authority, DER, to staple; may be nil.
	OCSP []byte
	// ClaimTime writes the time of the clock into the signature, as the signer's
	// own word. It proves nothing; a time stamp does.
	ClaimTime bool
	// Validate says how ingredients are judged.
	Validate Options
	// Detached leaves the file as it is: the store goes beside it, as a .c2pa
	// file, and nothing is written. Any kind of file can be signed so.
	Detached bool
	// RemoteOnly writes the file with the address of Definition.Remote and
	// without a credential: the store is to be put at that address.
	RemoteOnly bool
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Signed is what came out of signing.
type Signed struct {
	// Label names the new manifest, InstanceID this version of the file.
	Label, InstanceID string
	// MediaType is the file's, "" if it is of no known kind.
	MediaType string
	// Store is the manifest store, as in the file, or for a .c2pa file.
	Store []byte
}

// Sign writes a copy of a file with a new credential in it to dst. What the
// old one said is lost, unless the definition has the file as an ingredient.
// The copy is written only when all else is done, so dst is untouched after
// an error that is not dst's own. A definition that can't be signed gives
// [ErrDefinition], a file [ErrFormat], [ErrBroken] or [ErrTooLarge].
func Sign(ctx context.Context, dst io.Writer, a Asset, d Definition, s Signer, o SignOptions) (*Signed, error) {
	if d.Update {
		if err := d.checkUpdate(); err != nil {
			return nil, err
		}
		d.Ingredients = []Ingredient{{Relationship: ParentOf, Asset: a}}
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	switch {
	case o.Detached && (d.XMP != nil || d.Remote != "" || o.RemoteOnly):
		return nil, wrong("a file that is left as it is can't have new metadata")
	case d.Update && (o.Detached || o.RemoteOnly):
		return nil, wrong("an update goes into the file that it updates")
	case o.RemoteOnly && d.Remote == "":
		return nil, wrong("the remote credential has no address")
	}
	c, err := sniff(a)
	if err != nil && !(errors.Is(err, ErrFormat) && o.Detached) {
		return nil, err
	}
	if d.Update {
		d.Ingredients[0].Format = c.name()
	}
	b := &builder{ctx: ctx, d: d, o: o, signer: s}
	if err := b.prepare(); err != nil {
		return nil, err
	}
	out := &Signed{Label: b.label, InstanceID: b.instance}
	if c != nil {
		out.MediaType = c.name()
		if a, err = d.amended(a, c); err != nil {
			return nil, err
		}
	}
	if o.Detached || o.RemoteOnly {
		h, err := hashWhole(ctx, a)
		if err != nil {
			return nil, err
		}
		b.hard = dataHash{Alg: "sha256", Hash: h, Pad: []byte{}, Name: "jumbf manifest"}
		b.hardLabel = "c2pa.hash.data"
		if out.Store, err = b.store(true); err != nil || o.Detached {
			return out, err
		}
		return out, copyTo(ctx, dst, a)
	}
	p, err := b.layOut(a, c)
	if err != nil {
		return nil, err
	}
	if out.Store, err = b.store(true); err != nil {
		return nil, err
	}
	embedded, err := p.part(out.Store)
	if err != nil {
		return nil, err
	}
	framed := p.frame(embedded)
	if int64(len(framed)) != p.hole.length {
		return nil, errors.New("c2pa: the credential's length moved while it was signed")
	}
	signed := p.filled(a, framed)
	if d.Update {
		if err := b.checkUpdated(signed); err != nil {
			return nil, err
		}
	}
	return out, copyTo(ctx, dst, signed)
}

func hashWhole(ctx context.Context, a Asset) ([]byte, error) {
	h, err := newHash("sha256")
	if err != nil {
		return nil, err
	}
	err = hashStretches(ctx, h, a, []stretch{{span: span{0, a.Size()}}})
	return h.Sum(nil), err
}

// builder makes one manifest store.
type builder struct {
	ctx             context.Context
	d               Definition
	o               SignOptions
	signer          Signer
	label, instance string
	carried         [][]byte // superboxes of manifests from ingredients
	boxes           [][]byte // assertions, less the binding
	created         []HashedURI
	gathered        []HashedURI
	hardLabel       string
	hard            any
	reserve         int
	counts          map[string]int
}

// unique numbers the second and later assertions of a label.
func (b *builder) unique(label string) string {
	n := b.counts[label]
	b.counts[label]++
	if n == 0 {
		return label
	}
	return fmt.Sprintf("%s__%d", label, n)
}

func (b *builder) add(label string, raw []byte, gathered bool) (HashedURI, error) {
	h, err := sum("sha256", raw[8:])
	if err != nil {
		return HashedURI{}, err
	}
	r := HashedURI{URL: "self#jumbf=c2pa.assertions/" + label, Hash: h}
	b.boxes = append(b.boxes, raw)
	if gathered {
		b.gathered = append(b.gathered, r)
	} else {
		b.created = append(b.created, r)
	}
	return r, nil
}

func (b *builder) addCBOR(label string, v any, gathered bool) (HashedURI, error) {
	data, err := marshal(v)
	if err != nil {
		return HashedURI{}, err
	}
	label = b.unique(label)
	return b.add(label, super(typeCBOR, label, box("cbor", data)), gathered)
}

func (b *builder) addJSON(label string, data []byte, gathered bool) error {
	label = b.unique(label)
	_, err := b.add(label, super(typeJSON, label, box("json", data)), gathered)
	return err
}

func (b *builder) addThumbnail(label string, t *Thumbnail) (HashedURI, error) {
	label = b.unique(label)
	return b.add(label, super(typeEmbedded, label, box("bfdb", []byte{0}, []byte(t.MediaType), []byte{0}), box("bidb", t.Data)), false)
}

// prepare makes all that does not depend on the file's bytes.
func (b *builder) prepare() error {
	b.counts = map[string]int{}
	if b.label = b.d.Label; b.label == "" {
		b.label = "urn:c2pa:" + newUUID()
	}
	if b.instance = b.d.InstanceID; b.instance == "" {
		b.instance = "xmp:iid:" + newUUID()
	}
	if t := b.d.Thumbnail; t != nil {
		if _, err := b.addThumbnail("c2pa.thumbnail.claim", t); err != nil {
			return err
		}
	}
	refs, err := b.ingredients()
	if err != nil {
		return err
	}
	if err := b.actions(refs); err != nil {
		return err
	}
	for _, s := range b.d.SoftBindings {
		_, err := b.addCBOR("c2pa.soft-binding", map[string]any{
			"alg": s.Algorithm, "pad": []byte{},
			"blocks": []any{map[string]any{"scope": map[string]any{}, "value": s.Value}},
		}, false)
		if err != nil {
			return err
		}
	}
	if b.d.Metadata != nil {
		if !json.Valid(b.d.Metadata) {
			return wrong("its metadata are not JSON")
		}
		if err := b.addJSON("c2pa.metadata", b.d.Metadata, false); err != nil {
			return err
		}
	}
	for _, s := range b.d.Statements {
		if !s.JSON {
			if _, err := b.addCBOR(s.Label, s.Value, s.Gathered); err != nil {
				return err
			}
			continue
		}
		data, err := json.Marshal(s.Value)
		if err != nil {
			return wrong("the assertion %s: %v", s.Label, err)
		}
		if err := b.addJSON(s.Label, data, s.Gathered); err != nil {
			return err
		}
	}
	b.reserve = 2048 + len(b.o.OCSP)
	for _, c := range b.signer.Chain() {
		b.reserve += len(c.Raw) + 8
	}
	if b.o.TimeStamper != nil {
		b.reserve += roomForToken
	}
	return nil
}

// roomForToken is what is kept free for a time stamp. Those of public
// authorities have 3 to 7 KB.
const roomForToken = 12 << 10

func (b *builder) actions(refs []HashedURI) error {
	now := b.o.Now()
	var list []any
	add := func(a Action) {
		when := a.When
		if when.IsZero() {
			when = now
		}
		m := map[string]any{"action": a.Action, "when": tdate(when)}
		if a.SourceType != "" {
			m["digitalSourceType"] = a.SourceType
		}
		if a.Agent.Name != "" {
			m["softwareAgent"] = a.Agent
		}
		if a.Description != "" {
			m["description"] = a.Description
		}
		parameters := maps.Clone(a.Parameters)
		if parameters == nil {
			parameters = map[string]any{}
		}
		var of []HashedURI
		for _, i := range a.Ingredients {
			of = append(of, refs[i])
		}
		if of != nil {
			parameters["ingredients"] = of
		}
		if len(parameters) > 0 {
			m["parameters"] = parameters
		}
		list = append(list, m)
	}
	for _, a := range b.d.Actions {
		add(a)
	}
	for _, r := range b.d.Redactions {
		reason := r.Reason
		if reason == "" {
			reason = "c2pa.unspecified"
		}
		add(Action{Action: "c2pa.redacted", Parameters: map[string]any{"redacted": r.URI}})
		list[len(list)-1].(map[string]any)["reason"] = reason
	}
	if len(list) == 0 {
		return nil // as an update may
	}
	_, err := b.addCBOR("c2pa.actions.v2", map[string]any{"actions": list, "allActionsIncluded": true}, false)
	return err
}

// store makes the manifest store, with a signature or with its room.
func (b *builder) store(sign bool) ([]byte, error) {
	created, boxes := b.created[:len(b.created):len(b.created)], b.boxes[:len(b.boxes):len(b.boxes)]
	kind := typeUpdate
	if !b.d.Update {
		kind = typeManifest
		data, err := marshal(b.hard)
		if err != nil {
			return nil, err
		}
		hard := super(typeCBOR, b.hardLabel, box("cbor", data))
		h, err := sum("sha256", hard[8:])
		if err != nil {
			return nil, err
		}
		created = append(created, HashedURI{URL: "self#jumbf=c2pa.assertions/" + b.hardLabel, Hash: h})
		boxes = append(boxes, hard)
	}
	claim := map[string]any{
		"instanceID":           b.instance,
		"claim_generator_info": b.d.Generator,
		"signature":            uri(b.label, "c2pa.signature"),
		"created_assertions":   created,
		"alg":                  "sha256",
	}
	if b.d.Title != "" {
		claim["dc:title"] = b.d.Title
	}
	if len(b.gathered) > 0 {
		claim["gathered_assertions"] = b.gathered
	}
	if len(b.d.Redactions) > 0 {
		var list []string
		for _, r := range b.d.Redactions {
			list = append(list, r.URI)
		}
		claim["redacted_assertions"] = list
	}
	raw, err := marshal(claim)
	if err != nil {
		return nil, err
	}
	sig := make([]byte, b.reserve)
	if sign {
		if sig, err = b.sign(raw); err != nil {
			return nil, err
		}
	}
	m := super(kind, b.label,
		super(typeAssertions, "c2pa.assertions", boxes...),
		super(typeClaim, "c2pa.claim.v2", box("cbor", raw)),
		super(typeSignature, "c2pa.signature", box("cbor", sig)))
	return super(typeStore, "c2pa", append(b.carried[:len(b.carried):len(b.carried)], m)...), nil
}

// newUUID makes a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
