package webtest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Client makes requests as somebody.
type Client struct {
	// ID is the participant's or key's; empty for a visitor.
	ID string
	// Token is sent as a bearer token if it is not empty.
	Token string
	// Locale is the language asked for.
	Locale string
	// Cookies are sent if there are any.
	Cookies []*http.Cookie

	site *Site
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	client *Client
	what   string
}

// Problem is an RFC 9457 problem as a client reads it.
type Problem struct {
	Type, Title, Code, Detail string
	Status                    int
	Fields                    []struct{ Path, Code, Message string }
	Findings                  []struct{ Layer, Rule, Severity, Message string }
}

// In gives the same client for a part of the test, whose failures are its own.
func (c *Client) In(t testing.TB) *Client {
	part := *c
	part.site = c.site.In(t)
	return &part
}

var plain = &http.Client{
	Timeout:       60 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Request makes a request with the client's identity; body is nil, []byte sent
// as it is, or anything else as JSON.
func (c *Client) Request(method, path string, body any) *http.Request {
	c.site.t.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case []byte:
		reader = bytes.NewReader(body)
	default:
		data, err := json.Marshal(body)
		if err != nil {
			c.site.t.Fatal(err)
		}
		reader = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(c.site.t.Context(), method, c.site.URL+path, reader)
	if err != nil {
		c.site.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if c.Locale != "" {
		r.Header.Set("Accept-Language", c.Locale)
	}
	for _, cookie := range c.Cookies {
		r.AddCookie(cookie)
	}
	return r
}

// Send makes a request and reads the whole answer.
func (c *Client) Send(r *http.Request) Answer {
	c.site.t.Helper()
	res, err := plain.Do(r)
	if err != nil {
		c.site.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		c.site.t.Fatal(err)
	}
	return Answer{res.StatusCode, res.Header, data, c, r.Method + " " + r.URL.RequestURI()}
}

// Open makes a request and leaves the answer's body to be read.
func (c *Client) Open(r *http.Request) *http.Response {
	c.site.t.Helper()
	res, err := plain.Do(r)
	if err != nil {
		c.site.t.Fatal(err)
	}
	return res
}

// Get, Post, Put and Delete make the request of that method.
func (c *Client) Get(path string) Answer { return c.Send(c.Request(http.MethodGet, path, nil)) }

// Post sends a body.
func (c *Client) Post(path string, body any) Answer {
	return c.Send(c.Request(http.MethodPost, path, body))
}

// Put sends a body.
func (c *Client) Put(path string, body any) Answer {
	return c.Send(c.Request(http.MethodPut, path, body))
}

// Delete deletes.
func (c *Client) Delete(path string) Answer { return c.Send(c.Request(http.MethodDelete, path, nil)) }

// Upload sends a file in the multipart field "file".
func (c *Client) Upload(path, name string, data []byte) Answer {
	c.site.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		c.site.t.Fatal(err)
	}
	r := c.Request(http.MethodPost, path, body.Bytes())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.Send(r)
}

// Want fails the test unless the answer has the status.
func (a Answer) Want(status int) Answer {
	a.client.site.t.Helper()
	if a.Status != status {
		a.client.site.t.Fatalf("%s: %d, want %d: %s", a.what, a.Status, status, cut(a.Body))
	}
	return a
}

// Into reads the answer's JSON.
func (a Answer) Into(v any) {
	a.client.site.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.client.site.t.Fatalf("%s: %v: %s", a.what, err, cut(a.Body))
	}
}

// Problem reads the answer as a problem and fails the test unless it is one.
func (a Answer) Problem() Problem {
	a.client.site.t.Helper()
	if kind := a.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
		a.client.site.t.Fatalf("%s: %d %s is not a problem: %s", a.what, a.Status, kind, cut(a.Body))
	}
	var p Problem
	a.Into(&p)
	if p.Status != a.Status || p.Type != "about:blank" || p.Title == "" || p.Code == "" || p.Detail == "" {
		a.client.site.t.Fatalf("%s: the problem is not whole: %+v", a.what, p)
	}
	return p
}

func cut(data []byte) string {
	if len(data) > 600 {
		data = data[:600]
	}
	return string(data)
}
