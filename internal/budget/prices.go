package budget

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
)

// Price is what a model costs, in millionths of Currency. What is 0 costs
// nothing.
type Price struct {
	// Provider and Model say what it is the price of. Model may end in "*",
	// which stands for any rest: the longest that fits holds.
	Provider string `json:"provider"`
	Model    string `json:"model"`
	// Call is for each call, Picture the most that a picture costs in any size
	// and quality that Marquee asks for.
	Call    int64 `json:"call,omitempty"`
	Picture int64 `json:"picture,omitempty"`
	// Input and Output are for a million tokens.
	Input  int64 `json:"input,omitempty"`
	Output int64 `json:"output,omitempty"`
	// Source is the page that says so, Date when it was read: YYYY-MM-DD.
	Source string `json:"source"`
	Date   string `json:"date"`
}

// Work is what a call is asked to do at most, or did.
type Work struct {
	Pictures      int64
	Input, Output int64 // tokens
}

// Most is what work can cost at most: pictures by their highest price, and the
// tokens on top.
func (p Price) Most(w Work) int64 {
	return clamp(p.Call, times(p.Picture, w.Pictures), perMillion(p.Input, w.Input), perMillion(p.Output, w.Output))
}

// Cost is what work did cost. A model that sells pictures by their tokens is
// reckoned by these, where the provider counted them.
func (p Price) Cost(w Work) int64 {
	if p.Output > 0 && w.Output > 0 {
		w.Pictures = 0
	}
	return p.Most(w)
}

func times(price, n int64) float64 { return float64(price) * float64(n) }

func perMillion(price, n int64) float64 { return math.Ceil(float64(price) * float64(n) / 1e6) }

// clamp adds up, and stays within what an amount may be.
func clamp(call int64, parts ...float64) int64 {
	sum := float64(call)
	for _, p := range parts {
		sum += p
	}
	return int64(min(max(sum, 0), float64(maxAmount)))
}

// Prices is a table of prices.
type Prices struct{ list []Price }

//go:embed prices.json
var prices []byte

// Listed gives the table that comes with Marquee: list prices, each with its
// source and date. What an installation really pays is entered with the model.
var Listed = sync.OnceValues(func() (*Prices, error) { return ReadPrices(strings.NewReader(string(prices))) })

// pricesMax bounds a table of prices, in bytes.
const pricesMax = 1 << 20

// ReadPrices reads a table of prices: {"currency": "USD", "prices": [...]}.
func ReadPrices(r io.Reader) (*Prices, error) {
	var file struct {
		Currency string  `json:"currency"`
		Prices   []Price `json:"prices"`
	}
	d := json.NewDecoder(io.LimitReader(r, pricesMax))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("the table of prices can't be read: %w", err)
	}
	if file.Currency != Currency {
		return nil, fmt.Errorf("the table of prices is in %q, not %s", file.Currency, Currency)
	}
	for i, p := range file.Prices {
		if err := p.Check(); err != nil {
			return nil, fmt.Errorf("price %d: %w", i, err)
		}
	}
	// The longest pattern first.
	slices.SortStableFunc(file.Prices, func(a, b Price) int { return len(b.Model) - len(a.Model) })
	return &Prices{file.Prices}, nil
}

// Check says what is wrong with a price.
func (p Price) Check() error {
	if p.Provider == "" || p.Model == "" || p.Source == "" {
		return fmt.Errorf("it needs a provider, a model and a source")
	}
	if _, err := time.Parse(time.DateOnly, p.Date); err != nil {
		return fmt.Errorf("its date: %w", err)
	}
	for _, n := range []int64{p.Call, p.Picture, p.Input, p.Output} {
		if n < 0 || n > maxAmount {
			return fmt.Errorf("%d is no price", n)
		}
	}
	return nil
}

// Of gives the price of a provider's model; false if it is not in the table.
func (t *Prices) Of(provider, model string) (Price, bool) {
	if t == nil {
		return Price{}, false
	}
	for _, p := range t.list {
		if p.Provider != provider {
			continue
		}
		prefix, open := strings.CutSuffix(p.Model, "*")
		if p.Model == model || open && strings.HasPrefix(model, prefix) {
			return p, true
		}
	}
	return Price{}, false
}

// All lists the table.
func (t *Prices) All() []Price { return slices.Clone(t.list) }
