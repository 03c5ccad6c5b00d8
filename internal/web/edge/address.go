// Package edge is what every request passes before anything else looks at it:
// who is calling, how much may be asked, what is logged, measured and promised
// to the browser.
package edge

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// maxHops bounds how many entries of a forwarding header are read.
const maxHops = 32

// Proxies knows whose forwarding headers are believed.
type Proxies struct {
	trusted []netip.Prefix
	public  *url.URL
}

// NewProxies makes it from the trusted networks and the public address, which
// is nil if people reach this server directly.
func NewProxies(trusted []netip.Prefix, public *url.URL) *Proxies {
	return &Proxies{trusted: trusted, public: public}
}

// Client gives the address that a request comes from: the nearest one that is
// no trusted proxy. It is invalid if the connection has none.
func (p *Proxies) Client(r *http.Request) netip.Addr {
	peer := peerOf(r)
	if !p.trusts(peer) {
		return peer
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	if len(hops) > maxHops {
		hops = hops[len(hops)-maxHops:]
	}
	client := peer
	for i := len(hops) - 1; i >= 0; i-- {
		hop, ok := parseHop(hops[i])
		if !ok {
			break // what lies behind an unreadable entry can't be believed
		}
		client = hop
		if !p.trusts(hop) {
			break
		}
	}
	return client
}

// Key gives the address as limits count it: an IPv6 network of 64 bits is one
// household, and counts as one.
func Key(a netip.Addr) netip.Addr {
	if a.Is6() && !a.Is4In6() {
		if prefix, err := a.WithZone("").Prefix(64); err == nil {
			return prefix.Addr()
		}
	}
	return a.Unmap()
}

// Direct tells whether a request comes straight from this machine: from its
// loopback address, with no sign of a proxy in between.
func Direct(r *http.Request) bool {
	for _, header := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return peerOf(r).IsLoopback()
}

// Secure tells whether the caller's browser speaks HTTPS.
func (p *Proxies) Secure(r *http.Request) bool {
	if p.public != nil {
		return p.public.Scheme == "https"
	}
	return r.TLS != nil || p.trusts(peerOf(r)) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// Base gives scheme and host for absolute addresses, without a slash at the
// end.
func (p *Proxies) Base(r *http.Request) string {
	if p.public != nil {
		return p.public.Scheme + "://" + p.public.Host
	}
	scheme := "http"
	if p.Secure(r) {
		scheme = "https"
	}
	return scheme + "://" + plainHost(r.Host)
}

// plainHost keeps a host that is one and replaces anything else: it is put
// into pages and links.
func plainHost(host string) string {
	odd := func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(".-:[]", c))
	}
	if host == "" || len(host) > 255 || strings.ContainsFunc(host, odd) {
		return "localhost"
	}
	return host
}

func (p *Proxies) trusts(a netip.Addr) bool {
	for _, prefix := range p.trusted {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

func peerOf(r *http.Request) netip.Addr {
	if ap, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	return netip.Addr{}
}

func parseHop(word string) (netip.Addr, bool) {
	word = strings.TrimSpace(word)
	if ap, err := netip.ParseAddrPort(word); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(word, "[]"))
	return a.Unmap().WithZone(""), err == nil
}
