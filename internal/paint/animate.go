package paint

import (
	"context"
	"fmt"
	"image"

	"marquee/internal/fault"
)

// The bounds of an animation: how many frames it has, how many come in a
// second, and how many pixels they have together.
const (
	MinFrames = 2
	MaxFrames = 600
	MaxFPS    = 60
	MaxPixels = 1 << 30
)

// Animation is a scene that moves and loops without a seam. Its frames are
// painted when they are asked for, so it takes no more memory than a picture.
// It is not safe for concurrent use.
type Animation struct {
	// Width and Height are pixels, Frames how many pictures the loop has, and
	// FPS how many of them are shown in a second.
	Width, Height, Frames, FPS int
	// Alt, Understood and Missed are as in Picture.
	Alt                string
	Understood, Missed []string

	st       *stage
	progress func(float64)
}

// Animate sets a moving scene up: layers that pass each other, falling snow and
// rain, twinkling stars, smoke, light on water. Frame 0 is the picture that
// Paint gives for the same request, and the last frame leads back to it.
// progress, if given, is called with a growing fraction 0 to 1 while one of the
// Encode methods runs. It fails as Paint does, and with a fault of code
// animation_size for more frames or pixels than the bounds allow.
func Animate(ctx context.Context, r Request, frames, fps int, progress func(fraction float64)) (*Animation, error) {
	if frames < MinFrames || frames > MaxFrames || fps < 1 || fps > MaxFPS {
		return nil, fault.New(fault.Invalid, "animation_size",
			"An animation has %d to %d frames and shows 1 to %d of them in a second. Choose other numbers.", MinFrames, MaxFrames, MaxFPS)
	}
	if r.Width > 0 && r.Height > 0 && r.Width <= MaxSide && r.Height <= MaxSide && frames*r.Width*r.Height > MaxPixels {
		return nil, fault.New(fault.Invalid, "animation_size",
			"%d frames of %d×%d pixels are too much to paint. Choose fewer or smaller ones.", frames, r.Width, r.Height)
	}
	if progress == nil {
		progress = func(float64) {}
	}
	st, pic, err := prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	return &Animation{
		Width: r.Width, Height: r.Height, Frames: frames, FPS: fps,
		Alt: pic.Alt, Understood: pic.Understood, Missed: pic.Missed,
		st: st, progress: progress,
	}, nil
}

// Frame paints the i-th frame, 0 to Frames-1. The same frame has the same
// pixels every time. It fails with the context's error when ctx ends.
func (a *Animation) Frame(ctx context.Context, i int) (*image.NRGBA, error) {
	if i < 0 || i >= a.Frames {
		return nil, fmt.Errorf("frame %d of an animation of %d", i, a.Frames)
	}
	t := float64(i) / float64(a.Frames)
	return a.st.posed(t).render(ctx, a.Width, a.Height, func(float64) {})
}

// each paints the frames in order and hands them on.
func (a *Animation) each(ctx context.Context, use func(i int, frame *image.NRGBA) error) error {
	for i := range a.Frames {
		frame, err := a.Frame(ctx, i)
		if err != nil {
			return err
		}
		if err := use(i, frame); err != nil {
			return err
		}
		a.progress(float64(i+1) / float64(a.Frames))
	}
	return nil
}
