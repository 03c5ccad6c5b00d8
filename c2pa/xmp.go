package c2pa

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
)

// XMPOf gives the XMP packet of a file, RDF in XML as it stands there; nil if
// the file has none. Of a JPEG it is the standard packet, without the pieces
// of an extended one. The error wraps [ErrFormat], [ErrBroken] or
// [ErrTooLarge].
func XMPOf(a Asset) ([]byte, error) {
	c, err := sniff(a)
	if err != nil {
		return nil, err
	}
	p, err := c.find(a)
	if err != nil {
		return nil, err
	}
	return readXMP(a, p)
}

// longestXMP bounds a packet.
const longestXMP = 4 << 20

func readXMP(a Asset, p *place) ([]byte, error) {
	if len(p.xmp) == 0 {
		return nil, nil
	}
	data, err := gather(a, p.xmp, longestXMP)
	if err != nil || !p.xmpDeflated {
		return data, err
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, broken("its XMP packet can't be unpacked")
	}
	data, err = io.ReadAll(io.LimitReader(z, longestXMP+1))
	switch {
	case err != nil:
		return nil, broken("its XMP packet can't be unpacked")
	case len(data) > longestXMP:
		return nil, fmt.Errorf("%w: the XMP packet has more than %d bytes", ErrTooLarge, longestXMP)
	}
	return data, nil
}

const (
	spaceRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	// blankXMP is a packet that says nothing yet.
	blankXMP = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"" + spaceRDF + "\">\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
)

// mostXMPTokens bounds the elements, texts and comments of a packet.
const mostXMPTokens = 1 << 16

// walkXMP calls f for each token of a packet with the range of its bytes. It
// gives what is wrong with the packet, or what f says.
func walkXMP(packet []byte, f func(t xml.Token, from, to int64) error) error {
	if !bytes.Contains(packet, []byte("<")) {
		return errors.New("it has no elements")
	}
	d := xml.NewDecoder(bytes.NewReader(packet))
	for range mostXMPTokens {
		from := d.InputOffset()
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(t, from, d.InputOffset()); err != nil {
			return err
		}
	}
	return fmt.Errorf("it has more than %d parts", mostXMPTokens)
}

// checkXMP tells whether a packet is one: well-formed, with RDF inside.
func checkXMP(packet []byte) error {
	if len(packet) > longestXMP {
		return fmt.Errorf("%w: the XMP packet has more than %d bytes", ErrTooLarge, longestXMP)
	}
	found := false
	err := walkXMP(packet, func(t xml.Token, _, _ int64) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Space == spaceRDF && e.Name.Local == "RDF" {
			found = true
		}
		return nil
	})
	if err != nil {
		return wrong("the XMP packet can't be read: %v", err)
	}
	if !found {
		return wrong("the XMP packet has no RDF")
	}
	return nil
}

func isProvenance(n xml.Name) bool {
	return n.Local == "provenance" && strings.TrimSuffix(n.Space, "/") == "http://purl.org/dc/terms"
}

// attribute is one of a tag, with the space before it.
var attribute = regexp.MustCompile(`\s+[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*')`)

// withProvenance gives a packet with the address of the remote manifest
// (dcterms:provenance) in place of what it had. All other bytes stay.
func withProvenance(packet []byte, address string) ([]byte, error) {
	if len(packet) == 0 {
		packet = []byte(blankXMP)
	}
	var out bytes.Buffer
	copied := int64(0)
	cut := func(from, to int64) {
		out.Write(packet[copied:from])
		copied = to
	}
	// begin is where an element dcterms:provenance begins that is still open,
	// and depth how many are open inside.
	begin, depth, placed := int64(-1), 0, false
	err := walkXMP(packet, func(t xml.Token, from, to int64) error {
		switch t := t.(type) {
		case xml.StartElement:
			if begin >= 0 {
				depth++
				return nil
			}
			if isProvenance(t.Name) {
				begin, depth = from, 0
				return nil
			}
			tags := attribute.FindAllIndex(packet[from:to], -1)
			for i, x := range t.Attr {
				if !isProvenance(x.Name) {
					continue
				}
				if len(tags) != len(t.Attr) {
					return errors.New("a tag has attributes that can't be told apart")
				}
				cut(from+int64(tags[i][0]), from+int64(tags[i][1]))
			}
		case xml.EndElement:
			switch {
			case begin >= 0 && depth == 0:
				cut(begin, to)
				begin = -1
			case begin >= 0:
				depth--
			case t.Name.Space == spaceRDF && t.Name.Local == "RDF" && !placed:
				placed = true
				if from == to {
					return errors.New("its RDF is empty")
				}
				cut(from, from)
				out.WriteString(`<rdf:Description xmlns:rdf="` + spaceRDF + `" rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="`)
				if err := xml.EscapeText(&out, []byte(address)); err != nil {
					return err
				}
				out.WriteString("\"/>\n")
			}
		}
		return nil
	})
	if err != nil {
		return nil, wrong("the XMP packet can't be read: %v", err)
	}
	if !placed {
		return nil, wrong("the XMP packet has no RDF")
	}
	out.Write(packet[copied:])
	return out.Bytes(), nil
}

// checkRemote tells whether an address can be that of a remote manifest.
func checkRemote(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(address) > 2048 {
		return wrong("the address of the remote manifest is not one of HTTP")
	}
	return nil
}

// amended gives the file that is to be signed: as it is, or with the XMP
// packet and the address that the definition has.
func (d *Definition) amended(a Asset, c container) (Asset, error) {
	packet := d.XMP
	if d.Remote != "" {
		if packet == nil {
			p, err := c.find(a)
			if err != nil {
				return nil, err
			}
			if packet, err = readXMP(a, p); err != nil {
				return nil, err
			}
		}
		var err error
		if packet, err = withProvenance(packet, d.Remote); err != nil {
			return nil, err
		}
	}
	if packet == nil {
		return a, nil
	}
	return c.withXMP(a, packet)
}
