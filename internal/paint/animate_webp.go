package paint

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"

	"marquee/internal/compose"
	"marquee/internal/fault"
)

// maxAnimationBytes bounds what an animated file may weigh, since its head
// tells its length and all of it waits in memory until that is known.
const maxAnimationBytes = 128 << 20

// EncodeWebP paints all frames and writes them as an animated WebP that loops
// for ever and says that its colours are sRGB. Quality goes from 1 to 100; 0
// means the usual one. The same animation gives the same bytes. It fails with a
// fault of code animation_size when the file would pass 128 MB, with the
// context's error when ctx ends, and with w's error.
func (a *Animation) EncodeWebP(ctx context.Context, w io.Writer, quality int) error {
	var profile []byte
	frames := make([][]byte, 0, a.Frames)
	total := 0
	err := a.each(ctx, func(i int, frame *image.NRGBA) error {
		file, err := compose.Encode(frame, compose.WebP, quality)
		if err != nil {
			return fmt.Errorf("encoding frame %d: %w", i, err)
		}
		chunks, err := riffChunks(file)
		if err != nil {
			return fmt.Errorf("reading frame %d back: %w", i, err)
		}
		if i == 0 {
			profile = chunks["ICCP"]
		}
		data := a.frameChunk(i, chunks)
		if total += len(data); total > maxAnimationBytes {
			return fault.New(fault.TooLarge, "animation_size", "The animation is too large for a WebP. Choose fewer or smaller frames, or a lower quality.")
		}
		frames = append(frames, data)
		return nil
	})
	if err != nil {
		return err
	}
	head := a.webpHead(profile)
	size := len(head) + total - 8
	binary.LittleEndian.PutUint32(head[4:], uint32(size))
	for _, part := range append([][]byte{head}, frames...) {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("writing the animation: %w", err)
		}
	}
	return nil
}

// webpHead is everything before the frames; the length is still to be set.
func (a *Animation) webpHead(profile []byte) []byte {
	const animated, profiled = 1 << 1, 1 << 5
	extended := make([]byte, 10)
	extended[0] = animated
	if profile != nil {
		extended[0] |= profiled
	}
	put24(extended[4:], a.Width-1)
	put24(extended[7:], a.Height-1)
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	out = appendChunk(out, "VP8X", extended)
	if profile != nil {
		out = appendChunk(out, "ICCP", profile)
	}
	// An opaque ground and no end to the loop.
	return appendChunk(out, "ANIM", []byte{0, 0, 0, 255, 0, 0})
}

// frameChunk is one frame that covers all and mixes with nothing before it.
func (a *Animation) frameChunk(i int, chunks map[string][]byte) []byte {
	head := make([]byte, 16)
	put24(head[6:], a.Width-1)
	put24(head[9:], a.Height-1)
	// Rounding the times and not the durations keeps the loop's length right.
	put24(head[12:], (i+1)*1000/a.FPS-i*1000/a.FPS)
	const noBlend = 1 << 1
	head[15] = noBlend
	for _, name := range []string{"ALPH", "VP8 ", "VP8L"} {
		if data, ok := chunks[name]; ok {
			head = appendChunk(head, name, data)
		}
	}
	return appendChunk(nil, "ANMF", head)
}

func put24(b []byte, v int) { b[0], b[1], b[2] = byte(v), byte(v>>8), byte(v>>16) }

func appendChunk(out []byte, name string, data []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

var errNoWebP = errors.New("the encoder's file is no WebP")

// riffChunks takes a WebP apart; of chunks with one name it keeps the first.
func riffChunks(file []byte) (map[string][]byte, error) {
	if len(file) < 12 || string(file[:4]) != "RIFF" || string(file[8:12]) != "WEBP" {
		return nil, errNoWebP
	}
	chunks := map[string][]byte{}
	for at := 12; at+8 <= len(file); {
		name, n := string(file[at:at+4]), int(binary.LittleEndian.Uint32(file[at+4:]))
		if n > len(file)-at-8 {
			return nil, errNoWebP
		}
		if _, twice := chunks[name]; !twice {
			chunks[name] = file[at+8 : at+8+n]
		}
		at += 8 + n + n%2
	}
	if chunks["VP8 "] == nil && chunks["VP8L"] == nil {
		return nil, errNoWebP
	}
	return chunks, nil
}
