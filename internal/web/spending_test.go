package web_test

import (
	"net/http"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

func TestSpending(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	admin, reviewer := site.Staff(account.Admin), site.Staff(account.Reviewer)

	limit := map[string]int64{"money": 5_000_000, "pictures": -1, "tokens": -1, "calls": -1}
	admin.Put("/api/v1/studio/budgets/team/day?name=design", limit).Want(http.StatusNoContent)
	limit["money"] = -2
	admin.Put("/api/v1/studio/budgets/team/day?name=design", limit).Want(http.StatusUnprocessableEntity)
	var budgets struct {
		Currency string
		Limits   []struct {
			Scope  struct{ Kind, Name string }
			Period string
			Most   map[string]int64
		}
		Accounts []map[string]any
		Alerts   []map[string]any
	}
	reviewer.Get("/api/v1/studio/budgets").Want(200).Into(&budgets)
	found := false
	for _, l := range budgets.Limits {
		found = found || l.Scope.Kind == "team" && l.Scope.Name == "design" && l.Period == "day" && l.Most["money"] == 5_000_000
	}
	if !found || budgets.Currency != "USD" {
		t.Errorf("%+v", budgets)
	}
	admin.Delete("/api/v1/studio/budgets/team/day?name=design").Want(http.StatusNoContent)
	admin.Delete("/api/v1/studio/budgets/team/day?name=design").Want(http.StatusNotFound)

	var costs struct{ Costs []map[string]any }
	reviewer.Get("/api/v1/studio/costs?from=2026-12-01&until=2026-12-31").Want(200).Into(&costs)
	reviewer.Get("/api/v1/studio/costs?from=tomorrow").Want(http.StatusBadRequest)
	table := reviewer.Get("/api/v1/studio/costs.csv").Want(200)
	if !strings.HasPrefix(string(table.Body), "day,campaign,capability,provider,model,outcome,calls,pictures,tokens,money_USD\n") ||
		!strings.HasPrefix(table.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("%s: %q", table.Header.Get("Content-Type"), table.Body)
	}
}

func TestModelsAndKeys(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	admin, producer := site.Staff(account.Admin), site.Staff(account.Producer)
	model := map[string]any{"provider": "openai", "name": "pic", "version": "2", "licence": "proprietary", "terms": "https://example.org/terms", "data": []string{"prompts"}}
	var made struct{ ID, State string }
	producer.Post("/api/v1/studio/models", model).Want(http.StatusCreated).Into(&made)
	if made.State != "proposed" {
		t.Errorf("%+v", made)
	}
	producer.Post("/api/v1/studio/models", model).Want(http.StatusConflict)
	admin.Post("/api/v1/studio/models/"+made.ID+"/approval", nil).Want(200).Into(&made)
	if made.State != "approved" {
		t.Errorf("%+v", made)
	}
	admin.Delete("/api/v1/studio/models/" + made.ID + "/approval").Want(200).Into(&made)
	if made.State != "retired" {
		t.Errorf("%+v", made)
	}
	canary := map[string]any{"provider": "gemini", "percent": 10}
	admin.Put("/api/v1/studio/canaries/picture/openai", canary).Want(http.StatusNoContent)

	const key = "sk-very-secret-0123456789"
	admin.Put("/api/v1/studio/providers/openai/key", map[string]string{"key": key}).Want(http.StatusNoContent)
	admin.Put("/api/v1/studio/providers/openai/key", map[string]string{"key": "a\nb"}).Want(http.StatusUnprocessableEntity)
	list := admin.Get("/api/v1/studio/models").Want(200)
	ledger := admin.Get("/api/v1/studio/ledger?limit=200").Want(200)
	for what, body := range map[string][]byte{"list": list.Body, "ledger": ledger.Body} {
		if strings.Contains(string(body), key) {
			t.Errorf("the %s shows a key", what)
		}
	}
	var shown struct {
		Keys     []struct{ Provider string }
		Canaries []struct {
			Percent, Calls int
		}
	}
	list.Into(&shown)
	if len(shown.Keys) != 1 || shown.Keys[0].Provider != "openai" || len(shown.Canaries) != 1 || shown.Canaries[0].Percent != 10 || shown.Canaries[0].Calls != 100 {
		t.Errorf("%+v", shown)
	}
	admin.Delete("/api/v1/studio/providers/openai/key").Want(http.StatusNoContent)
	admin.Delete("/api/v1/studio/canaries/picture/openai").Want(http.StatusNoContent)
}
