package openai

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

// TestAzure wants the deployment in the path, the version in the query and the
// key in Azure's own header.
func TestAzure(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []string
	p := providertest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.String()+" "+r.Header.Get("Api-Key")+r.Header.Get("Authorization"))
		mu.Unlock()
		providertest.OpenAI().ServeHTTP(w, r)
	}))
	c := at(p.URL, "our-model", providertest.Long)
	c.BaseURL, c.AzureVersion = p.URL, "2025-04-01-preview"
	pictures, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	edits, err := NewEdits(c)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := NewTexts(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pictures.Picture(t.Context(), providertest.Request(1024, 1024), nil); err != nil {
		t.Error(err)
	}
	if _, err := edits.Edit(t.Context(), providertest.EditRequest(provider.Variation), nil); err != nil {
		t.Error(err)
	}
	if _, err := texts.Text(t.Context(), providertest.TextRequest(), nil); err != nil {
		t.Error(err)
	}
	if err := texts.Check(t.Context()); err != nil {
		t.Error(err)
	}
	const deployment, query = "/openai/deployments/our-model/", "?api-version=2025-04-01-preview " + providertest.Secret
	want := []string{
		"POST " + deployment + "images/generations" + query, "POST " + deployment + "images/edits" + query,
		"POST " + deployment + "chat/completions" + query, "GET /openai/models" + query,
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked for\n%q, want\n%q", asked, want)
	}
	if _, err := New(Config{AzureVersion: "v", Model: "m"}); err == nil {
		t.Error("Azure without an address")
	}
}
