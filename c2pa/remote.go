package c2pa

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// errRemote says that a remote manifest could not be had.
var errRemote = errors.New("c2pa: the credential is kept elsewhere")

// longestXMP bounds the packet that is searched for an address.
const longestXMP = 4 << 20

// RemoteURL gives the address of the manifest store that a file names in its
// XMP metadata (dcterms:provenance); "" if it names none.
func RemoteURL(a Asset) (string, error) {
	c, err := sniff(a)
	if err != nil {
		return "", err
	}
	p, err := c.find(a)
	if err != nil {
		return "", err
	}
	return provenance(a, p.xmp)
}

func provenance(a Asset, at span) (string, error) {
	if at.length <= 0 || at.length > longestXMP {
		return "", nil
	}
	data, err := gather(a, []span{at}, longestXMP)
	if err != nil {
		return "", err
	}
	d := xml.NewDecoder(strings.NewReader(string(data)))
	inside := false
	for n := 0; n < 1<<16; n++ {
		t, err := d.Token()
		if err != nil {
			if err != io.EOF {
				return "", nil // metadata that can't be read name nothing
			}
			return "", nil
		}
		switch t := t.(type) {
		case xml.StartElement:
			inside = isProvenance(t.Name)
			for _, x := range t.Attr {
				if isProvenance(x.Name) || inside && x.Name.Local == "resource" {
					return strings.TrimSpace(x.Value), nil
				}
			}
		case xml.CharData:
			if inside {
				return strings.TrimSpace(string(t)), nil
			}
		case xml.EndElement:
			inside = false
		}
	}
	return "", nil
}

func isProvenance(n xml.Name) bool {
	return n.Local == "provenance" && strings.TrimSuffix(n.Space, "/") == "http://purl.org/dc/terms"
}

// remote gets the store that a file only names.
func (v *validator) remote(p *place) ([]byte, error) {
	url, err := provenance(v.asset, p.xmp)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return nil, ErrNone
	}
	v.report.Remote = url
	if v.o.Fetch == nil {
		return nil, fmt.Errorf("%w: it was not fetched", errRemote)
	}
	data, err := v.o.Fetch(v.ctx, url)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errRemote, err)
	}
	if int64(len(data)) > v.o.Limits.store() {
		return nil, fmt.Errorf("%w: it is too large", errRemote)
	}
	return data, nil
}
