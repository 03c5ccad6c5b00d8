package paint

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/fault"
)

// program puts a shell script in ffmpeg's place.
func program(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "ffmpeg"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestMP4WithoutFFmpeg(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := animate(t, "a fox", "poster", 2).EncodeMP4(context.Background(), &bytes.Buffer{})
	if !fault.HasCode(err, "ffmpeg_missing") {
		t.Errorf("got %v", err)
	}
}

// TestMP4HandsEveryFrameOver has a program in ffmpeg's place that gives back
// what it gets.
func TestMP4HandsEveryFrameOver(t *testing.T) {
	program(t, "exec /bin/cat")
	a := animate(t, "a fox", "pixel", 3)
	var out bytes.Buffer
	if err := a.EncodeMP4(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if n := 4 * a.Width * a.Height; out.Len() != 3*n || !bytes.Equal(out.Bytes()[i*n:(i+1)*n], frameOf(t, a, i).Pix) {
			t.Fatalf("%d bytes arrived, and frame %d is not what was painted", out.Len(), i)
		}
	}
}

func TestMP4Failures(t *testing.T) {
	a := animate(t, "a fox", "pixel", 4)
	program(t, "echo no such codec >&2; exit 3")
	if err := a.EncodeMP4(context.Background(), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "no such codec") {
		t.Errorf("a failing program gave %v", err)
	}
	program(t, "exec /bin/cat")
	if err := a.EncodeMP4(context.Background(), broken{}); !errors.Is(err, errBroken) {
		t.Errorf("a broken writer gave %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	a.progress = func(float64) { cancel() }
	if err := a.EncodeMP4(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, got %v", err)
	}
}

// TestMP4 makes a real film where ffmpeg is installed.
func TestMP4(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
			t.Fatal("ffmpeg is not installed; run make test")
		}
		t.Skip("ffmpeg is not installed; make test installs it")
	}
	r := square("a cabin in the mountains at night, snow", 2, 257)
	a, err := Animate(context.Background(), r, 5, 12, nil)
	if err != nil {
		t.Fatal(err)
	}
	var films [2]bytes.Buffer
	for i := range films {
		if err := a.EncodeMP4(context.Background(), &films[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(films[0].Bytes(), films[1].Bytes()) {
		t.Error("the same animation gave two films")
	}
	boxes := map[string]int{}
	for b := films[0].Bytes(); len(b) > 0; {
		if len(b) < 8 {
			t.Fatalf("%d bytes are left over", len(b))
		}
		n := int(binary.BigEndian.Uint32(b))
		if n < 8 || n > len(b) {
			t.Fatalf("box %q says %d bytes of %d", b[4:8], n, len(b))
		}
		boxes[string(b[4:8])]++
		b = b[n:]
	}
	if boxes["ftyp"] != 1 || boxes["moov"] != 1 || boxes["moof"] == 0 || boxes["mdat"] == 0 {
		t.Errorf("the film is made of %v", boxes)
	}
}
