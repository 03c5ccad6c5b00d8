package provenance

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"marquee/c2pa"
	"marquee/internal/fault"
	"marquee/internal/secret"
)

// Keys is the folder with what an installation signs and marks its pictures
// with. Nodes that share a database share it too:
//
//	signer.key, signer.pem  the key that signs, and its certificates
//	anchor.pem              the root above them, where it is our own
//	anchors/                certificates of this and of earlier signers
//	watermark.key           32 bytes in hexadecimal
//
// Another key is put in place by replacing signer.key and signer.pem (and
// anchor.pem, which a certificate of a public authority does not need): it is
// picked up at the next signature. What earlier ones have signed stays ours.
type Keys struct {
	dir string

	mu     sync.Mutex
	signer c2pa.Signer
	seen   [2]stamp // of signer.key and signer.pem, when they were read
	mark   [32]byte
}

// stamp tells whether a file is still the one that was read.
type stamp struct {
	size int64
	mod  time.Time
}

const (
	anchorsFolder = "anchors"
	markFile      = "watermark.key"
	markBytes     = 32
)

// OpenKeys opens a folder of keys, and makes what is not there yet for a signer
// of a name. A folder that has signed before and has lost its key gets no other:
// signing is unavailable until it is put back, or the signer is replaced.
func OpenKeys(dir, name string, now time.Time) (*Keys, error) {
	k := &Keys{dir: dir}
	if err := k.first(name, now); err != nil {
		return nil, err
	}
	if err := k.openMark(); err != nil {
		return nil, err
	}
	if _, err := k.Signer(); err != nil && !fault.HasCode(err, "signing_unavailable") {
		return nil, err
	}
	return k, nil
}

// The waits for another process that makes the keys at the same time.
const (
	madeWithin = 3 * time.Second
	madeLook   = 20 * time.Millisecond
)

// first makes the signer, unless there was one ever.
func (k *Keys) first(name string, now time.Time) error {
	if k.used() {
		return nil
	}
	// The files appear one by one; who comes second waits for the last, the key.
	_, err := c2pa.OpenIdentity(k.dir, name, now)
	for waited := time.Duration(0); errors.Is(err, fs.ErrExist) && waited < madeWithin; waited += madeLook {
		time.Sleep(madeLook)
		if _, e := os.Stat(filepath.Join(k.dir, "signer.key")); e == nil {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("the signing keys: %w", err)
	}
	return nil
}

// used tells whether the folder has had a signer.
func (k *Keys) used() bool {
	for _, name := range []string{"signer.key", "signer.pem"} {
		if _, err := os.Stat(filepath.Join(k.dir, name)); err == nil {
			return true
		}
	}
	kept, err := os.ReadDir(filepath.Join(k.dir, anchorsFolder))
	return err == nil && len(kept) > 0
}

// Folder is where the keys lie.
func (k *Keys) Folder() string { return k.dir }

// unavailable is the fault while nothing can be signed.
func unavailable(cause error) error {
	return fault.New(fault.Unavailable, "signing_unavailable", "Nothing can be signed at the moment, so nothing new is made or published. What you have is kept; please try again in a few minutes.").
		After(time.Minute).Because(cause)
}

// Signer gives what signs. It looks at its files each time: one that was
// replaced is read anew, and one that is gone is the fault signing_unavailable.
func (k *Keys) Signer() (c2pa.Signer, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var now [2]stamp
	for i, name := range []string{"signer.key", "signer.pem"} {
		info, err := os.Stat(filepath.Join(k.dir, name))
		if err != nil {
			k.signer = nil
			return nil, unavailable(err)
		}
		now[i] = stamp{info.Size(), info.ModTime()}
	}
	if k.signer != nil && now == k.seen {
		return k.signer, nil
	}
	k.signer = nil
	key, err := os.ReadFile(filepath.Join(k.dir, "signer.key"))
	if err != nil {
		return nil, unavailable(err)
	}
	chain, err := os.ReadFile(filepath.Join(k.dir, "signer.pem"))
	if err != nil {
		return nil, unavailable(err)
	}
	s, err := c2pa.ParseSigner(key, chain, "")
	if err != nil {
		return nil, unavailable(err)
	}
	if err := k.remember(s); err != nil {
		return nil, unavailable(err)
	}
	k.signer, k.seen = s, now
	return s, nil
}

// remember keeps by what the signer's files are known as ours for good: its
// root, where that is our own; else its own certificate, for its authority
// vouches for others too.
func (k *Keys) remember(s c2pa.Signer) error {
	der := s.Chain()[0].Raw
	if data, err := os.ReadFile(filepath.Join(k.dir, "anchor.pem")); err == nil {
		roots, err := c2pa.ParseCertificates(data)
		if err != nil {
			return err
		}
		if above(roots[0], s.Chain()) {
			der = roots[0].Raw
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sum := sha256.Sum256(der)
	path := filepath.Join(k.dir, anchorsFolder, hex.EncodeToString(sum[:8])+".pem")
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	return secret.Keep(path, 0o644, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// above tells whether a root has signed the last certificate of a chain.
func above(root *x509.Certificate, chain []*x509.Certificate) bool {
	return chain[len(chain)-1].CheckSignatureFrom(root) == nil
}

// Trust is whom this installation knows as itself: this signer and all earlier
// ones.
func (k *Keys) Trust() (c2pa.Trust, error) {
	var t c2pa.Trust
	kept, err := os.ReadDir(filepath.Join(k.dir, anchorsFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return t, fmt.Errorf("the certificates of earlier signers: %w", err)
	}
	for _, f := range kept {
		if !strings.HasSuffix(f.Name(), ".pem") {
			continue
		}
		certs, err := k.certificates(filepath.Join(anchorsFolder, f.Name()))
		if err != nil {
			return t, err
		}
		for _, c := range certs {
			if c.IsCA {
				t.Anchors = append(t.Anchors, c)
			} else {
				t.Allowed = append(t.Allowed, c)
			}
		}
	}
	return t, nil
}

func (k *Keys) certificates(name string) ([]*x509.Certificate, error) {
	data, err := os.ReadFile(filepath.Join(k.dir, name))
	if err != nil {
		return nil, fmt.Errorf("the certificates of earlier signers: %w", err)
	}
	certs, err := c2pa.ParseCertificates(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return certs, nil
}

// Own tells whether the signer is under the root that was made here, which no
// public trust list has; until it is replaced, other people's programs show its
// credentials as valid and its signer as unknown.
func (k *Keys) Own() (bool, error) {
	s, err := k.Signer()
	if err != nil {
		return false, err
	}
	roots, err := k.certificates("anchor.pem")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && above(roots[0], s.Chain()), err
}

// Mark is the secret that watermarks are made and found with.
func (k *Keys) Mark() [32]byte { return k.mark }

// openMark reads the secret of the watermark and makes it if there is none.
func (k *Keys) openMark() error {
	path := filepath.Join(k.dir, markFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		fresh := make([]byte, markBytes)
		if _, err := rand.Read(fresh); err != nil {
			return fmt.Errorf("making the key of the watermark: %w", err)
		}
		if err := secret.Keep(path, 0o600, []byte(hex.EncodeToString(fresh)+"\n")); err != nil {
			return fmt.Errorf("making the key of the watermark: %w", err)
		}
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return fmt.Errorf("the key of the watermark: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(key) != markBytes {
		return fmt.Errorf("%s does not hold %d bytes in hexadecimal; put the right one back, for no other finds the marks of earlier pictures", path, markBytes)
	}
	k.mark = [32]byte(key)
	return nil
}
