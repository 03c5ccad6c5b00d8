package nsfw

// do is what a step does.
type do int

const (
	scale     do = iota // times number
	shift               // plus number
	spread              // a convolution that looks around itself
	depthwise           // 3×3 in each channel by itself
	multiply            // a convolution that looks at one place, or a dense layer
	sum
	mean // over the whole picture
	softmax
)

// step is one layer.
type step struct {
	do     do
	in     []int
	out    int
	number float32
	// matrix are the packed weights of spread and multiply, taps those of
	// depthwise, bias is added by all three.
	matrix matrix
	taps   []float32
	bias   []float32
	// side and stride are of the window, before is how far it first hangs over
	// the edge.
	side, stride, before int
	// clip keeps what comes out between 0 and 6.
	clip bool
}

// network is a model that is ready to run. It never changes.
type network struct {
	steps  []step
	values []size
	// room is where each value lies while the network runs: values share a room
	// when one is no longer needed. rooms are their lengths.
	room  []int
	rooms []int
	// patch is the length of the largest unfolded input of a spread step.
	patch int
}

// plan gives every value a room and takes it back after its last use, so that
// a run needs some megabytes instead of a hundred.
func (b *builder) plan() *network {
	n := &network{steps: b.steps, values: b.values, room: make([]int, len(b.values))}
	last := make([]int, len(b.values))
	for i, s := range b.steps {
		last[s.out] = i
		for _, v := range s.in {
			last[v] = i
		}
		if s.do == spread {
			n.patch = max(n.patch, b.values[s.out].h*b.values[s.out].w*s.matrix.k)
		}
	}
	last[len(last)-1] = len(b.steps)
	n.rooms = []int{b.values[0].len()}
	var free []int
	for i, s := range b.steps {
		need := b.values[s.out].len()
		if len(free) == 0 {
			free = append(free, len(n.rooms))
			n.rooms = append(n.rooms, 0)
		}
		// The room that fits best: the smallest that is large enough, else the
		// largest, which then grows.
		best := 0
		for j := range free {
			have, would := n.rooms[free[best]], n.rooms[free[j]]
			if have < need && would > have || would >= need && would < have {
				best = j
			}
		}
		r := free[best]
		free = append(free[:best], free[best+1:]...)
		n.rooms[r] = max(n.rooms[r], need)
		n.room[s.out] = r
		for j, v := range s.in {
			if last[v] == i && (j == 0 || v != s.in[0]) {
				free = append(free, n.room[v])
			}
		}
	}
	return n
}

// bench is the memory that one run works in.
type bench struct {
	rooms [][]float32
	patch []float32
}

func (n *network) bench() *bench {
	b := &bench{patch: make([]float32, n.patch)}
	for _, r := range n.rooms {
		b.rooms = append(b.rooms, make([]float32, r))
	}
	return b
}

// input is where a run finds its picture.
func (n *network) input(b *bench) []float32 { return b.rooms[0][:n.values[0].len()] }

// run works from the picture in the bench to the shares of the classes, which
// stay valid until the next run. stop is asked between steps; a run that was
// stopped gives nil.
func (n *network) run(b *bench, stop func() bool) []float32 {
	at := func(v int) []float32 { return b.rooms[n.room[v]][:n.values[v].len()] }
	var out []float32
	for i := range n.steps {
		if stop() {
			return nil
		}
		s := &n.steps[i]
		in, from := at(s.in[0]), n.values[s.in[0]]
		var to size
		out, to = at(s.out), n.values[s.out]
		switch s.do {
		case scale:
			for j, x := range in {
				out[j] = x * s.number
			}
		case shift:
			for j, x := range in {
				out[j] = x + s.number
			}
		case spread:
			unfold(b.patch, in, from, to, s)
			s.matrix.times(b.patch, to.h*to.w, s.bias, out)
		case depthwise:
			slide(in, from, out, to, s)
		case multiply:
			s.matrix.times(in, to.h*to.w, s.bias, out)
		case sum:
			for j, y := range at(s.in[1]) {
				out[j] = in[j] + y
			}
		case mean:
			average(in, out)
		case softmax:
			shares(in, out)
		}
		if s.clip {
			for j, x := range out {
				out[j] = min(max(x, 0), 6)
			}
		}
	}
	return out
}
