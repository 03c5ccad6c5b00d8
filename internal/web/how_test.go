package web_test

import (
	"testing"
	"time"

	"marquee/c2pa"
	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
	"marquee/internal/web/webtest"
)

// TestHow asks how a public work was made: what the painter made says so and
// carries no label, and the policies that were asked are named.
func TestHow(t *testing.T) {
	t.Parallel()
	storetest.EachPair(t, func(t *testing.T, db *store.DB, blobs asset.Blobs) {
		site := webtest.New(t, db, blobs)
		maker, reviewer := site.Participant("en"), site.Staff(account.Reviewer)
		c := maker.Make("a polar fox beside a lantern", "wordmark")
		entry := maker.Enter(c.ID, "Fox", "Mika")
		reviewer.Decide(entry, "approve", "").Want(200)
		var got struct {
			How struct {
				Provider          string
				DigitalSourceType string `json:"digital_source_type"`
				Label             *struct{ Icon, Text string }
				Packs             []struct{ ID, Name string }
				Duties            []string
				Watermarked       *bool
				Credential        *struct {
					Signer   string
					SignedAt time.Time `json:"signed_at"`
					URL      string
				}
				ApprovedBy string `json:"approved_by"`
			}
		}
		site.Visitor().Get("/api/v1/entries/" + entry).Want(200).Into(&got)
		h := got.How
		if h.Provider != "builtin" || h.DigitalSourceType != "composite" || h.Label != nil || h.ApprovedBy == "" {
			t.Errorf("%+v", h)
		}
		if h.Credential == nil || h.Credential.Signer != "Marquee" || h.Credential.SignedAt.IsZero() || h.Watermarked == nil || !*h.Watermarked {
			t.Fatalf("proof: %+v, watermarked %v", h.Credential, h.Watermarked)
		}
		proof := site.Visitor().Get(h.Credential.URL).Want(200)
		if store, err := c2pa.ParseStore(proof.Body, c2pa.Limits{}); err != nil || store.Active() == nil || proof.Header.Get("Content-Type") != "application/c2pa" {
			t.Errorf("the credential by itself: %v, %v", proof.Header, err)
		}
		again := site.Visitor().Request("GET", h.Credential.URL, nil)
		again.Header.Set("If-None-Match", proof.Header.Get("ETag"))
		site.Visitor().Send(again).Want(304)
		if len(h.Packs) == 0 || h.Packs[0].ID == "" || h.Packs[0].Name == "" || h.Duties == nil {
			t.Errorf("policies: %+v, %v", h.Packs, h.Duties)
		}
		reviewer.Decide(entry, "takedown", "gone").Want(200)
		site.Visitor().Get(h.Credential.URL).Want(410)
	})
}
