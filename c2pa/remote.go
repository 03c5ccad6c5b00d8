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
	return provenance(a, p)
}

// provenance gives the address in a file's metadata. Metadata that can't be
// read name nothing.
func provenance(a Asset, p *place) (string, error) {
	data, err := readXMP(a, p)
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrBroken) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return provenanceIn(data), nil
}

// provenanceIn gives the address in a packet; none if it can't be read.
func provenanceIn(packet []byte) string {
	found, inside := "", false
	err := walkXMP(packet, func(t xml.Token, _, _ int64) error {
		switch t := t.(type) {
		case xml.StartElement:
			inside = isProvenance(t.Name)
			for _, x := range t.Attr {
				if isProvenance(x.Name) || inside && x.Name.Local == "resource" {
					found = strings.TrimSpace(x.Value)
					return io.EOF
				}
			}
		case xml.CharData:
			if inside {
				found = strings.TrimSpace(string(t))
				return io.EOF
			}
		case xml.EndElement:
			inside = false
		}
		return nil
	})
	if err != nil && err != io.EOF {
		return ""
	}
	return found
}

// remote gets the store that a file only names.
func (v *validator) remote(p *place) ([]byte, error) {
	url, err := provenance(v.asset, p)
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
