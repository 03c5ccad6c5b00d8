package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/fault"
	"marquee/internal/provenance"
	"marquee/internal/web/edge"
)

type verifyOut struct {
	Body struct {
		Match   string         `json:"match" enum:"exact,credential,watermark,fingerprint,none" doc:"By what it was recognised, the surest first"`
		SHA256  string         `json:"sha256"`
		Message string         `json:"message" doc:"What was found, in a sentence or two"`
		Work    *workView      `json:"work" doc:"What it comes from; null if that is not known"`
		Also    []workView     `json:"also" doc:"Other works that look about as much alike; only after match fingerprint"`
		Steps   []checkStep    `json:"steps" doc:"The four looks at the file, in their order"`
		Undone  []string       `json:"undone" doc:"Steps for which there was no time. Unless it is empty, match none is no answer"`
		Signed  *signedView    `json:"credential" doc:"What the file's content credential says; null if it has none"`
		History []historyEvent `json:"history" doc:"The way of the work, oldest first; the last event is the file that was checked"`
	}
}

// verify registers the public check.
func (a *API) verify() {
	binary := func(what string) *huma.Schema {
		return &huma.Schema{Type: "string", Format: "binary", Description: what}
	}
	register(a, operation{
		method: http.MethodPost, path: "/verify", id: "verify-file", tag: "Check", limit: perAddress(a.Limits.Verify),
		summary: "Whether a file came from here, when and how it was made. The file is not kept",
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
				Type: "object", Required: []string{"file"},
				Properties: map[string]*huma.Schema{
					"file":     binary("A picture, or any file that is signed, of at most 25 MB"),
					"manifest": binary("The .c2pa file that came beside it, of at most 8 MB"),
				},
			}}}}
		},
	}, func(ctx context.Context, _ *none) (*verifyOut, error) {
		return within(ctx, a.Limits.Heavy, func() (*verifyOut, error) {
			e, err := evidenceOf(request(ctx))
			if err != nil {
				return nil, err
			}
			return a.check(ctx, e)
		})
	})
}

// maxVerify and maxVerifyPixels bound pictures that are looked at.
const (
	maxVerify       = provenance.MaxCheck
	maxVerifyPixels = provenance.MaxCheckPixels
)

// fileOf reads the multipart field "file" of at most limit bytes into memory;
// nothing is written to a disk.
func fileOf(r *http.Request, limit int64) ([]byte, error) {
	fields, err := formOf(r, map[string]int64{"file": limit})
	return fields["file"], err
}

// evidenceOf reads the multipart fields "file" and "manifest".
func evidenceOf(r *http.Request) (provenance.Evidence, error) {
	fields, err := formOf(r, map[string]int64{"file": provenance.MaxCheck, "manifest": provenance.MaxSidecar})
	e := provenance.Evidence{Data: fields["file"]}
	if len(fields["manifest"]) > 0 {
		e.Sidecar = fields["manifest"]
	}
	return e, err
}

// maxParts bounds the fields of a form that are read.
const maxParts = 16

// formOf reads named multipart fields, each of at most its limit, into
// memory. The field "file" has to be there; of one that is there twice the first
// counts.
func formOf(r *http.Request, limits map[string]int64) (map[string][]byte, error) {
	missing := fault.New(fault.Invalid, "file_missing", "Please choose a file. It goes into the multipart field \"file\".")
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return nil, missing
	}
	total := int64(64 << 10)
	for _, limit := range limits {
		total += limit
	}
	r.Body = http.MaxBytesReader(nil, r.Body, total)
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, missing.Because(err)
	}
	out := map[string][]byte{}
	for range maxParts {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, brokenUpload(err, limits["file"])
		}
		name := part.FormName()
		limit, wanted := limits[name]
		if _, there := out[name]; !wanted || there {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(part, limit+1))
		if err != nil {
			return nil, brokenUpload(err, limits["file"])
		}
		if int64(len(data)) > limit {
			return nil, tooLarge(limit)
		}
		out[name] = data
		if len(out) == len(limits) {
			break
		}
	}
	if len(out["file"]) == 0 {
		return nil, missing
	}
	return out, nil
}

func brokenUpload(err error, limit int64) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return tooLarge(limit)
	}
	return fault.New(fault.Malformed, "upload_broken", "The file did not arrive whole. Please try again.").Because(err)
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "file_too_large", "This file is larger than %d MB.", limit>>20).With("max", limit>>20)
}

// maxAlso bounds the works that are told beside the first.
const maxAlso = 4

// check says what is known of a file.
func (a *API) check(ctx context.Context, e provenance.Evidence) (*verifyOut, error) {
	r, err := a.Services.Checker.Check(ctx, e)
	if err != nil {
		return nil, err
	}
	out := &verifyOut{}
	b := &out.Body
	b.Match, b.SHA256, b.Also, b.Undone, b.History = string(r.Match), r.SHA256, []workView{}, []string{}, []historyEvent{}
	for _, s := range r.Undone() {
		b.Undone = append(b.Undone, string(s))
	}
	found, err := a.tracedAll(ctx, r.Works)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		first := found[0]
		b.Work = &first.workView
		if r.Match == provenance.MatchFingerprint {
			for _, t := range found[1:min(len(found), 1+maxAlso)] {
				b.Also = append(b.Also, t.workView)
			}
		}
		if len(b.Also) == 0 {
			if b.History, err = a.historyOf(ctx, first, r); err != nil {
				return nil, err
			}
		}
	}
	w := words{locale: edge.VisitOf(ctx).Locale}
	b.Message = w.message(r, b.Work)
	b.Steps = w.steps(r)
	b.Signed = viewSigned(r.Credential)
	return out, nil
}

// tracedAll tells what is known of works. The same bytes may have been served
// for several; one that is public says the most, so it comes first.
func (a *API) tracedAll(ctx context.Context, works []provenance.Known) ([]traced, error) {
	var out []traced
	for _, k := range works[:min(len(works), 1+2*maxAlso)] {
		t, err := a.trace(ctx, k)
		if err != nil {
			return nil, err
		}
		if t.State == "published" && len(out) > 0 && out[0].State != "published" {
			out = append([]traced{t}, out...)
			continue
		}
		out = append(out, t)
	}
	return out, nil
}
