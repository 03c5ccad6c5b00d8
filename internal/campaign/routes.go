package campaign

import (
	"fmt"
	"slices"
	"time"
)

// Builtin is the name of the painter among providers.
const Builtin = "builtin"

// DefaultWait is how long a participant waits for one picture or answer, where
// a campaign says nothing else.
const DefaultWait = 20 * time.Second

// Wait bounds how long a participant waits for one picture or answer.
func (l Limits) Wait() time.Duration {
	if l.WaitSeconds <= 0 {
		return DefaultWait
	}
	return time.Duration(l.WaitSeconds) * time.Second
}

// Route gives the route for a capability in a market: its own, else that of
// all markets, else, for all but moderation, the campaign's one provider.
func (f File) Route(capability, market string) Route {
	best := -1
	for i, r := range f.Routes {
		if r.Capability == capability && (r.Market == market || r.Market == "" && best < 0) {
			best = i
			if r.Market != "" {
				break
			}
		}
	}
	if best >= 0 {
		return f.Routes[best]
	}
	r := Route{Capability: capability}
	if capability != "moderation" && f.Provider != "" && f.Provider != Builtin {
		r.Providers = []string{f.Provider}
	}
	return r
}

// maxRoutes and maxProviders bound what a file may say of routing.
const (
	maxRoutes    = 200
	maxProviders = 8
)

var capabilities = []string{"picture", "edit", "text", "moderation"}

func (f File) checkRoutes(p *faults) {
	if len(f.Routes) > maxRoutes {
		p.add("routes", "route_invalid", "At most %d routes.", maxRoutes)
		return
	}
	for i, r := range f.Routes {
		path := fmt.Sprintf("routes[%d]", i)
		if !slices.Contains(capabilities, r.Capability) {
			p.add(path+".capability", "route_invalid", "A route is for picture, edit, text or moderation.")
		}
		if slices.ContainsFunc(f.Routes[:i], func(o Route) bool { return o.Capability == r.Capability && o.Market == r.Market }) {
			p.add(path, "route_invalid", "There is a route for this already.")
		}
		if r.Market != "" && !slices.ContainsFunc(f.Markets, func(m Market) bool { return m.Code == r.Market }) {
			p.add(path+".market", "route_invalid", "The campaign has no market %q.", r.Market)
		}
		if len(r.Providers) > maxProviders {
			p.add(path+".providers", "route_invalid", "At most %d providers.", maxProviders)
		}
		for j, name := range r.Providers {
			if name == "" || slices.Contains(r.Providers[:j], name) {
				p.add(fmt.Sprintf("%s.providers[%d]", path, j), "route_invalid", "Name each provider once.")
			}
		}
		if r.HedgeMillis < 0 || r.HedgeMillis > 60_000 {
			p.add(path+".hedge_millis", "route_invalid", "From 0 to 60,000.")
		}
	}
	if l := f.Limits; l.AtEndOfBudget != "" && !slices.Contains([]string{AtEndBuiltin, AtEndQueue, AtEndClose}, l.AtEndOfBudget) {
		p.add("limits.at_end_of_budget", "limit_invalid", "One of builtin, queue, close.")
	}
	if f.Limits.WaitSeconds < 0 || f.Limits.WaitSeconds > 300 {
		p.add("limits.wait_seconds", "limit_invalid", "From 1 to 300; 0 is 20.")
	}
}
