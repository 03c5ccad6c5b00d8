package nsfw

import (
	"encoding/json"
	"fmt"
	"slices"
)

// node is one step of the graph as TensorFlow.js writes it; strings among its
// attributes are base64, which encoding/json undoes for []byte.
type node struct {
	Name  string   `json:"name"`
	Op    string   `json:"op"`
	Input []string `json:"input"`
	Attr  struct {
		Strides struct {
			List struct {
				I []string `json:"i"`
			} `json:"list"`
		} `json:"strides"`
		Padding struct {
			S []byte `json:"s"`
		} `json:"padding"`
		Fused struct {
			List struct {
				S [][]byte `json:"s"`
			} `json:"list"`
		} `json:"fused_ops"`
	} `json:"attr"`
}

// builder turns nodes into steps. A value is what a step gives; value 0 is the
// picture.
type builder struct {
	weights map[string]*tensor
	named   map[string]int
	values  []size
	steps   []step
}

// size is the shape of a value: rows, columns, channels.
type size struct{ h, w, c int }

func (s size) len() int { return s.h * s.w * s.c }

// assemble reads model.json and weights.bin.
func assemble(topology, weights []byte) (*network, error) {
	var file struct {
		Topology struct {
			Node []node `json:"node"`
		} `json:"modelTopology"`
		Manifest json.RawMessage `json:"weightsManifest"`
	}
	if err := json.Unmarshal(topology, &file); err != nil {
		return nil, fmt.Errorf("the topology: %w", err)
	}
	tensors, err := unpack(file.Manifest, weights)
	if err != nil {
		return nil, err
	}
	b := builder{weights: tensors, named: map[string]int{}, values: []size{{Side, Side, 3}}}
	for i := range file.Topology.Node {
		n := &file.Topology.Node[i]
		if err := b.add(n); err != nil {
			return nil, fmt.Errorf("%s %s: %w", n.Op, n.Name, err)
		}
	}
	if len(b.steps) == 0 || b.values[len(b.values)-1].len() != len(classes) {
		return nil, fmt.Errorf("the graph does not end in %d classes", len(classes))
	}
	return b.plan(), nil
}

func (b *builder) value(n *node, i int) (int, error) {
	if i < len(n.Input) {
		if v, ok := b.named[n.Input[i]]; ok {
			return v, nil
		}
	}
	return 0, fmt.Errorf("input %d is not known", i)
}

func (b *builder) weight(n *node, i, rank int) (*tensor, error) {
	if i < len(n.Input) {
		if t := b.weights[n.Input[i]]; t != nil && len(t.shape) == rank {
			return t, nil
		}
	}
	return nil, fmt.Errorf("input %d is not weights of %d dimensions", i, rank)
}

// give records a step and the value that it gives.
func (b *builder) give(n *node, s step, shape size) {
	s.out = len(b.values)
	b.values = append(b.values, shape)
	b.named[n.Name] = s.out
	b.steps = append(b.steps, s)
}

func (b *builder) add(n *node) error {
	switch n.Op {
	case "Const":
		return nil
	case "Placeholder":
		b.named[n.Name] = 0
		return nil
	case "Mul":
		by, err := b.weight(n, 0, 0)
		if err != nil {
			return err
		}
		in, err := b.value(n, 1)
		if err != nil {
			return err
		}
		b.give(n, step{do: scale, in: []int{in}, number: by.data[0]}, b.values[in])
		return nil
	case "Sub":
		less, err := b.weight(n, 1, 0)
		if err != nil {
			return err
		}
		in, err := b.value(n, 0)
		if err != nil {
			return err
		}
		b.give(n, step{do: shift, in: []int{in}, number: -less.data[0]}, b.values[in])
		return nil
	}
	in, err := b.value(n, 0)
	if err != nil {
		return err
	}
	shape := b.values[in]
	switch n.Op {
	case "_FusedConv2D", "FusedDepthwiseConv2dNative":
		return b.convolve(n, in)
	case "AddV2":
		other, err := b.value(n, 1)
		if err != nil {
			return err
		}
		if b.values[other] != shape {
			return fmt.Errorf("%v and %v can't be added", shape, b.values[other])
		}
		b.give(n, step{do: sum, in: []int{in, other}}, shape)
	case "AvgPool":
		b.give(n, step{do: mean, in: []int{in}}, size{1, 1, shape.c})
	case "Squeeze", "Identity":
		b.named[n.Name] = in
	case "_FusedMatMul":
		w, err := b.weight(n, 1, 2)
		if err != nil {
			return err
		}
		bias, err := b.weight(n, 2, 1)
		if err != nil {
			return err
		}
		if w.shape[0] != shape.len() || w.shape[1] != len(bias.data) {
			return fmt.Errorf("weights %v do not fit %v", w.shape, shape)
		}
		b.give(n, step{do: multiply, in: []int{in}, matrix: pack(w.data, w.shape[0], w.shape[1]), bias: bias.data}, size{1, 1, w.shape[1]})
	case "Softmax":
		b.give(n, step{do: softmax, in: []int{in}}, shape)
	default:
		return fmt.Errorf("is not known here")
	}
	return nil
}

func (b *builder) convolve(n *node, in int) error {
	w, err := b.weight(n, 1, 4)
	if err != nil {
		return err
	}
	bias, err := b.weight(n, 2, 1)
	if err != nil {
		return err
	}
	shape := b.values[in]
	strides := n.Attr.Strides.List.I
	if len(strides) != 4 || strides[1] != strides[2] || !slices.Contains([]string{"1", "2"}, strides[1]) || string(n.Attr.Padding.S) != "SAME" {
		return fmt.Errorf("strides %v with padding %q are not done here", strides, n.Attr.Padding.S)
	}
	stride := int(strides[1][0] - '0')
	side, depth := w.shape[0], w.shape[3]
	if w.shape[1] != side || w.shape[2] != shape.c || side != 1 && side != 3 {
		return fmt.Errorf("weights %v do not fit %v", w.shape, shape)
	}
	out := size{(shape.h + stride - 1) / stride, (shape.w + stride - 1) / stride, depth}
	s := step{in: []int{in}, bias: bias.data, side: side, stride: stride}
	// TensorFlow's SAME: what is missing is split, the odd one below and right.
	s.before = max((out.h-1)*stride+side-shape.h, 0) / 2
	for _, f := range n.Attr.Fused.List.S {
		s.clip = s.clip || string(f) == "Relu6"
	}
	switch {
	case n.Op == "FusedDepthwiseConv2dNative":
		if side != 3 || depth != 1 {
			return fmt.Errorf("weights %v are not done here", w.shape)
		}
		out.c = shape.c
		s.do, s.taps = depthwise, w.data
	case side == 1 && stride == 1:
		s.do = multiply
		s.matrix = pack(w.data, shape.c, depth)
	default:
		s.do = spread
		s.matrix = pack(w.data, side*side*shape.c, depth)
	}
	if len(bias.data) != out.c {
		return fmt.Errorf("%d biases do not fit %d channels", len(bias.data), out.c)
	}
	b.give(n, s, out)
	return nil
}
