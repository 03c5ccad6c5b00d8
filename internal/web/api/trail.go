package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"marquee/internal/fault"
	"marquee/internal/ledger"
)

type ledgerRow struct {
	Seq         int64             `json:"seq"`
	At          time.Time         `json:"at"`
	Action      string            `json:"action"`
	Role        string            `json:"role"`
	SubjectKind string            `json:"subject_kind"`
	SubjectID   string            `json:"subject_id"`
	Campaign    string            `json:"campaign"`
	Public      map[string]string `json:"public"`
	Commitment  []byte            `json:"commitment,omitempty" doc:"Salted commitment to private details"`
}

func rowOut(r ledger.Row) ledgerRow {
	return ledgerRow{r.Seq, r.At, r.Action, r.Role, r.SubjectKind, r.SubjectID, r.Campaign, r.Public, r.Commitment}
}

// ledgerPlace reads the number of a row that a page begins at; "" is 0.
func ledgerPlace(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.New(fault.Malformed, "cursor_unreadable", "This page's place can't be read. Please start at the beginning.")
	}
	return n, nil
}

// trail registers how decisions are looked up.
func (a *API) trail() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/ledger", id: "list-ledger", tag: "Studio", access: Reviewer, summary: "Decisions as the ledger keeps them, in order",
	}, a.ledgerRows)
}

type ledgerIn struct {
	After string `query:"after" maxLength:"20" doc:"next of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (a *API) ledgerRows(ctx context.Context, in *ledgerIn) (*struct {
	Body struct {
		Rows []ledgerRow `json:"rows"`
		Next string      `json:"next"`
	}
}, error) {
	after, err := ledgerPlace(in.After)
	if err != nil {
		return nil, err
	}
	rows, err := a.Services.Ledger.Rows(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Rows []ledgerRow `json:"rows"`
			Next string      `json:"next"`
		}
	}{}
	out.Body.Rows = make([]ledgerRow, len(rows))
	for i, r := range rows {
		out.Body.Rows[i] = rowOut(r)
	}
	if len(rows) == in.Limit {
		out.Body.Next = strconv.FormatInt(rows[len(rows)-1].Seq, 10)
	}
	return out, nil
}
