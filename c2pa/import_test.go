package c2pa

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program is what somebody else might write.
const program = `package main

import (
	"context"
	"fmt"
	"os"

	"marquee/c2pa"
)

func main() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	a, err := c2pa.File(f)
	if err != nil {
		panic(err)
	}
	r, err := c2pa.Validate(context.Background(), a, c2pa.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(r.State)
}
`

// TestAnotherProgramUsesIt builds a small program in a module of its own, and
// runs it. It must not need anything of the rest of this module.
func TestAnotherProgramUsesIt(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for from, to := range map[string]string{"go.mod": "go.mod", "go.sum": "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			t.Fatal(err)
		}
		if from == "go.mod" {
			data = []byte(strings.Replace(string(data), "module marquee", "module example.com/outside", 1) +
				"\nrequire marquee v0.0.0\n\nreplace marquee => " + root + "\n")
		}
		if err := os.WriteFile(filepath.Join(dir, to), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	picture := filepath.Join(dir, "signed.png")
	for path, data := range map[string][]byte{
		filepath.Join(dir, "main.go"): []byte(program),
		picture:                       sign(t, pngOf(t, 8, 8), made(), theWorld().signer, SignOptions{}),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=mod", "GOPROXY=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	run("go", "build", "-o", "outside", ".")
	if got := run(filepath.Join(dir, "outside"), picture); got != "Valid" {
		t.Errorf("it says %q", got)
	}
	if deps := run("go", "list", "-deps", "marquee/c2pa"); strings.Contains(deps, "marquee/internal") {
		t.Error("the package needs rooms of Marquee")
	}
}
