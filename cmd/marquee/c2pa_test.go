package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestContentCredentials(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plain, signed, data := filepath.Join(dir, "plain.png"), filepath.Join(dir, "plain.signed.png"), filepath.Join(dir, "data")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(plain, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	// told runs a command, expects its exit code, and gives its output.
	told := func(want int, args ...string) string {
		t.Helper()
		code, out, errs := do(t, append([]string{"c2pa"}, args...)...)
		if code != want {
			t.Fatalf("%v: %d, want %d\n%s%s", args, code, want, out, errs)
		}
		return out
	}
	verified := func(want int, args ...string) (v struct {
		State               string
		Failures, Successes []string
	}) {
		t.Helper()
		out := told(want, append([]string{"verify", "--json"}, args...)...)
		if err := json.Unmarshal([]byte(out), &v); err != nil || v.Failures == nil || v.Successes == nil {
			t.Fatalf("%v: %s", err, out)
		}
		return v
	}
	if v := verified(3, plain); v.State != "None" {
		t.Error(v)
	}
	told(0, "sign", "--data", data, "--source", "model", "--title", "A star", plain)
	if code, _, errs := do(t, "c2pa", "sign", "--data", data, plain); code != 1 || !strings.Contains(errs, "exists") {
		t.Errorf("a file was replaced: %d %s", code, errs)
	}
	anchor := filepath.Join(data, "credential", "anchor.pem")
	if v := verified(0, signed); v.State != "Valid" || len(v.Failures) != 1 || v.Failures[0] != "signingCredential.untrusted" {
		t.Error(v)
	}
	told(4, "verify", "--trusted", signed)
	if v := verified(0, "--anchors", anchor, "--trusted", signed); v.State != "Trusted" || len(v.Failures) != 0 {
		t.Error(v)
	}
	again := filepath.Join(dir, "again.png")
	told(0, "sign", "--data", data, "--out", again, signed)
	if v := verified(0, "--anchors", anchor, again); v.State != "Trusted" {
		t.Error(v)
	}
	out := told(0, "inspect", "--anchors", anchor, again)
	for _, want := range []string{"Trusted", "A star", "c2pa.opened", "c2pa.created http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "parentOf", "CN=Marquee", "es256"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	var all struct{ Manifests []struct{ Label string } }
	if err := json.Unmarshal([]byte(told(0, "inspect", "--json", again)), &all); err != nil || len(all.Manifests) != 2 {
		t.Errorf("%v %v", err, all)
	}
	told(0, "sign", "--data", data, "--sidecar", plain)
	if v := verified(0, "--anchors", anchor, "--manifest", plain+".c2pa", plain); v.State != "Trusted" {
		t.Error(v)
	}
	packet, described := filepath.Join(dir, "packet.xmp"), filepath.Join(dir, "described.png")
	if err := os.WriteFile(packet, []byte(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:title="Star"/></rdf:RDF>`), 0o600); err != nil {
		t.Fatal(err)
	}
	told(0, "sign", "--data", data, "--xmp", packet, "--remote", "https://example.com/star.c2pa", "--out", described, plain)
	if v := verified(0, "--anchors", anchor, described); v.State != "Trusted" {
		t.Error(v)
	}
	if b, err := os.ReadFile(described); err != nil || !bytes.Contains(b, []byte(`dc:title="Star"`)) || !bytes.Contains(b, []byte("https://example.com/star.c2pa")) {
		t.Errorf("the metadata are not there: %v", err)
	}
	told(1, "sign", "--data", data, "--xmp", plain, "--out", described+"2", plain)
	told(1, "sign", "--data", data, "--remote", "ftp://example.com", "--out", described+"3", plain)
	if _, err := os.Stat(described + "2"); !os.IsNotExist(err) {
		t.Errorf("a file that could not be signed is there: %v", err)
	}
	changed, err := os.ReadFile(signed)
	if err != nil {
		t.Fatal(err)
	}
	changed[len(changed)-20] ^= 1
	if err := os.WriteFile(again, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verified(1, again); v.State != "Invalid" || v.Failures[0] != "signingCredential.untrusted" || v.Failures[1] != "assertion.dataHash.mismatch" {
		t.Error(v)
	}
	if info, err := os.Stat(filepath.Join(data, "credential", "signer.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v %v", info, err)
	}
}
