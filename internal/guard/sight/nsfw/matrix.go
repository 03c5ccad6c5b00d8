package nsfw

// matrix is k×n weights in panels of some columns each, so that the kernel
// reads them in one go. The last panel is filled up with zeros.
type matrix struct {
	k, n   int
	panels []float32
}

// packBy packs row-major weights in panels of so many columns.
func packBy(columns int, weights []float32, k, n int) matrix {
	panels := (n + columns - 1) / columns
	m := matrix{k: k, n: n, panels: make([]float32, panels*k*columns)}
	for row := range k {
		for col := range n {
			m.panels[(col/columns*k+row)*columns+col%columns] = weights[row*n+col]
		}
	}
	return m
}

// columnsGo is the width of a panel in plain Go: with two rows of four sums
// everything stays in the sixteen registers of amd64; 4×4 does not and takes
// nearly twice as long.
const columnsGo = 4

// timesGo gives out = a·m + bias for a of so many rows, row-major.
func (m *matrix) timesGo(a []float32, rows int, bias, out []float32) {
	k, n := m.k, m.n
	for i := 0; i < rows; i += 2 {
		r0 := a[i*k:][:k]
		r1 := r0
		if i+1 < rows {
			r1 = a[(i+1)*k:][:k]
		}
		for j := 0; j < n; j += columnsGo {
			panel := m.panels[j*k:][:columnsGo*k]
			var c00, c01, c02, c03, c10, c11, c12, c13 float32
			for x := range r0 {
				q := (*[columnsGo]float32)(panel[x*columnsGo:])
				b0, b1, b2, b3 := q[0], q[1], q[2], q[3]
				v := r0[x]
				c00 += v * b0
				c01 += v * b1
				c02 += v * b2
				c03 += v * b3
				v = r1[x]
				c10 += v * b0
				c11 += v * b1
				c12 += v * b2
				c13 += v * b3
			}
			sums := [2][columnsGo]float32{{c00, c01, c02, c03}, {c10, c11, c12, c13}}
			for r := range min(2, rows-i) {
				dst := out[(i+r)*n+j : (i+r)*n+min(j+columnsGo, n)]
				for s := range dst {
					dst[s] = sums[r][s] + bias[j+s]
				}
			}
		}
	}
}
