package c2pa_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"time"

	"marquee/c2pa"
)

// drawn stands for a picture that a program has made.
func drawn() *bytes.Reader {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		panic(err)
	}
	return bytes.NewReader(b.Bytes())
}

func Example() {
	ctx := context.Background()
	// A key of one's own; c2pa.OpenIdentity keeps it in a folder.
	id, err := c2pa.NewIdentity("Spruce & Sons", time.Now())
	if err != nil {
		panic(err)
	}
	signer, err := id.Signer()
	if err != nil {
		panic(err)
	}
	var signed bytes.Buffer
	_, err = c2pa.Sign(ctx, &signed, drawn(), c2pa.Definition{
		Title:     "Winter lights",
		Generator: c2pa.Generator{Name: "Example", Version: "1.0"},
		Actions: []c2pa.Action{{
			Action: "c2pa.created", SourceType: c2pa.SourceTrained, Agent: c2pa.Generator{Name: "A model"},
		}},
	}, signer, c2pa.SignOptions{})
	if err != nil {
		panic(err)
	}

	// To others, the signer is unknown until they trust its root.
	r, err := c2pa.Validate(ctx, bytes.NewReader(signed.Bytes()), c2pa.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(r.State, r.Codes(c2pa.Failure))

	anchors, err := c2pa.ParseCertificates(id.Anchor)
	if err != nil {
		panic(err)
	}
	o := c2pa.Options{Trust: c2pa.Trust{Anchors: anchors}}
	if r, err = c2pa.Validate(ctx, bytes.NewReader(signed.Bytes()), o); err != nil {
		panic(err)
	}
	fmt.Println(r.State, r.Store.Active().Claim.Title)
	// Output:
	// Valid [signingCredential.untrusted]
	// Trusted Winter lights
}

// A published version of a work has the first one as its parent.
func ExampleSign_chain() {
	ctx := context.Background()
	id, err := c2pa.NewIdentity("Spruce & Sons", time.Now())
	if err != nil {
		panic(err)
	}
	signer, err := id.Signer()
	if err != nil {
		panic(err)
	}
	app := c2pa.Generator{Name: "Example"}
	var first, second bytes.Buffer
	_, err = c2pa.Sign(ctx, &first, drawn(), c2pa.Definition{
		Generator: app, Actions: []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceAlgorithmic}},
	}, signer, c2pa.SignOptions{})
	if err != nil {
		panic(err)
	}
	made := bytes.NewReader(first.Bytes())
	_, err = c2pa.Sign(ctx, &second, made, c2pa.Definition{
		Generator:   app,
		Ingredients: []c2pa.Ingredient{{Title: "as it was made", Relationship: c2pa.ParentOf, Asset: made}},
		Actions:     []c2pa.Action{{Action: "c2pa.opened", Ingredients: []int{0}}, {Action: "c2pa.published"}},
	}, signer, c2pa.SignOptions{})
	if err != nil {
		panic(err)
	}
	r, err := c2pa.Validate(ctx, bytes.NewReader(second.Bytes()), c2pa.Options{})
	if err != nil {
		panic(err)
	}
	for _, m := range c2pa.Describe(r).Manifests {
		for _, a := range m.Actions {
			fmt.Println(a.Action)
		}
	}
	// Output:
	// c2pa.opened
	// c2pa.published
	// c2pa.created
}

// A file of any kind can have its credential beside it.
func ExampleSign_sidecar() {
	ctx := context.Background()
	id, err := c2pa.NewIdentity("Spruce & Sons", time.Now())
	if err != nil {
		panic(err)
	}
	signer, err := id.Signer()
	if err != nil {
		panic(err)
	}
	letter := bytes.NewReader([]byte("%PDF-1.7 …"))
	signed, err := c2pa.Sign(ctx, nil, letter, c2pa.Definition{
		Generator: c2pa.Generator{Name: "Example"},
		Actions:   []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceDigitalCreation}},
	}, signer, c2pa.SignOptions{Detached: true})
	if err != nil {
		panic(err)
	}
	for _, text := range []string{"%PDF-1.7 …", "%PDF-1.7 !"} {
		r, err := c2pa.Validate(ctx, bytes.NewReader([]byte(text)), c2pa.Options{Manifest: signed.Store})
		if err != nil {
			panic(err)
		}
		fmt.Println(r.State, r.Codes(c2pa.Failure))
	}
	// Output:
	// Valid [signingCredential.untrusted]
	// Invalid [signingCredential.untrusted assertion.dataHash.mismatch]
}

// An XMP packet tells programs that know nothing of credentials where a work
// comes from, and where its credential can be had. The credential covers it.
func ExampleSign_metadata() {
	ctx := context.Background()
	id, err := c2pa.NewIdentity("Spruce & Sons", time.Now())
	if err != nil {
		panic(err)
	}
	signer, err := id.Signer()
	if err != nil {
		panic(err)
	}
	packet := `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:iptc="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
  iptc:DigitalSourceType="` + c2pa.SourceTrained + `"/>
</rdf:RDF>`
	var file bytes.Buffer
	signed, err := c2pa.Sign(ctx, &file, drawn(), c2pa.Definition{
		Generator: c2pa.Generator{Name: "Example"},
		Actions:   []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceTrained}},
		XMP:       []byte(packet),
		Remote:    "https://example.com/work.c2pa",
	}, signer, c2pa.SignOptions{RemoteOnly: true})
	if err != nil {
		panic(err)
	}

	// The file has only the address. What is kept there is fetched by a
	// function of the program, which decides where it goes and what it takes.
	r, err := c2pa.Validate(ctx, bytes.NewReader(file.Bytes()), c2pa.Options{
		Fetch: func(ctx context.Context, url string) ([]byte, error) {
			fmt.Println(url)
			return signed.Store, nil
		},
	})
	if err != nil {
		panic(err)
	}
	xmp, err := c2pa.XMPOf(bytes.NewReader(file.Bytes()))
	if err != nil {
		panic(err)
	}
	fmt.Println(r.State, bytes.Contains(xmp, []byte("trainedAlgorithmicMedia")))
	// Output:
	// https://example.com/work.c2pa
	// Valid true
}

// An update says something new about a file of which nothing else changes.
func ExampleSign_update() {
	ctx := context.Background()
	id, err := c2pa.NewIdentity("Spruce & Sons", time.Now())
	if err != nil {
		panic(err)
	}
	signer, err := id.Signer()
	if err != nil {
		panic(err)
	}
	app := c2pa.Generator{Name: "Example"}
	var first, second bytes.Buffer
	_, err = c2pa.Sign(ctx, &first, drawn(), c2pa.Definition{
		Generator: app, Actions: []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceAlgorithmic}},
	}, signer, c2pa.SignOptions{})
	if err != nil {
		panic(err)
	}
	_, err = c2pa.Sign(ctx, &second, bytes.NewReader(first.Bytes()), c2pa.Definition{
		Generator: app, Update: true,
		Actions:    []c2pa.Action{{Action: "c2pa.published"}},
		Statements: []c2pa.Statement{{Label: "com.example.review", Value: map[string]string{"by": "an editor"}}},
	}, signer, c2pa.SignOptions{})
	if err != nil {
		panic(err)
	}
	r, err := c2pa.Validate(ctx, bytes.NewReader(second.Bytes()), c2pa.Options{})
	if err != nil {
		panic(err)
	}
	review, _ := r.Store.Active().Assertion("com.example.review")
	var said struct {
		By string `cbor:"by"`
	}
	if err := review.Decode(&said); err != nil {
		panic(err)
	}
	fmt.Println(r.State, len(r.Store.Manifests), said.By)
	// Output:
	// Valid 2 an editor
}
