package api

import (
	"net/http"
	"strconv"

	"marquee/internal/fault"
	"marquee/internal/ledger/tree"
	"marquee/internal/web/problem"
)

// ledgerFiles serves the ledger's tree as C2SP tlog-tiles has it, outside the
// API's own addresses because that is where tools look: the checkpoint, the
// verifier key and the tiles of hashes to everybody, for they hold nothing but
// hashes; bundles of entries to reviewers, for they tell how the house works.
func (a *API) ledgerFiles(mux *http.ServeMux) {
	serve := func(path string, give func(w http.ResponseWriter, r *http.Request) ([]byte, error)) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			data, err := give(w, r)
			if err != nil {
				w.Header().Set("Cache-Control", "no-store")
				problem.Log(r.Context(), a.Log, problem.From(err, "en"))
				problem.Write(w, r, err)
				return
			}
			w.Header().Set("Content-Length", strconv.Itoa(len(data)))
			_, _ = w.Write(data) // who has gone away needs no answer
		})
	}
	text := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", revalidate)
	}
	serve("/ledger/checkpoint", func(w http.ResponseWriter, r *http.Request) ([]byte, error) {
		head, err := a.Services.Tree.Head(r.Context())
		if err == nil {
			text(w)
		}
		return head.Signed, err
	})
	serve("/ledger/key", func(w http.ResponseWriter, r *http.Request) ([]byte, error) {
		head, err := a.Services.Tree.Head(r.Context())
		if err == nil {
			text(w)
		}
		return []byte(head.Verifier + "\n"), err
	})
	serve("/ledger/tile/{path...}", a.ledgerTile)
}

func (a *API) ledgerTile(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	tile, err := tree.ParsePath("tile/" + r.PathValue("path"))
	if err != nil {
		return nil, err
	}
	cache := forever
	var data []byte
	if tile.L < 0 {
		if _, err := Reviewer.check(a.Identity, r); err != nil {
			return nil, err
		}
		cache = "private, max-age=31536000, immutable"
		data, err = a.Services.Tree.Bundle(r.Context(), tile)
	} else {
		data, err = a.Services.Tree.Tile(r.Context(), tile)
	}
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, fault.Missing("tile")
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Cache-Control", cache)
	return data, nil
}
