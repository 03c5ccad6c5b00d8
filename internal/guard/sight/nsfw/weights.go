package nsfw

import (
	"encoding/json"
	"fmt"
)

// tensor is a block of weights; the last of shape varies fastest.
type tensor struct {
	shape []int
	data  []float32
}

// manifest is the part of model.json that says where which weights lie.
type manifest []struct {
	Weights []struct {
		Name         string `json:"name"`
		Shape        []int  `json:"shape"`
		Quantization struct {
			Min   float64 `json:"min"`
			Scale float64 `json:"scale"`
			DType string  `json:"dtype"`
		} `json:"quantization"`
	} `json:"weights"`
}

// mostWeights bounds a model; this one has 4.3 million.
const mostWeights = 16 << 20

// unpack reads the weights, which are bytes b that stand for b·scale + min.
func unpack(raw json.RawMessage, bin []byte) (map[string]*tensor, error) {
	var groups manifest
	if err := json.Unmarshal(raw, &groups); err != nil {
		return nil, fmt.Errorf("the manifest: %w", err)
	}
	out := map[string]*tensor{}
	for _, g := range groups {
		for _, w := range g.Weights {
			if w.Quantization.DType != "uint8" {
				return nil, fmt.Errorf("%s is kept as %q, not as bytes", w.Name, w.Quantization.DType)
			}
			n := 1
			for _, side := range w.Shape {
				if side < 1 || n > mostWeights/side {
					return nil, fmt.Errorf("%s has an impossible shape %v", w.Name, w.Shape)
				}
				n *= side
			}
			if n > len(bin) {
				return nil, fmt.Errorf("the weights end before %s", w.Name)
			}
			data := make([]float32, n)
			for i, b := range bin[:n] {
				data[i] = float32(float64(b)*w.Quantization.Scale + w.Quantization.Min)
			}
			bin = bin[n:]
			out[w.Name] = &tensor{w.Shape, data}
		}
	}
	if len(bin) > 0 {
		return nil, fmt.Errorf("%d bytes of weights belong to nothing", len(bin))
	}
	return out, nil
}
