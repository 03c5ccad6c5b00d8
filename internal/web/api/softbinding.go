package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/fault"
	"marquee/internal/provenance"
	"marquee/internal/web/problem"
)

// The soft-binding resolution API of the C2PA specification, so that other
// programs find our manifests by watermark and fingerprint. Only manifests of
// works that are public now are given: one that is not says as little as one
// that never was.
const (
	// SoftBindings is the path under which the API is served.
	SoftBindings = "/api/v1/c2pa"
	// SoftBindingDiscovery is where programs look for it (RFC 8615).
	SoftBindingDiscovery = "/.well-known/c2pa-soft-binding-resolution"
	softBindingVersion   = "2.4.0"
)

// The bounds of a query.
const (
	maxMatches      = 50
	maxBindingValue = 512
)

type softBindingMatch struct {
	ManifestID string `json:"manifestId"`
	Score      *int   `json:"similarityScore,omitempty" minimum:"0" maximum:"100"`
}

type softBindingMatches struct {
	Body struct {
		Matches []softBindingMatch `json:"matches"`
	}
}

type softBindingAlg struct {
	Alg string `json:"alg"`
}

// softBindings registers the resolution API.
func (a *API) softBindings() {
	limit := perAddress(a.Limits.Verify)
	register(a, operation{
		method: http.MethodGet, path: "/c2pa/matches/byBinding", id: "find-manifests-by-binding", tag: "Check", open: true, limit: limit,
		summary: "C2PA soft-binding resolution: manifests of public works by a watermark's or fingerprint's value",
	}, func(ctx context.Context, in *struct {
		Alg        string `query:"alg" doc:"One of supportedAlgorithms"`
		Value      string `query:"value" doc:"Base64"`
		MaxResults string `query:"maxResults" doc:"At least 1; 10 if it is left out"`
	}) (*softBindingMatches, error) {
		return a.byBinding(ctx, in.Alg, in.Value, in.MaxResults)
	})
	register(a, operation{
		method: http.MethodPost, path: "/c2pa/matches/byBinding", id: "find-manifests-by-large-binding", tag: "Check", open: true, limit: limit, raw: true,
		summary: "The same, with the value in the body",
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{
				Type: "object", Required: []string{"alg", "value"},
				Properties: map[string]*huma.Schema{"alg": {Type: "string"}, "value": {Type: "string", Description: "Base64"}},
			}}}}
		},
	}, func(ctx context.Context, in *struct {
		MaxResults string `query:"maxResults"`
	}) (*softBindingMatches, error) {
		var body struct{ Alg, Value string }
		if err := json.NewDecoder(http.MaxBytesReader(nil, request(ctx).Body, maxJSON)).Decode(&body); err != nil {
			return nil, fault.New(fault.Malformed, "request_unreadable", "The request can't be read. Please send valid JSON in UTF-8.").Because(err)
		}
		return a.byBinding(ctx, body.Alg, body.Value, in.MaxResults)
	})
	register(a, operation{
		method: http.MethodPost, path: "/c2pa/matches/byContent", id: "find-manifests-by-content", tag: "Check", open: true, limit: limit, raw: true,
		summary: "The same, with a picture whose watermark and fingerprint are looked for. It is not kept",
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"image/*": {Schema: &huma.Schema{
				Type: "string", Format: "binary", Description: "At most 25 MB",
			}}}}
		},
	}, a.byContent)
	register(a, operation{
		method: http.MethodGet, path: "/c2pa/manifests/{manifestId}", id: "get-manifest", tag: "Check", open: true, limit: perAddress(a.Limits.Verify),
		summary: "The manifest store of a public work, as a .c2pa file",
		shape: func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{Description: "The manifest store", Content: map[string]*huma.MediaType{
				"application/c2pa": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
			}}
		},
	}, a.manifestStore)
	a.softBindingServices()
}

func (a *API) softBindingServices() {
	register(a, operation{
		method: http.MethodGet, path: "/c2pa/services/supportedAlgorithms", id: "list-binding-algorithms", tag: "Check", open: true,
		summary: "C2PA soft-binding resolution: the algorithms that can be asked",
	}, func(context.Context, *none) (*struct {
		Body struct {
			Watermarks   []softBindingAlg `json:"watermarks"`
			Fingerprints []softBindingAlg `json:"fingerprints"`
		}
	}, error) {
		out := &struct {
			Body struct {
				Watermarks   []softBindingAlg `json:"watermarks"`
				Fingerprints []softBindingAlg `json:"fingerprints"`
			}
		}{}
		out.Body.Watermarks = []softBindingAlg{{provenance.WatermarkAlgorithm}}
		out.Body.Fingerprints = []softBindingAlg{{provenance.FingerprintAlgorithm}}
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/c2pa/services/capabilities", id: "list-binding-capabilities", tag: "Check", open: true,
		summary: "C2PA soft-binding resolution: what is served beyond the mandatory part",
	}, func(context.Context, *none) (*struct {
		Body struct {
			Version      string   `json:"c2paSpecificationVersion"`
			Capabilities []string `json:"supportedCapabilities"`
		}
	}, error) {
		out := &struct {
			Body struct {
				Version      string   `json:"c2paSpecificationVersion"`
				Capabilities []string `json:"supportedCapabilities"`
			}
		}{}
		out.Body.Version, out.Body.Capabilities = softBindingVersion, []string{"queryByContent"}
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/c2pa/services/status", id: "get-binding-status", tag: "Check", open: true,
		summary: "C2PA soft-binding resolution: whether the service answers",
	}, func(context.Context, *none) (*struct {
		Body struct {
			Status    string    `json:"status" enum:"ok,degraded,down"`
			Timestamp time.Time `json:"timestamp"`
		}
	}, error) {
		out := &struct {
			Body struct {
				Status    string    `json:"status" enum:"ok,degraded,down"`
				Timestamp time.Time `json:"timestamp"`
			}
		}{}
		out.Body.Status, out.Body.Timestamp = "ok", a.Now().UTC()
		return out, nil
	})
}

// Discover tells programs where the resolution API is.
func (a *API) Discover(w http.ResponseWriter, r *http.Request) {
	data, err := json.Marshal(map[string]string{
		"apiEndpoint": SoftBindings, "c2paSpecificationVersion": softBindingVersion,
		"capabilitiesEndpoint": SoftBindings + "/services/capabilities", "statusEndpoint": SoftBindings + "/services/status",
	})
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(data) // the caller has gone if this fails
}

func (a *API) byBinding(ctx context.Context, alg, value, most string) (*softBindingMatches, error) {
	n, err := atMost(most)
	if err != nil {
		return nil, err
	}
	if len(value) > maxBindingValue {
		return nil, provenance.BindingInvalid(nil)
	}
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		if raw, err = base64.URLEncoding.DecodeString(value); err != nil {
			return nil, provenance.BindingInvalid(err)
		}
	}
	bound, err := a.Services.Checker.Bound(ctx, alg, raw)
	if err != nil {
		return nil, err
	}
	return a.matches(ctx, bound, n)
}

// atMost reads how many matches are wanted.
func atMost(s string) (int, error) {
	if s == "" {
		return 10, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Malformed, "request_unreadable", "The request can't be read: maxResults is a whole number from 1.").Because(err)
	}
	return min(n, maxMatches), nil
}

type byContentIn struct {
	Alg        string `query:"alg" doc:"Look for this algorithm's value only"`
	MaxResults string `query:"maxResults"`
	HintAlg    string `query:"hintAlg" doc:"An algorithm whose value is known"`
	HintValue  string `query:"hintValue" doc:"That value, base64"`
}

func (a *API) byContent(ctx context.Context, in *byContentIn) (*softBindingMatches, error) {
	n, err := atMost(in.MaxResults)
	if err != nil {
		return nil, err
	}
	return within(ctx, a.Limits.Heavy, func() (*softBindingMatches, error) {
		data, err := io.ReadAll(http.MaxBytesReader(nil, request(ctx).Body, provenance.MaxCheck))
		if err != nil {
			return nil, brokenUpload(err, provenance.MaxCheck)
		}
		bound, err := a.Services.Checker.BoundIn(ctx, data, in.Alg)
		if err != nil {
			return nil, err
		}
		out, err := a.matches(ctx, bound, n)
		if err != nil || len(out.Body.Matches) > 0 || in.HintAlg == "" {
			return out, err
		}
		return a.byBinding(ctx, in.HintAlg, in.HintValue, in.MaxResults)
	})
}

// matches gives the newest manifests of those works that are public now.
func (a *API) matches(ctx context.Context, bound []provenance.Bound, most int) (*softBindingMatches, error) {
	out := &softBindingMatches{}
	out.Body.Matches = []softBindingMatch{}
	for _, b := range bound {
		if len(out.Body.Matches) == most {
			break
		}
		t, err := a.trace(ctx, b.Work)
		if err != nil {
			return nil, err
		}
		if t.State != "published" {
			continue
		}
		label, found, err := a.Services.Checker.Newest(ctx, b.Work.OriginID)
		if err != nil {
			return nil, err
		}
		if found {
			m := softBindingMatch{ManifestID: label}
			if b.Score > 0 {
				score := b.Score
				m.Score = &score
			}
			out.Body.Matches = append(out.Body.Matches, m)
		}
	}
	return out, nil
}

type manifestIn struct {
	ManifestID string `path:"manifestId" maxLength:"200" doc:"As in manifestId of a match"`
	Active     string `query:"returnActiveManifest" doc:"The whole store is given in any case, in which the manifest is the active one"`
}

func (a *API) manifestStore(ctx context.Context, in *manifestIn) (*fileOut, error) {
	if err := provenance.ManifestLabel(in.ManifestID); err != nil {
		return nil, err
	}
	k, err := a.Services.Checker.Subject(ctx, in.ManifestID)
	if err != nil {
		return nil, err
	}
	t, err := a.trace(ctx, k)
	if err != nil {
		return nil, err
	}
	if t.State != "published" {
		return nil, provenance.ManifestUnknown()
	}
	data, err := a.Services.Checker.ManifestStore(ctx, in.ManifestID)
	if err != nil {
		return nil, err
	}
	tag := strconv.Quote(in.ManifestID)
	if out := unchanged(request(ctx), tag, revalidate); out != nil {
		return out, nil
	}
	return &fileOut{Status: http.StatusOK, ContentType: "application/c2pa", ETag: tag, CacheControl: revalidate, Body: data}, nil
}
