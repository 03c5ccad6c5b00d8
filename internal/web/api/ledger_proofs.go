package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/ledger/tree"
)

type ledgerWitness struct {
	Name string    `json:"name"`
	Size int64     `json:"size" doc:"Of the checkpoint that it cosigned last"`
	At   time.Time `json:"at" doc:"When it did, by its own clock"`
	// Checkpoint is the one it cosigned, with its cosignature.
	Checkpoint string `json:"checkpoint" doc:"That checkpoint as a signed note, with this cosignature"`
}

type ledgerHead struct {
	Origin     string          `json:"origin"`
	Size       int64           `json:"size" doc:"Rows in the tree"`
	Root       string          `json:"root" doc:"Base64 of the root hash"`
	Checkpoint string          `json:"checkpoint" doc:"The signed note (C2SP tlog-checkpoint)"`
	Verifier   string          `json:"verifier" doc:"The key to check it with; better had by another way than this one"`
	Witnesses  []ledgerWitness `json:"witnesses"`
}

func headOut(h tree.Head) ledgerHead {
	out := ledgerHead{h.Origin, h.Size, h.Root.String(), string(h.Signed), h.Verifier, make([]ledgerWitness, len(h.Witnesses))}
	for i, w := range h.Witnesses {
		out.Witnesses[i] = ledgerWitness{w.Witness, w.Size, w.At, w.Checkpoint + w.Line}
	}
	return out
}

func hashesOut(hashes []tlog.Hash) []string {
	out := make([]string, len(hashes))
	for i, h := range hashes {
		out[i] = h.String()
	}
	return out
}

// ledgerProofs registers how the ledger is proven.
func (a *API) ledgerProofs() {
	register(a, operation{
		method: http.MethodGet, path: "/ledger/checkpoint", id: "ledger-checkpoint", tag: "Ledger", access: Public, summary: "The newest signed checkpoint of the ledger, and who witnessed it",
	}, a.ledgerCheckpoint)
	register(a, operation{
		method: http.MethodGet, path: "/ledger/consistency", id: "ledger-consistency", tag: "Ledger", access: Public, summary: "Proof that the ledger of one size is the beginning of that of another",
		limit: perAddress(a.Limits.Verify),
	}, a.ledgerConsistency)
	register(a, operation{
		method: http.MethodGet, path: "/studio/ledger/{id}/proof", id: "ledger-proof", tag: "Ledger", access: Reviewer, summary: "Proof that a row is in the ledger",
	}, a.ledgerProof)
	register(a, operation{
		method: http.MethodGet, path: "/studio/ledger/newest", id: "list-ledger-newest", tag: "Studio", access: Reviewer, summary: "Decisions as the ledger keeps them, the newest first",
	}, a.ledgerNewest)
}

func (a *API) ledgerCheckpoint(ctx context.Context, _ *none) (*struct{ Body ledgerHead }, error) {
	h, err := a.Services.Tree.Head(ctx)
	if err != nil {
		return nil, err
	}
	return &struct{ Body ledgerHead }{headOut(h)}, nil
}

type ledgerSizes struct {
	From int64 `query:"from" required:"true" minimum:"1" doc:"The smaller size"`
	To   int64 `query:"to" minimum:"0" doc:"The larger size; the newest checkpoint's if it is left out"`
}

type ledgerConsistent struct {
	From     int64    `json:"from"`
	FromRoot string   `json:"from_root" doc:"Base64 of the root hash of that size"`
	To       int64    `json:"to"`
	ToRoot   string   `json:"to_root"`
	Hashes   []string `json:"hashes" doc:"The proof, as RFC 6962 (2.1.2) has it"`
}

func (a *API) ledgerConsistency(ctx context.Context, in *ledgerSizes) (*struct{ Body ledgerConsistent }, error) {
	proof, from, to, err := a.Services.Tree.Consistency(ctx, in.From, in.To)
	if err != nil {
		return nil, err
	}
	return &struct{ Body ledgerConsistent }{ledgerConsistent{from.Size, from.Root.String(), to.Size, to.Root.String(), hashesOut(proof)}}, nil
}

// LedgerRowID names a row of the ledger in a path.
type LedgerRowID struct {
	ID string `path:"id" maxLength:"100"`
}

type ledgerProven struct {
	Index  int64      `json:"index" doc:"The place of the row in the tree, from 0"`
	Leaf   string     `json:"leaf" doc:"What the tree committed to"`
	Hash   string     `json:"hash" doc:"Base64 of its hash"`
	Hashes []string   `json:"hashes" doc:"The way to the root, as RFC 6962 (2.1.1) has it"`
	Proof  string     `json:"proof" doc:"All of it as a file (C2SP tlog-proof)"`
	Head   ledgerHead `json:"head"`
}

func (a *API) ledgerProof(ctx context.Context, in *struct{ LedgerRowID }) (*struct{ Body ledgerProven }, error) {
	p, err := a.Services.Tree.Prove(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &struct{ Body ledgerProven }{ledgerProven{p.Index, string(p.Leaf), p.Hash.String(), hashesOut(p.Hashes), p.Text(), headOut(p.Head)}}, nil
}

type ledgerNewestIn struct {
	Before string `query:"before" maxLength:"20" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// ledgerPlaced is a row of the ledger with its place in the tree.
type ledgerPlaced struct {
	ledgerRow
	ID    string `json:"id"`
	Index *int64 `json:"index,omitempty" doc:"Its place in the tree, from 0; not there while it waits to be put in"`
}

type ledgerNewestOut struct {
	Rows []ledgerPlaced `json:"rows"`
	Next string         `json:"next"`
}

func (a *API) ledgerNewest(ctx context.Context, in *ledgerNewestIn) (*struct{ Body ledgerNewestOut }, error) {
	before, err := ledgerPlace(in.Before)
	if err != nil {
		return nil, err
	}
	rows, err := a.Services.Tree.Newest(ctx, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := ledgerNewestOut{Rows: make([]ledgerPlaced, len(rows))}
	for i, r := range rows {
		out.Rows[i] = ledgerPlaced{ledgerRow: rowOut(r.Row), ID: r.ID}
		if r.Index >= 0 {
			out.Rows[i].Index = &r.Index
		}
	}
	if len(rows) == in.Limit {
		out.Next = strconv.FormatInt(rows[len(rows)-1].Seq, 10)
	}
	return &struct{ Body ledgerNewestOut }{out}, nil
}
