package api

import (
	"container/list"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/altcha-org/altcha-lib-go"

	"marquee/internal/fault"
)

// How hard a proof is, how long its challenge lasts, and how many used ones
// are remembered. 50,000 hashes take a phone about half a second.
const (
	proofNumbers = 50_000
	proofLife    = 10 * time.Minute
	proofMemory  = 100_000
)

// proof asks browsers for a little work instead of asking people to read
// letters. A solution counts once on this node.
type proof struct {
	key string
	now func() time.Time

	mu    sync.Mutex
	used  map[string]struct{}
	order *list.List
}

func newProof(key []byte, now func() time.Time) *proof {
	return &proof{key: hex.EncodeToString(key), now: now, used: map[string]struct{}{}, order: list.New()}
}

// challenge makes a fresh one.
func (p *proof) challenge() (altcha.Challenge, error) {
	expires := p.now().Add(proofLife)
	return altcha.CreateChallenge(altcha.ChallengeOptions{HMACKey: p.key, MaxNumber: proofNumbers, Expires: &expires})
}

// check takes a solution as the altcha widget gives it: JSON in base64.
func (p *proof) check(solution string) error {
	if solution == "" {
		return fault.New(fault.Invalid, "proof_missing", "Your browser did not finish its little puzzle yet. Please wait a moment and try again.")
	}
	wrong := fault.New(fault.Invalid, "proof_wrong", "Your browser's little puzzle is no longer valid. Please try again.")
	if len(solution) > 4096 {
		return wrong
	}
	data, err := base64.StdEncoding.DecodeString(solution)
	if err != nil {
		return wrong
	}
	var payload altcha.Payload
	if err := json.Unmarshal(data, &payload); err != nil || !strings.EqualFold(payload.Algorithm, string(altcha.SHA256)) {
		return wrong
	}
	if ok, err := altcha.VerifySolutionSafe(payload, p.key, true); err != nil || !ok {
		return wrong
	}
	if !p.first(payload.Signature) {
		return wrong
	}
	return nil
}

// first tells whether a solution was not used before, and remembers it.
func (p *proof) first(signature string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.used[signature]; ok {
		return false
	}
	if p.order.Len() >= proofMemory {
		delete(p.used, p.order.Remove(p.order.Front()).(string))
	}
	p.used[signature] = struct{}{}
	p.order.PushBack(signature)
	return true
}
