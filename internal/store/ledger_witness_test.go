package store_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// witness is one as C2SP tlog-witness describes it, written from that text: it
// keeps one checkpoint of one log and cosigns what is consistent with it.
type witness struct {
	mu      sync.Mutex
	log     note.Verifier
	name    string
	private ed25519.PrivateKey
	size    int64
	root    tlog.Hash
	asked   int
	// instead, if set, answers in its place.
	instead http.HandlerFunc
}

func (w *witness) vkey() string {
	key := append([]byte{4}, w.private.Public().(ed25519.PublicKey)...)
	return fmt.Sprintf("%s+%08x+%s", w.name, w.hash(), base64.StdEncoding.EncodeToString(key))
}

func (w *witness) hash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n\x04"), w.private.Public().(ed25519.PublicKey)...))
	return binary.BigEndian.Uint32(sum[:])
}

// ServeHTTP implements http.Handler: add-checkpoint.
func (w *witness) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked++
	if w.instead != nil {
		w.instead(out, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	head, checkpoint, ok := bytes.Cut(body, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	old, olderr := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || olderr != nil || !ok || r.Method != http.MethodPost || r.URL.Path != "/add-checkpoint" || len(lines) > 64 {
		http.Error(out, "bad request", http.StatusBadRequest)
		return
	}
	n, err := note.Open(checkpoint, note.VerifierList(w.log))
	if err != nil {
		http.Error(out, "no signature", http.StatusForbidden)
		return
	}
	text := strings.Split(n.Text, "\n")
	size, err1 := strconv.ParseInt(text[1], 10, 64)
	root, err2 := tlog.ParseHash(text[2])
	if err1 != nil || err2 != nil || old > size {
		http.Error(out, "bad request", http.StatusBadRequest)
		return
	}
	if text[0] != w.log.Name() {
		http.Error(out, "unknown", http.StatusNotFound)
		return
	}
	if old != w.size {
		out.Header().Set("Content-Type", "text/x.tlog.size")
		out.WriteHeader(http.StatusConflict)
		fmt.Fprintf(out, "%d\n", w.size)
		return
	}
	var proof tlog.TreeProof
	for _, l := range lines[1:] {
		h, err := tlog.ParseHash(l)
		if err != nil {
			http.Error(out, "bad request", http.StatusBadRequest)
			return
		}
		proof = append(proof, h)
	}
	switch {
	case old == size && (root != w.root || len(proof) > 0):
		http.Error(out, "another tree", http.StatusConflict)
		return
	case old == 0 && len(proof) > 0, old > 0 && old < size && tlog.CheckTree(proof, size, root, old, w.root) != nil:
		http.Error(out, "not consistent", http.StatusUnprocessableEntity)
		return
	}
	w.size, w.root = size, root
	fmt.Fprintf(out, "— stranger.example %s\n", base64.StdEncoding.EncodeToString(make([]byte, 76))) // to be ignored
	io.WriteString(out, w.line(n.Text, 1790000000))
}

func (w *witness) line(text string, at uint64) string {
	sig := binary.BigEndian.AppendUint32(nil, w.hash())
	sig = binary.BigEndian.AppendUint64(sig, at)
	sig = append(sig, ed25519.Sign(w.private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))...)
	return fmt.Sprintf("— %s %s\n", w.name, base64.StdEncoding.EncodeToString(sig))
}

func TestWitnessesCosign(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		key := storetest.TreeKey(t)
		log, err := note.NewVerifier(key.Verifier)
		if err != nil {
			t.Fatal(err)
		}
		all := make([]*witness, 2)
		var words []string
		for i := range all {
			_, private, err := ed25519.GenerateKey(nil)
			if err != nil {
				t.Fatal(err)
			}
			all[i] = &witness{log: log, name: fmt.Sprintf("witness.example/w%d", i), private: private}
			server := httptest.NewServer(all[i])
			t.Cleanup(server.Close)
			words = append(words, server.URL+"="+all[i].vkey())
		}
		good, other := all[0], all[1]
		witnesses, err := tree.ParseWitnesses(strings.Join(words, ","))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(1790000000, 0)
		asking := tree.NewAsking(db, db, witnesses, storetest.Quiet(), func() time.Time { return now })
		sequencer := storetest.Sequencer(t, db, nil, key, "node")
		grow := func(n int) tree.Head {
			t.Helper()
			storetest.Rows(t, db, n)
			if put, _, err := sequencer.Look(ctx); err != nil || put != n {
				t.Fatal(put, err)
			}
			if err := asking.Round(ctx); err != nil {
				t.Fatal(err)
			}
			head, err := tree.New(db).Head(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return head
		}
		cosigned := func(h tree.Head, by ...*witness) {
			t.Helper()
			known := []note.Verifier{log}
			for _, w := range all {
				c, err := tree.NewCosigner(w.vkey())
				if err != nil {
					t.Fatal(err)
				}
				known = append(known, c)
			}
			n, err := note.Open(h.Signed, note.VerifierList(known...))
			if err != nil || len(n.Sigs) != 1+len(by) || len(n.UnverifiedSigs) > 0 {
				t.Fatalf("%v: signed is\n%s", err, h.Signed)
			}
		}
		if err := asking.Round(ctx); err != nil || good.asked > 0 {
			t.Fatal("a witness was asked about nothing", err)
		}
		cosigned(grow(3), good, other)
		cosigned(grow(400), good, other)
		if err := asking.Round(ctx); err != nil || good.asked != 2 {
			t.Fatal("a witness was asked twice about the same", good.asked, err)
		}

		// One that is away, that lies or that babbles holds nobody up.
		for name, answer := range map[string]http.HandlerFunc{
			"away":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
			"unknown":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
			"nothing":    func(http.ResponseWriter, *http.Request) {},
			"words":      func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello\n") },
			"a stranger": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, good.line("x\n", 1)) },
			"another text": func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, other.line("house.example/ledger\n1\nAAAA\n", 1))
			},
			"endless": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) },
			"no size": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/x.tlog.size")
				w.WriteHeader(http.StatusConflict)
				fmt.Fprint(w, "-7\n")
			},
			"a larger size": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/x.tlog.size")
				w.WriteHeader(http.StatusConflict)
				fmt.Fprint(w, "9000000\n")
			},
			"sizes for ever": func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/x.tlog.size")
				w.WriteHeader(http.StatusConflict)
				fmt.Fprint(w, "1\n")
			},
			"elsewhere": func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
			},
		} {
			other.mu.Lock()
			other.instead = answer
			before := other.asked
			other.mu.Unlock()
			cosigned(grow(1), good)
			other.mu.Lock()
			if n := other.asked - before; n < 1 || n > 2 {
				t.Errorf("%s was asked %d times", name, n)
			}
			before = other.asked
			other.mu.Unlock()
			cosigned(grow(1), good) // it rests now
			if other.asked != before {
				t.Errorf("%s was asked again at once", name)
			}
			now = now.Add(6 * time.Minute)
		}
		other.mu.Lock()
		other.instead = nil
		other.mu.Unlock()
		// It is back, with a gap in what it has seen; the other was set up anew.
		good.mu.Lock()
		good.size = 0
		good.mu.Unlock()
		cosigned(grow(5), good, other)

		// What witnesses saw is checked against.
		if r := check(t, db, key.Verifier); !r.Whole() {
			t.Errorf("found %+v", r.Findings)
		}
		if files := exported(t, db); len(files["witness/witness.example_w0"]) == 0 {
			t.Error("the export has no cosigned checkpoint")
		}
	})
}
