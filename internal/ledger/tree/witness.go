package tree

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/work"
)

const (
	// askEvery is how often a new checkpoint is looked for that a witness has
	// not seen.
	askEvery = time.Second
	// askWithin bounds one answer of a witness, in time and in bytes.
	askWithin = 10 * time.Second
	askBytes  = 16 << 10
	// restFirst and restMost bound how long a witness that failed is left alone;
	// the time doubles.
	restFirst, restMost = 5 * time.Second, 5 * time.Minute
	// witnessesMost bounds how many there may be.
	witnessesMost = 16
)

// Witness is somebody else who watches that the tree only grows, and signs
// that they saw it, by the protocol of C2SP tlog-witness.
type Witness struct {
	// Submit is the address below which add-checkpoint is.
	Submit string
	key    *Cosigner
}

// Name is the name of the witness's key.
func (w Witness) Name() string { return w.key.Name() }

// ParseWitnesses reads "URL=key" or several with commas between: the key is
// one of cosignatures, "name+hash+base64". Nothing gives none.
func ParseWitnesses(text string) ([]Witness, error) {
	var out []Witness
	names := map[string]bool{}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		address, vkey, ok := strings.Cut(part, "=")
		u, err := url.Parse(address)
		if !ok || err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return nil, errors.New("is not a witness; write URL=key, such as https://witness.example=witness.example+1a2b3c4d+base64")
		}
		key, err := NewCosigner(vkey)
		if err != nil {
			return nil, err
		}
		if names[key.Name()] {
			return nil, fmt.Errorf("names the witness %s twice", key.Name())
		}
		names[key.Name()] = true
		out = append(out, Witness{strings.TrimSuffix(address, "/"), key})
	}
	if len(out) > witnessesMost {
		return nil, fmt.Errorf("has more than %d witnesses", witnessesMost)
	}
	return out, nil
}

// Asking brings checkpoints to witnesses. A witness that is away holds nobody
// up: the tree grows, and the next checkpoint is tried later.
type Asking struct {
	tree      *Tree
	unit      work.Unit
	witnesses []*asked
	client    *http.Client
	log       *slog.Logger
	now       func() time.Time
}

// asked is what is known of one witness.
type asked struct {
	Witness
	rest  time.Duration
	after time.Time
}

// NewAsking makes one for some witnesses. Redirects are not followed: a
// witness is where its operator says.
func NewAsking(s Store, unit work.Unit, witnesses []Witness, log *slog.Logger, now func() time.Time) *Asking {
	a := &Asking{tree: New(s), unit: unit, log: log, now: now, client: &http.Client{
		Timeout:       askWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for _, w := range witnesses {
		a.witnesses = append(a.witnesses, &asked{Witness: w})
	}
	return a
}

// Run asks until ctx ends, as long as may says that it is this node's to do.
func (a *Asking) Run(ctx context.Context, may func() bool) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for len(a.witnesses) > 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !may() {
			continue
		}
		if err := a.Round(ctx); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "the witnesses could not be asked; they will be", "cause", err)
		}
	}
}

// Round brings the newest checkpoint to every witness that has not cosigned it
// and is not resting. What goes wrong with a witness is logged; an error is of
// the store.
func (a *Asking) Round(ctx context.Context) error {
	s, err := a.tree.store.LedgerTree(ctx)
	if err != nil || s.Checkpoint == "" {
		return err
	}
	known, err := a.tree.store.CosignedAll(ctx)
	if err != nil {
		return err
	}
	for _, w := range a.witnesses {
		if a.now().Before(w.after) {
			continue
		}
		old := int64(0)
		seen := false
		for _, c := range known {
			if c.Witness == w.Name() {
				old, seen = c.Size, seen || c.Checkpoint == s.Checkpoint
			}
		}
		if seen {
			continue
		}
		c, err := a.ask(ctx, w.Witness, s.Checkpoint, old)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			w.rest = min(max(2*w.rest, restFirst), restMost)
			w.after = a.now().Add(w.rest)
			a.log.WarnContext(ctx, "a witness did not cosign the ledger's checkpoint; the ledger goes on", "witness", w.Name(), "cause", err, "again_in", w.rest)
			continue
		}
		w.rest = 0
		if err := a.unit.Do(ctx, func(ctx context.Context) error { return a.tree.store.PutCosigned(ctx, c) }); err != nil {
			return err
		}
	}
	return nil
}

// errOld is a witness's answer that it has seen another size than was thought.
type errOld struct{ size int64 }

func (e errOld) Error() string { return fmt.Sprintf("the witness has seen size %d", e.size) }

// ask has one witness cosign a checkpoint; old is the size that it saw last.
func (a *Asking) ask(ctx context.Context, w Witness, checkpoint string, old int64) (Cosigned, error) {
	head, err := headOf([]byte(checkpoint))
	if err != nil {
		return Cosigned{}, err
	}
	answer, err := a.submit(ctx, w, head, checkpoint, min(old, head.Size))
	var other errOld
	if errors.As(err, &other) && other.size != old {
		// What it has seen is what counts, once: it may have been set up anew,
		// or this database restored.
		if other.size > head.Size {
			return Cosigned{}, fmt.Errorf("it has seen %d rows and the ledger has %d: was the database restored from a copy?", other.size, head.Size)
		}
		answer, err = a.submit(ctx, w, head, checkpoint, other.size)
	}
	if err != nil {
		return Cosigned{}, err
	}
	return cosigned(w, head, checkpoint, answer)
}

// submit sends add-checkpoint and gives the lines that came back.
func (a *Asking) submit(ctx context.Context, w Witness, head Checkpoint, checkpoint string, old int64) ([]byte, error) {
	var body bytes.Buffer
	fmt.Fprintf(&body, "old %d\n", old)
	if old > 0 && old < head.Size {
		proof, err := tlog.ProveTree(head.Size, old, a.tree.hashes(ctx, head))
		if err != nil {
			return nil, fmt.Errorf("the proof of consistency: %w", err)
		}
		for _, h := range proof {
			body.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
		}
	}
	body.WriteString("\n" + checkpoint)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.Submit+"/add-checkpoint", &body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	res, err := a.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, askBytes+1))
	if err != nil {
		return nil, err
	}
	switch {
	case len(data) > askBytes:
		return nil, fmt.Errorf("its answer is longer than %d bytes", askBytes)
	case res.StatusCode == http.StatusConflict && res.Header.Get("Content-Type") == "text/x.tlog.size":
		size, err := strconv.ParseInt(strings.TrimSuffix(string(data), "\n"), 10, 64)
		if err != nil || size < 0 {
			return nil, errors.New("its answer is not a size")
		}
		return nil, errOld{size}
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answered %d", res.StatusCode)
	}
	return data, nil
}

// cosigned finds the witness's good signature among the lines of its answer.
func cosigned(w Witness, head Checkpoint, checkpoint string, lines []byte) (Cosigned, error) {
	text, _, _ := strings.Cut(checkpoint, "\n\n")
	n, err := note.Open(append([]byte(text+"\n\n"), lines...), note.VerifierList(w.key))
	if err != nil {
		return Cosigned{}, fmt.Errorf("its cosignature: %w", err)
	}
	sig, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil || len(sig) < 4 {
		return Cosigned{}, errors.New("its cosignature can't be read")
	}
	at, ok := cosignedAt(sig[4:])
	if !ok {
		return Cosigned{}, errors.New("its cosignature has no time")
	}
	return Cosigned{Witness: w.Name(), Size: head.Size, Checkpoint: checkpoint, At: at,
		Line: fmt.Sprintf("— %s %s\n", n.Sigs[0].Name, n.Sigs[0].Base64)}, nil
}
