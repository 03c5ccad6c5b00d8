package provenance

import (
	"bytes"
	"context"
	"regexp"

	"marquee/c2pa"
	"marquee/internal/asset"
	"marquee/internal/fault"
)

// manifestPattern is what labels of manifests look like: urn:c2pa:… as the
// specification has it since 2.1, urn:uuid:… before.
var manifestPattern = regexp.MustCompile(`^urn:(c2pa|uuid):[A-Za-z0-9:._-]{1,160}$`)

// ManifestLabel checks the name of a manifest as a stranger sends it: the fault
// manifest_id_invalid, of kind Malformed, if it can't be one.
func ManifestLabel(label string) error {
	if !manifestPattern.MatchString(label) {
		return fault.New(fault.Malformed, "manifest_id_invalid", "That is no identifier of a manifest. It begins with urn:c2pa: or urn:uuid:.")
	}
	return nil
}

// manifestUnknown is the answer for a manifest that is not there, and for one
// that is not public: an asker can't tell them apart.
func manifestUnknown() *fault.Error {
	return fault.New(fault.NotFound, "manifest_unknown", "There is no public manifest of that name here.")
}

// ManifestUnknown is the fault manifest_unknown, of kind NotFound.
func ManifestUnknown() error { return manifestUnknown() }

// Newest gives the label of the newest manifest of an origin whose store is
// kept, that of its publication if it has one; false if there is none.
func (c *Checker) Newest(ctx context.Context, origin uint64) (string, bool, error) {
	all, err := c.Register.ManifestsOf(ctx, origin)
	if err != nil {
		return "", false, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].BlobKey != "" {
			return all[i].Label, true, nil
		}
	}
	return "", false, nil
}

// Subject gives the work that a manifest of the register is about; the fault
// manifest_unknown if it is not there.
func (c *Checker) Subject(ctx context.Context, label string) (Known, error) {
	k, found, err := c.byLabel(ctx, label)
	if err == nil && !found {
		err = manifestUnknown()
	}
	return k, err
}

// ManifestStore gives the content of a .c2pa file in which the manifest of a
// label is the active one; the fault manifest_unknown if it is not there, or
// was erased. Who may have it is the caller's to decide.
func (c *Checker) ManifestStore(ctx context.Context, label string) ([]byte, error) {
	m, err := c.Register.Manifest(ctx, label)
	if err == nil {
		if m.BlobKey == "" {
			return nil, manifestUnknown()
		}
		data, err := asset.ReadAll(ctx, c.Blobs, m.BlobKey)
		return data, gone(err)
	}
	if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	// The manifests of files that were served lie in the files.
	file, err := c.Register.RenditionByManifest(ctx, label)
	if fault.Is(err, fault.NotFound) || err == nil && file.BlobKey == "" {
		return nil, manifestUnknown()
	}
	if err != nil {
		return nil, err
	}
	data, err := asset.ReadAll(ctx, c.Blobs, file.BlobKey)
	if err != nil {
		return nil, gone(err)
	}
	store, err := c2pa.Read(bytes.NewReader(data), credentialLimits)
	if err != nil {
		return nil, err
	}
	return store.Bytes(), nil
}

// gone takes a blob that is not there any more for a manifest that is not.
func gone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return manifestUnknown().Because(err)
	}
	return err
}
