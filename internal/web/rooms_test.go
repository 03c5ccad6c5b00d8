package web_test

import (
	"net/http"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

const kindness = `{"schema":1,"id":"kindness","version":"1.0.0","layer":"company","title":"Kindness",
 "rules":[{"id":"violence","kinds":["violence"],"then":"deny","because":"We are kind."}],
 "cases":[{"name":"a fight","input":{"stage":"prompt","findings":[{"detector":"example/1","kind":"violence","start":0,"end":0,"score":1}]},"outcome":"deny","rules":["violence"]}]}`

// TestAPackTakesTwoPeople goes the way of a pack: it is proposed, run dry, and
// put into force by another. Keys can do none of it.
func TestAPackTakesTwoPeople(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	ada, ben := person(t, site, "Ada"), person(t, site, "Ben")
	if p := site.Staff(account.Admin).Post("/api/v1/studio/policies", []byte(kindness)).Want(403).Problem(); p.Code != "person_needed" {
		t.Errorf("a key: %q", p.Code)
	}
	var v struct {
		ID, State string
		Mine      bool
	}
	ada.Post("/api/v1/studio/policies", []byte(kindness)).Want(201).Into(&v)
	if v.State != "proposed" || !v.Mine {
		t.Errorf("it is %+v", v)
	}
	var shift struct{ Seen int }
	ben.Get("/api/v1/studio/policies/" + v.ID + "/dry-run").Want(200).Into(&shift)
	ben.Get("/api/v1/studio/policies/none/dry-run").Want(404)
	if p := ada.Post("/api/v1/studio/policies/"+v.ID+"/confirm", nil).Want(403).Problem(); p.Code != "second_person" {
		t.Errorf("its own proposer: %q", p.Code)
	}
	ben.Post("/api/v1/studio/policies/"+v.ID+"/confirm", nil).Want(200).Into(&v)
	if v.State != "active" || v.Mine {
		t.Errorf("it is %+v", v)
	}
	ada.Post("/api/v1/studio/policies", []byte(`{"schema":1}`)).Want(422)
	ada.Post("/api/v1/studio/policies", []byte(`text`)).Want(422)
}

// person signs a producer in, as a person does: with an invitation's link.
func person(t *testing.T, site *webtest.Site, name string) *webtest.Client {
	t.Helper()
	var invite struct{ Link string }
	site.Staff(account.Admin).Post("/api/v1/staff/invites", map[string]any{"role": "producer"}).Want(201).Into(&invite)
	_, secret, _ := strings.Cut(invite.Link, "#")
	c := site.Visitor()
	answer := c.Post("/api/v1/staff/session", map[string]any{"secret": secret, "name": name})
	c.Cookies = (&http.Response{Header: answer.Header}).Cookies()
	if len(c.Cookies) == 0 {
		t.Fatalf("%s is not signed in: %d %s", name, answer.Status, answer.Body)
	}
	return c
}

// TestMoneyAndModelsAreSet reaches what an admin sets by an address.
func TestMoneyAndModelsAreSet(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	admin, producer := site.Staff(account.Admin), site.Staff(account.Producer)
	most := map[string]any{"money": 5_000_000, "pictures": -1, "tokens": -1, "calls": 10}
	admin.Put("/api/v1/studio/budgets/house/day", most).Want(204)
	admin.Put("/api/v1/studio/budgets/campaign/whole?name="+webtest.Campaign, most).Want(204)
	admin.Put("/api/v1/studio/budgets/king/day", most).Want(422)
	admin.Put("/api/v1/studio/budgets/campaign/day", most).Want(422)
	producer.Put("/api/v1/studio/budgets/house/day", most).Want(403)
	var budgets struct {
		Limits []struct {
			Scope  struct{ Kind, Name string }
			Period string
			Most   struct{ Money, Pictures, Calls int64 }
		}
	}
	producer.Get("/api/v1/studio/budgets").Want(200).Into(&budgets)
	found := false
	for _, l := range budgets.Limits {
		found = found || l.Scope.Kind == "campaign" && l.Scope.Name == webtest.Campaign && l.Period == "whole" && l.Most.Money == 5_000_000 && l.Most.Calls == 10
	}
	if !found {
		t.Errorf("the limits are %+v", budgets.Limits)
	}
	admin.Delete("/api/v1/studio/budgets/house/day").Want(204)
	producer.Get("/api/v1/studio/costs?from=yesterday").Want(400)

	trial := map[string]any{"provider": "new", "percent": 10}
	admin.Put("/api/v1/studio/canaries/picture/old", trial).Want(204)
	admin.Put("/api/v1/studio/canaries/song/old", trial).Want(422)
	producer.Put("/api/v1/studio/canaries/picture/old", trial).Want(403)
	var models struct {
		Canaries []struct{ Capability, Incumbent, Provider string }
	}
	producer.Get("/api/v1/studio/models").Want(200).Into(&models)
	if len(models.Canaries) != 1 || models.Canaries[0].Capability != "picture" || models.Canaries[0].Incumbent != "old" || models.Canaries[0].Provider != "new" {
		t.Errorf("the trials are %+v", models.Canaries)
	}
	admin.Delete("/api/v1/studio/canaries/picture/old").Want(204)
	const key = "sk-not-a-real-one"
	admin.Put("/api/v1/studio/providers/openai/key", map[string]any{"key": key}).Want(204)
	producer.Put("/api/v1/studio/providers/openai/key", map[string]any{"key": key}).Want(403)
	if body := string(admin.Get("/api/v1/studio/models").Want(200).Body); strings.Contains(body, key) || !strings.Contains(body, `"provider":"openai"`) {
		t.Errorf("the register shows %s", body)
	}
}
