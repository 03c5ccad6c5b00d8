package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/budget"
	"marquee/internal/fault"
)

type costsIn struct {
	Campaign string `query:"campaign" maxLength:"64" doc:"Of this campaign only"`
	From     string `query:"from" maxLength:"10" doc:"First day, YYYY-MM-DD"`
	Until    string `query:"until" maxLength:"10" doc:"Last day, YYYY-MM-DD"`
}

// filter reads what costs are asked for.
func (in *costsIn) filter() (f budget.Filter, err error) {
	f.Campaign = in.Campaign
	if f.From, err = readDay(in.From); err != nil {
		return f, err
	}
	if f.Until, err = readDay(in.Until); err == nil && !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1)
	}
	return f, err
}

func readDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return day, fault.New(fault.Malformed, "day_unreadable", "A day is written as YYYY-MM-DD.")
	}
	return day, nil
}

// InScope is the part of an address that names whose money it is.
type InScope struct {
	Kind   string `path:"kind" enum:"house,campaign,team,market,person"`
	Period string `path:"period" enum:"whole,day"`
	Name   string `query:"name" maxLength:"100" doc:"Of the campaign, team, campaign/market or person; * for each person, empty for the house"`
}

func (in *InScope) scope() budget.Scope {
	return budget.Scope{Kind: budget.Kind(in.Kind), Name: in.Name}
}

type amountView struct {
	Money    int64 `json:"money" minimum:"-1" doc:"Millionths of the currency; -1 for no bound"`
	Pictures int64 `json:"pictures" minimum:"-1"`
	Tokens   int64 `json:"tokens" minimum:"-1"`
	Calls    int64 `json:"calls" minimum:"-1"`
}

type accountView struct {
	budget.Account
	Share int `json:"share" doc:"Percent spent of that part of the limit of which the most is"`
}

// budgets registers what staff see and settle of money.
func (a *API) budgets() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/costs", id: "get-costs", tag: "Studio", access: Reviewer,
		summary: "What calls to providers cost, by day, campaign, model and outcome",
	}, func(ctx context.Context, in *costsIn) (*struct {
		Body struct {
			Currency string        `json:"currency"`
			Costs    []budget.Cost `json:"costs"`
		}
	}, error) {
		f, err := in.filter()
		if err != nil {
			return nil, err
		}
		costs, err := a.Services.Budget.Costs(ctx, f)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Currency string        `json:"currency"`
				Costs    []budget.Cost `json:"costs"`
			}
		}{}
		out.Body.Currency, out.Body.Costs = budget.Currency, costs
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/studio/costs.csv", id: "export-costs", tag: "Studio", access: Reviewer,
		summary: "The same as CSV",
		shape: func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: "string"}}}}
		},
	}, a.costsCSV)
	register(a, operation{
		method: http.MethodGet, path: "/studio/budgets", id: "list-budgets", tag: "Studio", access: Reviewer,
		summary: "Limits, what is used of them now, and the last alerts",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			Currency string         `json:"currency"`
			Limits   []budget.Limit `json:"limits"`
			Accounts []accountView  `json:"accounts"`
			Alerts   []budget.Alert `json:"alerts"`
		}
	}, error) {
		limits, err := a.Services.Budget.Limits(ctx)
		if err != nil {
			return nil, err
		}
		accounts, err := a.Services.Budget.Accounts(ctx, budget.Scope{})
		if err != nil {
			return nil, err
		}
		alerts, err := a.Services.Budget.Alerts(ctx)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Currency string         `json:"currency"`
				Limits   []budget.Limit `json:"limits"`
				Accounts []accountView  `json:"accounts"`
				Alerts   []budget.Alert `json:"alerts"`
			}
		}{}
		out.Body.Currency, out.Body.Limits, out.Body.Alerts = budget.Currency, limits, alerts
		out.Body.Accounts = make([]accountView, len(accounts))
		for i, one := range accounts {
			out.Body.Accounts[i] = accountView{one, one.Share()}
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodPut, path: "/studio/budgets/{kind}/{period}", id: "set-budget", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "Set a limit; a campaign's pictures follow its file when that changes",
	}, func(ctx context.Context, in *struct {
		InScope
		Body amountView
	}) (*none, error) {
		return nil, a.Services.Budget.SetLimit(ctx, budget.Limit{Scope: in.scope(), Period: budget.Period(in.Period), Most: budget.Amount(in.Body)}, string(actor(ctx).Role))
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/budgets/{kind}/{period}", id: "remove-budget", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "Take a limit away",
	}, func(ctx context.Context, in *InScope) (*none, error) {
		return nil, a.Services.Budget.RemoveLimit(ctx, in.scope(), budget.Period(in.Period), string(actor(ctx).Role))
	})
}

// costsCSV writes costs for a spreadsheet. Names come from campaigns and
// adapters; those that a spreadsheet could take for a formula are quoted.
func (a *API) costsCSV(ctx context.Context, in *costsIn) (*struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	costs, err := a.Services.Budget.Costs(ctx, f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"day", "campaign", "capability", "provider", "model", "outcome", "calls", "pictures", "tokens", "money_" + budget.Currency}}
	for _, c := range costs {
		rows = append(rows, []string{
			c.Day, tame(c.Campaign), c.Capability, tame(c.Provider), tame(c.Model), c.Outcome,
			strconv.FormatInt(c.Calls, 10), strconv.FormatInt(c.Pictures, 10), strconv.FormatInt(c.Tokens, 10),
			strconv.FormatFloat(float64(c.Money)/1e6, 'f', 6, 64),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	out := &struct {
		Type        string `header:"Content-Type"`
		Disposition string `header:"Content-Disposition"`
		Body        []byte
	}{"text/csv; charset=utf-8", `attachment; filename="costs.csv"`, b.Bytes()}
	return out, nil
}

// tame keeps a text from being taken for a formula.
func tame(s string) string {
	if s != "" && bytes.IndexByte([]byte("=+-@\t\r"), s[0]) >= 0 {
		return "'" + s
	}
	return s
}
