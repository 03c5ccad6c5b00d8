package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// description is as much of the OpenAPI document as the tests read.
type description struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		ID       string           `json:"operationId"`
		Access   string           `json:"x-marquee-access"`
		Security []map[string]any `json:"security"`
		Summary  string           `json:"summary"`
	} `json:"paths"`
}

// TestNobodyWithoutRights walks the API's own description: every operation
// that is not public refuses those who may not call it, before it reads
// anything else of the request.
func TestNobodyWithoutRights(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	var doc description
	site.Visitor().Get("/api/openapi.json").Want(200).Into(&doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", doc.OpenAPI)
	}
	callers := map[string]*webtest.Client{
		"visitor": site.Visitor(), "participant": site.Participant("en"),
		"reviewer": site.Staff(account.Reviewer), "producer": site.Staff(account.Producer), "admin": site.Staff(account.Admin),
	}
	may := map[string]string{
		"public":                  "visitor participant reviewer producer admin",
		"participant":             "participant",
		"participant or reviewer": "participant reviewer producer admin",
		"reviewer":                "reviewer producer admin",
		"producer":                "producer admin",
		"admin":                   "admin",
	}
	seen := 0
	for path, operations := range doc.Paths {
		for method, op := range operations {
			allowed, ok := may[op.Access]
			if !ok {
				t.Errorf("%s %s says nothing of who may call it", method, path)
				continue
			}
			if (op.Access == "public") != (len(op.Security) == 0) {
				t.Errorf("%s: access %q and security %v", op.ID, op.Access, op.Security)
			}
			if op.ID == "leave" {
				allowed += " participant" // it is called last, by nobody: it would end the participant
			}
			for name, c := range callers {
				if strings.Contains(" "+allowed+" ", " "+name+" ") {
					continue
				}
				seen++
				address := strings.NewReplacer("{campaign}", webtest.Campaign, "{id}", "none", "{row}", "style", "{kit}", "lumipine", "{version}", "1.1.0", "{mark}", "emblem").Replace(path)
				a := c.In(t).Send(c.Request(strings.ToUpper(method), address, nil))
				if a.Status != http.StatusUnauthorized && a.Status != http.StatusForbidden {
					t.Errorf("%s %s as %s: %d %s", method, path, name, a.Status, a.Body)
					continue
				}
				a.Problem()
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d refusals were seen", seen)
	}
}

// TestPromisedAddresses are there: programs rely on them.
func TestPromisedAddresses(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	var doc description
	data, err := site.Server.Description()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	for _, promise := range []string{
		"post /campaigns/{campaign}/participants", "post /campaigns/{campaign}/generations", "get /generations/{id}", "get /generations/{id}/events",
		"delete /generations/{id}", "post /creations", "put /creations/{id}/composition", "get /creations/{id}", "get /creations/{id}/image",
		"post /creations/{id}/entry", "delete /creations/{id}/entry", "delete /creations/{id}", "get /campaigns/{campaign}/gallery",
		"put /entries/{id}/vote", "delete /entries/{id}/vote", "post /entries/{id}/reports", "get /review/items", "post /review/items/{id}/decision", "post /verify",
	} {
		method, path, _ := strings.Cut(promise, " ")
		if op, ok := doc.Paths["/api/v1"+path][method]; !ok || op.Summary == "" {
			t.Errorf("%s is missing, or not described", promise)
		}
	}
	visitor := site.Visitor()
	if p := visitor.Get("/api/v1/nothing").Want(404).Problem(); p.Code != "no_such_operation" {
		t.Errorf("an unknown address: %s", p.Code)
	}
	a := visitor.Delete("/api/v1/verify").Want(405)
	if p := a.Problem(); p.Code != "method_unknown" || a.Header.Get("Allow") != "POST" {
		t.Errorf("a wrong method: %s, Allow %q", p.Code, a.Header.Get("Allow"))
	}
	visitor.Post("/c/"+webtest.Campaign, nil).Want(404).Problem()
}
