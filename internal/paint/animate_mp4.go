package paint

import (
	"context"
	"fmt"
	"image"
	"io"
	"os/exec"
	"strconv"

	"marquee/internal/fault"
)

// maxNote bounds what is kept of ffmpeg's complaints.
const maxNote = 4 << 10

// EncodeMP4 paints all frames and writes them as an H.264 film without sound,
// by way of the ffmpeg program, which must be installed. An odd last row or
// column is cut off, because the format has none. It fails with a fault of code
// ffmpeg_missing where there is no ffmpeg, with the context's error when ctx
// ends, and with what ffmpeg or w complain of.
func (a *Animation) EncodeMP4(ctx context.Context, w io.Writer) error {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		f := fault.New(fault.Unavailable, "ffmpeg_missing", "Films need the program ffmpeg, which is not installed here. Install it, or choose WebP.")
		f.Cause = err
		return f
	}
	cmd := exec.CommandContext(ctx, program, a.ffmpegArgs()...)
	note := &notes{}
	out := &bounded{w: w, left: maxAnimationBytes}
	cmd.Stdout, cmd.Stderr = out, note
	in, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("preparing ffmpeg: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting ffmpeg: %w", err)
	}
	painted := a.each(ctx, func(i int, frame *image.NRGBA) error {
		_, err := in.Write(frame.Pix)
		return err
	})
	// Without more to read ffmpeg ends by itself, and when ctx ends it is ended.
	closed := in.Close()
	ended := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case out.err != nil:
		return out.err
	case ended != nil:
		return fmt.Errorf("ffmpeg failed: %w: %s", ended, note.text)
	case painted != nil:
		return painted
	case closed != nil:
		return fmt.Errorf("handing the last frame to ffmpeg: %w", closed)
	}
	return nil
}

// ffmpegArgs asks for a film that starts to play before it is all there, whose
// bytes depend on its pixels alone.
func (a *Animation) ffmpegArgs() []string {
	return []string{
		"-hide_banner", "-loglevel", "error", "-nostdin",
		"-f", "rawvideo", "-pixel_format", "rgba",
		"-video_size", strconv.Itoa(a.Width) + "x" + strconv.Itoa(a.Height),
		"-framerate", strconv.Itoa(a.FPS), "-i", "pipe:0",
		"-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
		"-c:v", "libx264", "-preset", "medium", "-crf", "18", "-threads", "1",
		"-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "iec61966-2-1", "-color_range", "tv",
		"-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
		"-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1",
	}
}

// notes keeps the start of what is written to it.
type notes struct{ text []byte }

func (n *notes) Write(p []byte) (int, error) {
	if left := maxNote - len(n.text); left > 0 {
		n.text = append(n.text, p[:min(left, len(p))]...)
	}
	return len(p), nil
}

// bounded passes on what is written to it, up to a length.
type bounded struct {
	w    io.Writer
	left int
	err  error
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.err == nil && len(p) > b.left {
		b.err = fault.New(fault.TooLarge, "animation_size", "The film is too large. Choose fewer or smaller frames.")
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.w.Write(p)
	b.left -= n
	if err != nil {
		b.err = fmt.Errorf("writing the film: %w", err)
	}
	return n, err
}
