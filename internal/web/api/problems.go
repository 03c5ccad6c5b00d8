package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

// huma asks this one place for the error of a request that it refuses itself.
// It is a variable of that package, so it is set once for the process.
func init() {
	huma.NewErrorWithContext = func(hc huma.Context, status int, message string, causes ...error) huma.StatusError {
		locale := "en"
		if hc != nil {
			locale = edge.VisitOf(hc.Context()).Locale
		}
		p := problem.From(refusal(status, message, causes), locale)
		if hc != nil {
			for key, values := range p.GetHeaders() {
				hc.SetHeader(key, values[0])
			}
		}
		return p
	}
}

// refusal gives the fault of a request that does not fit its description.
func refusal(status int, message string, causes []error) error {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, "body_too_large", "That is too large to take. Please send less.")
	case http.StatusUnsupportedMediaType:
		return fault.New(fault.Unsupported, "media_type_unknown", "The request's content is of a kind that can't be read here. Send application/json.")
	case http.StatusUnprocessableEntity:
		f := fault.New(fault.Invalid, "request_invalid", "Some of what was sent does not fit. Please check the named fields.")
		for _, cause := range causes {
			var detail huma.ErrorDetailer
			if !errors.As(cause, &detail) {
				continue
			}
			d := detail.ErrorDetail()
			f.Fields = append(f.Fields, fault.Field{Path: strings.TrimPrefix(d.Location, "body."), Code: "field_invalid", Message: d.Message})
			if len(f.Fields) == 20 {
				break
			}
		}
		return f
	case http.StatusInternalServerError:
		return errors.Join(append(causes, errors.New(message))...)
	}
	return fault.New(fault.Malformed, "request_unreadable", "The request can't be read. Please send valid JSON in UTF-8.").Because(errors.Join(causes...))
}

// problemResponse describes every answer that is not a success.
func problemResponse() *huma.Response {
	return &huma.Response{
		Description: "A problem as in RFC 9457; code tells what happened.",
		Content: map[string]*huma.MediaType{"application/problem+json": {Schema: &huma.Schema{
			Type: "object",
			Properties: map[string]*huma.Schema{
				"type": {Type: "string"}, "title": {Type: "string"}, "status": {Type: "integer"},
				"code":   {Type: "string", Description: "Stable; tells problems apart"},
				"detail": {Type: "string", Description: "What happened and what to do, in the caller's language"},
				"fields": {Type: "array", Items: &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{
					"path": {Type: "string"}, "code": {Type: "string"}, "message": {Type: "string"},
				}}},
				"findings": {Type: "array", Items: &huma.Schema{Type: "object"}},
			},
			Required: []string{"type", "title", "status", "code", "detail"},
		}}},
	}
}
