package web_test

import (
	"encoding/binary"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// TestTheLedgerIsProven follows a decision into the tree and proves it with
// what is served, as an outsider with the standard library would.
func TestTheLedgerIsProven(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	visitor, reviewer := site.Visitor(), site.Staff(account.Reviewer)
	if p := visitor.Get("/ledger/checkpoint").Want(404).Problem(); p.Code != "ledger_unproven" {
		t.Errorf("before the first checkpoint: %s", p.Code)
	}
	site.Participant("en")
	type page struct {
		Rows []struct {
			ID, Action string
			Seq        int64
			Index      *int64
		}
		Next string
	}
	var rows page
	reviewer.Get("/api/v1/studio/ledger/newest?limit=1").Want(200).Into(&rows)
	if len(rows.Rows) != 1 || rows.Rows[0].Action != "participant.arrived" || rows.Rows[0].Index != nil || rows.Next == "" {
		t.Fatalf("the newest row is %+v", rows)
	}
	proof := "/api/v1/studio/ledger/" + rows.Rows[0].ID + "/proof"
	if a := reviewer.Get(proof).Want(409); a.Problem().Code != "ledger_row_waiting" || a.Header.Get("Retry-After") == "" {
		t.Errorf("a row that waits: %s", a.Body)
	}
	sequencer, err := site.Sequencer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := sequencer.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	reviewer.Get("/api/v1/studio/ledger/newest?limit=1").Want(200).Into(&rows)
	if rows.Rows[0].Index == nil {
		t.Fatal("after one look the row is not in the tree")
	}
	index := *rows.Rows[0].Index

	// The checkpoint, as tools read it.
	a := visitor.Get("/ledger/checkpoint").Want(200)
	if a.Header.Get("Content-Type") != "text/plain; charset=utf-8" || a.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the checkpoint's headers are %v", a.Header)
	}
	key := strings.TrimSpace(string(visitor.Get("/ledger/key").Want(200).Body))
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(a.Body, note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(opened.Text, "\n")
	root, err := tlog.ParseHash(lines[2])
	if err != nil || lines[0] != verifier.Name() || lines[1] != strconv.FormatInt(index+1, 10) {
		t.Fatalf("the checkpoint says %q: %v", opened.Text, err)
	}

	// The proof of the row, and of consistency.
	var p struct {
		Index             int64
		Leaf, Hash, Proof string
		Hashes            []string
		Head              struct{ Checkpoint, Verifier string }
	}
	reviewer.Get(proof).Want(200).Into(&p)
	var way tlog.RecordProof
	for _, h := range p.Hashes {
		parsed, err := tlog.ParseHash(h)
		if err != nil {
			t.Fatal(err)
		}
		way = append(way, parsed)
	}
	leaf := tlog.RecordHash([]byte(p.Leaf))
	if err := tlog.CheckRecord(way, index+1, root, index, leaf); err != nil || p.Index != index || leaf.String() != p.Hash || p.Head.Verifier != key {
		t.Errorf("the proof %+v: %v", p, err)
	}
	if !strings.HasPrefix(p.Proof, "c2sp.org/tlog-proof@v1\nindex "+strconv.FormatInt(index, 10)+"\n") || !strings.HasSuffix(p.Proof, "\n\n"+string(a.Body)) {
		t.Errorf("the proof's file is\n%s", p.Proof)
	}
	var same struct {
		From, To         int64
		FromRoot, ToRoot string `json:"-"`
		Hashes           []string
	}
	visitor.Get("/api/v1/ledger/consistency?from=1").Want(200).Into(&same)
	if same.To != index+1 || len(same.Hashes) == 0 {
		t.Errorf("the consistency is %+v", same)
	}
	visitor.Get("/api/v1/ledger/checkpoint").Want(200)

	// Tiles are for everybody and for ever, entries for staff.
	partial := "/ledger/tile/0/000.p/" + strconv.FormatInt(index+1, 10)
	a = visitor.Get(partial).Want(200)
	if len(a.Body) != int(index+1)*tlog.HashSize || tlog.Hash(a.Body[index*tlog.HashSize:]) != leaf || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the tile has %d bytes and %v", len(a.Body), a.Header)
	}
	entries := "/ledger/tile/entries/000.p/" + strconv.FormatInt(index+1, 10)
	visitor.Get(entries).Want(401)
	site.Participant("en").Get(entries).Want(401)
	a = reviewer.Get(entries).Want(200)
	if strings.Contains(a.Header.Get("Cache-Control"), "public") {
		t.Error("entries may be kept by all")
	}
	rest := a.Body
	for range index {
		rest = rest[2+binary.BigEndian.Uint16(rest):]
	}
	if string(rest[2:]) != p.Leaf {
		t.Errorf("the last entry is %q", rest)
	}

	// What there is not, and what is no question.
	for address, status := range map[string]int{
		"/ledger/tile/0/000": 404, "/ledger/tile/0/000.p/255": 404, "/ledger/tile/1/000.p/1": 404, "/ledger/tile/0/001": 404,
		"/ledger/tile/0/000.p/0": 404, "/ledger/tile/0/000.p/256": 404, "/ledger/tile/0/00": 404, "/ledger/tile/00/000": 404, "/ledger/tile/-1/000": 404,
		"/ledger/tile/64/000": 404, "/ledger/tile/0/x000/000": 404, "/ledger/tile/data/000": 404, "/ledger/tile/8/0/000": 404, "/ledger/tile/": 404,
		"/ledger/tile/0/" + strings.Repeat("x999/", 400) + "999": 404, "/ledger/tile/0/999999999999999999999": 404,
		"/ledger/": 404, "/ledger": 404,
		"/api/v1/ledger/consistency": 422, "/api/v1/ledger/consistency?from=0": 422, "/api/v1/ledger/consistency?from=-3": 422,
		"/api/v1/ledger/consistency?from=9223372036854775807": 422, "/api/v1/ledger/consistency?from=9223372036854775808": 422,
		"/api/v1/ledger/consistency?from=2&to=1": 422, "/api/v1/ledger/consistency?from=1&to=1000000": 422, "/api/v1/ledger/consistency?from=x": 422,
	} {
		if a := visitor.Get(address); a.Status != status {
			t.Errorf("%s: %d %s", address, a.Status, a.Body)
		}
	}
	for address, status := range map[string]int{
		"/api/v1/studio/ledger/none/proof": 404, "/api/v1/studio/ledger/" + strings.Repeat("x", 101) + "/proof": 422,
		"/api/v1/studio/ledger/newest?before=x": 400, "/api/v1/studio/ledger/newest?before=-1": 400, "/api/v1/studio/ledger/newest?limit=0": 422,
		"/api/v1/studio/ledger/newest?limit=201": 422, "/api/v1/studio/ledger/newest?before=99999999999999999999": 400,
	} {
		if a := reviewer.Get(address); a.Status != status {
			t.Errorf("%s: %d %s", address, a.Status, a.Body)
		}
	}
	if a := visitor.Send(visitor.Request(http.MethodPost, "/ledger/checkpoint", nil)); a.Status == 200 {
		t.Error("the checkpoint can be posted")
	}
}
