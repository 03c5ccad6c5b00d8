package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.html
var docsSource string

//go:embed docs.css
var docsStyle []byte

const docsPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// describedOperation is one operation as the human page tells it.
type describedOperation struct {
	Method, Path, ID, Summary, Access string
	Parameters                        []describedField
	Body                              []describedField
	BodyKind                          string
	Status, Example                   string
	Answer                            []describedField
}

type describedField struct {
	Name, Kind, Doc string
	Required        bool
}

type chapter struct {
	Name       string
	Operations []describedOperation
}

// describe serves the OpenAPI document and the page for people. Both are made
// once: they are the same for everybody.
func (s *Server) describe(mux *http.ServeMux) error {
	data, err := s.api.Description()
	if err != nil {
		return err
	}
	page, err := template.New("docs").Parse(docsSource)
	if err != nil {
		return err
	}
	var human bytes.Buffer
	if err := page.Execute(&human, map[string]any{"Version": s.config.Version, "Chapters": chapters(s.api.Document())}); err != nil {
		return err
	}
	mux.HandleFunc("GET /api/openapi.json", fixed("application/json", "", data))
	mux.HandleFunc("GET /api/docs", fixed("text/html; charset=utf-8", docsPolicy, human.Bytes()))
	mux.HandleFunc("GET /api/docs.css", fixed("text/css; charset=utf-8", "", docsStyle))
	return nil
}

func fixed(kind, policy string, data []byte) http.HandlerFunc {
	sum := sha256.Sum256(data)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("ETag", tag)
		h.Set("Cache-Control", "no-cache")
		if policy != "" {
			h.Set("Content-Security-Policy", policy)
		}
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Method != http.MethodHead {
			_, _ = w.Write(data) // the caller has gone if this fails
		}
	}
}

func chapters(doc *huma.OpenAPI) []chapter {
	byTag := map[string][]describedOperation{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		item := doc.Paths[path]
		for _, one := range []struct {
			method string
			op     *huma.Operation
		}{{"GET", item.Get}, {"POST", item.Post}, {"PUT", item.Put}, {"DELETE", item.Delete}} {
			if one.op != nil {
				byTag[one.op.Tags[0]] = append(byTag[one.op.Tags[0]], describeOperation(doc, one.method, path, one.op))
			}
		}
	}
	var out []chapter
	for _, tag := range doc.Tags {
		out = append(out, chapter{tag.Name, byTag[tag.Name]})
	}
	return out
}

func describeOperation(doc *huma.OpenAPI, method, path string, op *huma.Operation) describedOperation {
	d := describedOperation{Method: method, Path: path, ID: op.OperationID, Summary: op.Summary}
	d.Access, _ = op.Extensions["x-marquee-access"].(string)
	for _, p := range op.Parameters {
		if p.In == "cookie" {
			continue
		}
		d.Parameters = append(d.Parameters, describedField{p.Name + " (" + p.In + ")", kindOf(doc, p.Schema), p.Description, p.Required})
	}
	if op.RequestBody != nil {
		for kind, media := range op.RequestBody.Content {
			d.BodyKind = kind
			d.Body = fieldsOf(doc, media.Schema)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		d.Status = status
		for kind, media := range op.Responses[status].Content {
			if kind == "application/json" {
				d.Answer = fieldsOf(doc, media.Schema)
			}
		}
	}
	return d
}

func fieldsOf(doc *huma.OpenAPI, schema *huma.Schema) []describedField {
	schema = resolve(doc, schema)
	if schema == nil {
		return nil
	}
	var out []describedField
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[name]
		out = append(out, describedField{name, kindOf(doc, p), resolve(doc, p).Description, slices.Contains(schema.Required, name)})
	}
	return out
}

func resolve(doc *huma.OpenAPI, schema *huma.Schema) *huma.Schema {
	if schema != nil && schema.Ref != "" {
		return doc.Components.Schemas.SchemaFromRef(schema.Ref)
	}
	return schema
}

// kindOf writes a schema's kind as people do: "text", "list of objects", or
// the words that it can be.
func kindOf(doc *huma.OpenAPI, schema *huma.Schema) string {
	schema = resolve(doc, schema)
	if schema == nil {
		return ""
	}
	if len(schema.Enum) > 0 {
		words := make([]string, 0, len(schema.Enum))
		for _, w := range schema.Enum {
			if text, ok := w.(string); ok {
				words = append(words, text)
			}
		}
		return strings.Join(words, " | ")
	}
	switch schema.Type {
	case "string":
		if schema.Format != "" {
			return "text, " + schema.Format
		}
		return "text"
	case "array":
		return "list of " + kindOf(doc, schema.Items)
	case "":
		return "anything"
	}
	return schema.Type
}
