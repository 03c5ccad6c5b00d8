package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"marquee/internal/compose"
	"marquee/internal/gallery"
)

// purgeWithin bounds one call of the webhook.
const purgeWithin = 10 * time.Second

// Purge gives the job that tells a webhook which addresses have changed or
// gone, so that a content delivery network forgets them. hook is empty for no
// webhook; public is nil if addresses are to be told without a host.
func Purge(hook string, public *url.URL) func(ctx context.Context, args []byte) error {
	client := &http.Client{Timeout: purgeWithin}
	return func(ctx context.Context, args []byte) error {
		if hook == "" {
			return nil
		}
		var a gallery.PurgeArgs
		if err := json.Unmarshal(args, &a); err != nil {
			return err
		}
		body, err := json.Marshal(map[string][]string{"urls": purgeAddresses(a, public)})
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook, bytes.NewReader(body))
		if err != nil {
			return fmt.Errorf("the purge webhook's address: %w", err)
		}
		r.Header.Set("Content-Type", "application/json")
		answer, err := client.Do(r)
		if err != nil {
			return fmt.Errorf("the purge webhook: %w", err)
		}
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 4096)) // read to keep the connection
		if answer.StatusCode < 200 || answer.StatusCode > 299 {
			return fmt.Errorf("the purge webhook answered %d", answer.StatusCode)
		}
		return nil
	}
}

// purgeAddresses lists what shows an entry: its pages and every picture that
// an address of ours could have asked for.
func purgeAddresses(a gallery.PurgeArgs, public *url.URL) []string {
	base := ""
	if public != nil {
		base = public.Scheme + "://" + public.Host
	}
	image := base + "/api/v1/creations/" + a.CreationID + "/image"
	urls := []string{
		base + "/c/" + a.Campaign, base + "/c/" + a.Campaign + "/gallery", base + "/c/" + a.Campaign + "/w/" + a.EntryID,
		base + "/api/v1/campaigns/" + a.Campaign + "/gallery", base + "/api/v1/entries/" + a.EntryID, image,
	}
	for _, format := range []string{"webp", "png", "jpeg"} {
		urls = append(urls, image+"?format="+format)
		for _, width := range compose.Widths {
			urls = append(urls, fmt.Sprintf("%s?format=%s&width=%d", image, format, width), fmt.Sprintf("%s?format=%s&width=%d&download=1", image, format, width))
		}
	}
	return urls
}
