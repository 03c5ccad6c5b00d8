package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/web/webtest"
)

// BenchmarkGalleryAPI asks for the gallery's first page through the whole
// server, on every processor. It reports requests a second and the 99th
// percentile; the aim is 2,000 and 20 ms on two cores with SQLite.
func BenchmarkGalleryAPI(b *testing.B) {
	site := webtest.New(b, nil, nil, webtest.Jobless())
	now := time.Now()
	err := site.DB.Do(b.Context(), func(ctx context.Context) error {
		for i := range 2000 {
			id := fmt.Sprintf("%08d", i)
			err := site.DB.InsertCreation(ctx, create.Creation{ID: id, Campaign: webtest.Campaign, ParticipantID: "p", Composition: []byte("{}"), Revision: 1, State: create.Published, CreatedAt: now, UpdatedAt: now})
			if err != nil {
				return err
			}
			err = site.DB.InsertEntry(ctx, gallery.Entry{ID: id, CreationID: id, Campaign: webtest.Campaign, ParticipantID: "p", Title: "Fox at the lantern", DisplayName: "Mika",
				Alt: "A polar fox beside a lantern in a snowy forest at night", Revision: 1, Width: 1024, Height: 1024, State: gallery.Published,
				SubmittedAt: now, PublishedAt: now.Add(time.Duration(i) * time.Second)})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var mu sync.Mutex
	var took []time.Duration
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var mine []time.Duration
		for pb.Next() {
			start := time.Now()
			w := httptest.NewRecorder()
			site.Server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/campaigns/"+webtest.Campaign+"/gallery", nil))
			if w.Code != http.StatusOK {
				b.Errorf("%d %s", w.Code, w.Body)
				return
			}
			mine = append(mine, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, mine...)
	})
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
