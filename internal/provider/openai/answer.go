package openai

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/openai/openai-go/v3"

	"marquee/internal/compose"
	"marquee/internal/fault"
)

// Bounds on what a server may send.
const (
	maxBody    = 48 << 20 // base64 of a picture, with room
	maxPicture = 32 << 20
	maxPixels  = 24 << 20
)

// picture reads the picture out of an answer, wherever it is.
func (p *Pictures) picture(ctx context.Context, d openai.Image) (image.Image, error) {
	data, err := base64.StdEncoding.DecodeString(d.B64JSON)
	if err != nil {
		return nil, unusable(err)
	}
	if len(data) == 0 && d.URL != "" {
		if data, err = p.fetch(ctx, d.URL); err != nil {
			return nil, err
		}
	}
	img, err := compose.Decode(bytes.NewReader(data), maxPicture, maxPixels)
	if err != nil {
		return nil, unusable(err)
	}
	return img, nil
}

// fetch gets a picture by address, from the configured server only: an answer
// must not make us call into a private network. The key is not sent.
func (p *Pictures) fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != p.base.Host || u.Scheme != p.base.Scheme {
		return nil, unusable(errors.New("the picture lies on another server"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, unusable(err)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, explain(err, nil)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, unusable(fmt.Errorf("the picture's address answers %d", resp.StatusCode))
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxPicture+1))
	if err != nil {
		return nil, explain(err, resp)
	}
	if len(data) > maxPicture {
		return nil, unusable(errors.New("the picture is too large"))
	}
	return data, nil
}

// refusals are the codes of an error that mean: not this picture. The last is
// that of servers in front of Azure.
var refusals = []string{"content_policy", "moderation", "content_filter"}

// explain turns an SDK's error into a fault. answer is what the server sent,
// nil if it sent nothing. The cause goes to the log only: it may hold an
// address, but neither prompt nor key, which the SDK keeps out of its texts.
func explain(err error, answer *http.Response) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	status := 0
	if answer != nil {
		status = answer.StatusCode
	}
	var api *openai.Error
	refused := errors.As(err, &api) && status < http.StatusInternalServerError && slices.ContainsFunc(refusals, func(code string) bool {
		return strings.Contains(api.Code, code)
	})
	switch {
	case refused:
		return fault.New(fault.Invalid, "provider_refused", "The picture service will not make this. Please say it differently.").Because(err)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fault.New(fault.Unavailable, "provider_key", "The picture service does not accept our key.").Because(err)
	case status != 0 && status < http.StatusBadRequest && !errors.Is(err, context.DeadlineExceeded):
		return unusable(err)
	}
	return fault.New(fault.Unavailable, "provider_away", "The picture service does not answer at the moment.").Because(err)
}

// moved makes an error of a redirect, which the SDK takes for an answer.
func moved(err error, answer *http.Response) error {
	if err == nil && answer != nil && answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the server answers %d", answer.StatusCode)
	}
	return err
}

func unusable(err error) error {
	return fault.New(fault.Unavailable, "provider_unusable", "The picture service sent something that is no usable picture.").Because(err)
}

// limited bounds the body of every answer; reading beyond it is an error, so
// that a cut answer is never taken for a whole one.
type limited struct{ next http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(r)
	if err == nil {
		resp.Body = http.MaxBytesReader(nil, resp.Body, maxBody)
	}
	return resp, err
}
