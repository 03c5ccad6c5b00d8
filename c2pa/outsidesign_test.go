package c2pa

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// nodeBinding gives the folder of the packages, where the other signer runs.
func nodeBinding(t testing.TB) string {
	t.Helper()
	dir := tools(t)
	_, err := os.Stat(filepath.Join(dir, "@contentauth/c2pa-node/dist/index.node"))
	if err == nil && runtime.GOOS == "linux" && runtime.GOARCH == "amd64" {
		return dir
	}
	if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
		t.Fatal("@contentauth/c2pa-node is not here: make test-needs")
	}
	t.Skip("@contentauth/c2pa-node is not here, or not for this machine: make test-needs")
	return ""
}

// outsideSign runs the other implementation's signer over files of a folder.
func outsideSign(t testing.TB, dir string, env []string, files ...string) []byte {
	t.Helper()
	w := theWorld()
	key := p256(t)
	cert := w.root.issue(t, "Outside", key.Public(), usagesOfClaim, nil)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	keyPath, chainPath := filepath.Join(dir, "key.pem"), filepath.Join(dir, "chain.pem")
	for path, data := range map[string][]byte{
		keyPath:   pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		chainPath: append(pemOf(cert), pemOf(w.root.cert)...),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"testdata/outside/sign.mjs", nodeBinding(t), keyPath, chainPath}, files...)...)
	cmd.Env = append(os.Environ(), env...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.Bytes())
	}
	return out
}

func TestWeTrustWhatOutsideSigns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var files []string
	for ext, data := range samples(t) {
		path := filepath.Join(dir, "sample."+ext)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	outsideSign(t, dir, []string{"UPDATES=1"}, files...)
	for _, path := range files {
		for name, manifests := range map[string]int{"plain": 1, "chained": 2, "first": 1, "updated": 2} {
			if filepath.Ext(path) == ".webp" && name == "updated" {
				continue // its length is under the first signature
			}
			data, err := os.ReadFile(path + "." + name)
			if err != nil {
				t.Fatal(err)
			}
			r := validate(t, data, theWorld().options)
			if r.State != Trusted || len(r.Store.Manifests) != manifests {
				t.Errorf("%s %s: %s, %d manifests: %q", filepath.Base(path), name, r.State, len(r.Store.Manifests), explain(r))
			}
			if v := r.Store.Active().Claim.Version; v != map[bool]int{true: 1, false: 2}[name == "first"] {
				t.Errorf("%s has a claim of version %d", name, v)
			}
			at := len(data) - 400
			if filepath.Ext(path) == ".webp" {
				at = 100 // the credential comes last in it
			}
			if r := validate(t, flip(data, at), theWorld().options); r.State != Invalid {
				t.Errorf("%s %s: changed, and %s", filepath.Base(path), name, r.State)
			}
		}
	}
}

// BenchmarkBesideOutside signs and validates the same files with both
// implementations in one run, best of ten each, and reports ours divided by
// theirs: at most 1 is not slower.
func BenchmarkBesideOutside(b *testing.B) {
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"png-2MB", pngOf(b, 1450, 1000)}, {"jpg-1MB", jpegOf(b, 1500, 1200)}, {"mp4-50MB", mp4Of(50 << 20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			dir := b.TempDir()
			path := filepath.Join(dir, "sample."+c.name[:3])
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				b.Fatal(err)
			}
			var theirs struct{ Sign, Verify float64 }
			line := bufio.NewScanner(bytes.NewReader(outsideSign(b, dir, []string{"ROUNDS=10"}, path)))
			if !line.Scan() || json.Unmarshal(line.Bytes(), &theirs) != nil {
				b.Fatal(line.Text())
			}
			var sign, verify time.Duration
			for i := range max(10, b.N) {
				s, v := signAndVerify(b, path)
				if i == 0 || s < sign {
					sign = s
				}
				if i == 0 || v < verify {
					verify = v
				}
			}
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.Logf("%d bytes: sign %.1f ms, theirs %.1f; verify %.1f ms, theirs %.1f", len(c.data), ms(sign), theirs.Sign, ms(verify), theirs.Verify)
			b.ReportMetric(ms(sign)/theirs.Sign, "sign-ratio")
			b.ReportMetric(ms(verify)/theirs.Verify, "verify-ratio")
		})
	}
}

// signAndVerify does both from file to file, as the other one does.
func signAndVerify(b *testing.B, path string) (sign, verify time.Duration) {
	b.Helper()
	step := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	begin := time.Now()
	in, err := os.Open(path)
	step(err)
	defer in.Close()
	a, err := File(in)
	step(err)
	out, err := os.Create(path + ".ours")
	step(err)
	defer out.Close()
	_, err = Sign(b.Context(), out, a, made(), theWorld().signer, SignOptions{})
	step(err)
	sign = time.Since(begin)
	begin = time.Now()
	signed, err := File(out)
	step(err)
	r, err := Validate(b.Context(), signed, theWorld().options)
	step(err)
	verify = time.Since(begin)
	if r.State != Trusted {
		b.Fatal(fmt.Sprint(r.State, r.Codes(Failure)))
	}
	return sign, verify
}
