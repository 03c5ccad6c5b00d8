package compose

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"math"
	"strconv"
)

// pdfFile writes the objects of a PDF. It is a small part of PDF 1.7, as much as
// a printed page needs, and has nothing that changes from one run to the next.
type pdfFile struct {
	buf bytes.Buffer
	at  []int // where each object begins, 0 for those that are not written yet
}

func newPDF() *pdfFile {
	p := &pdfFile{at: []int{0}}
	// The bytes above 127 tell transfer programs that the file is binary.
	p.buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return p
}

// reserve returns the number of an object to be written later.
func (p *pdfFile) reserve() int {
	p.at = append(p.at, 0)
	return len(p.at) - 1
}

// put writes an object under a reserved number.
func (p *pdfFile) put(n int, body string) {
	p.at[n] = p.buf.Len()
	fmt.Fprintf(&p.buf, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (p *pdfFile) add(body string) int {
	n := p.reserve()
	p.put(n, body)
	return n
}

// stream adds a stream as it is; dict is the inside of its dictionary.
func (p *pdfFile) stream(dict string, data []byte) int {
	n := p.reserve()
	p.at[n] = p.buf.Len()
	fmt.Fprintf(&p.buf, "%d 0 obj\n<< %s /Length %d >>\nstream\n", n, dict, len(data))
	p.buf.Write(data)
	p.buf.WriteString("\nendstream\nendobj\n")
	return n
}

// packed adds a stream, compressed.
func (p *pdfFile) packed(dict string, data []byte) (int, error) {
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, 6)
	if err != nil {
		return 0, err
	}
	if _, err := z.Write(data); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return p.stream(dict+" /Filter /FlateDecode", b.Bytes()), nil
}

// finish writes the end of the file.
func (p *pdfFile) finish(root, info int) []byte {
	// The same content has the same id, and another one another.
	id := sha256.Sum256(p.buf.Bytes())
	start := p.buf.Len()
	fmt.Fprintf(&p.buf, "xref\n0 %d\n0000000000 65535 f \n", len(p.at))
	for _, at := range p.at[1:] {
		fmt.Fprintf(&p.buf, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&p.buf, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(p.at), root, info, id[:16], id[:16], start)
	return p.buf.Bytes()
}

// pdfNumber writes a number as PDF reads it: no exponent, five places.
func pdfNumber(b []byte, v float64) []byte {
	v = math.Round(v*1e5) / 1e5
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// pdfText writes a text as PDF reads it in the document's information.
func pdfText(s string) string {
	out := []byte("<feff")
	for _, r := range s {
		if r > 0xffff {
			r -= 0x10000
			out = fmt.Appendf(out, "%04x%04x", 0xd800+r>>10, 0xdc00+r&0x3ff)
		} else {
			out = fmt.Appendf(out, "%04x", r)
		}
	}
	return string(out) + ">"
}
