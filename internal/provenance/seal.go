package provenance

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"marquee/c2pa"
	"marquee/internal/fault"
)

// Signers gives what signs, and whom that is known by. *Keys is one; a service
// that keeps keys is another.
type Signers interface {
	// Signer gives what signs now. An error is the fault signing_unavailable.
	Signer() (c2pa.Signer, error)
	// Trust are the certificates that this and earlier signers are known by.
	Trust() (c2pa.Trust, error)
}

// Stamping bounds how long a time stamp is waited for, and for how long nobody
// is asked after one that failed: no picture waits for an authority that is
// away, one after the other.
const (
	StampWithin = 1500 * time.Millisecond
	stampRest   = 30 * time.Second
)

// SealerDeps are what a sealer is made of.
type SealerDeps struct {
	Signers Signers
	// Stamper confirms times; nil for none.
	Stamper c2pa.TimeStamper
	// Program is named in every credential.
	Program c2pa.Generator
	// Producer is who answers for what is made, for fields that ask for a name.
	Producer string
	Now      func() time.Time
	Log      *slog.Logger
}

// Sealer signs what Marquee says about pictures.
type Sealer struct {
	SealerDeps
	resting                  atomic.Int64 // no stamps until then, in microseconds
	sealed, stamped, unstamp atomic.Int64
	failed                   atomic.Int64
}

// NewSealer makes a sealer.
func NewSealer(d SealerDeps) *Sealer { return &Sealer{SealerDeps: d} }

// Ready is the fault signing_unavailable while nothing can be signed.
func (s *Sealer) Ready() error {
	_, err := s.signer()
	return err
}

// The states of signing.
const (
	// SigningReady: pictures can be signed.
	SigningReady = "ready"
	// SigningKeyAway: the key can't be read, or the service that keeps it is away.
	SigningKeyAway = "key_away"
	// SigningEnded: the certificate has ended, or has not begun.
	SigningEnded = "certificate_ended"
)

// State tells whether pictures can be signed now and, where not, why: one of the
// states of signing. It says nothing of where keys are.
func (s *Sealer) State() string {
	switch err := s.Ready(); {
	case err == nil:
		return SigningReady
	case errors.Is(err, errEnded):
		return SigningEnded
	}
	return SigningKeyAway
}

// errEnded is why nothing is signed with a certificate outside of its time.
var errEnded = errors.New("the certificate is not good today")

// signer gives what signs, unless its certificate has ended: what it signed then
// would be judged as bad by everybody.
func (s *Sealer) signer() (c2pa.Signer, error) {
	signer, err := s.Signers.Signer()
	if err != nil {
		return nil, err
	}
	if leaf, now := signer.Chain()[0], s.Now(); now.After(leaf.NotAfter) || now.Before(leaf.NotBefore) {
		return nil, unavailable(fmt.Errorf("%w: that of %s is good from %s to %s", errEnded, leaf.Subject.CommonName,
			leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly)))
	}
	return signer, nil
}

// Counts tells how often something was signed since the start, could not be,
// and with a time stamp or, though there is an authority, without.
func (s *Sealer) Counts() map[string]float64 {
	return map[string]float64{
		"signed": float64(s.sealed.Load()), "failed": float64(s.failed.Load()),
		"stamped": float64(s.stamped.Load()), "unstamped": float64(s.unstamp.Load()),
	}
}

// Sealed is a signed file.
type Sealed struct {
	// Data is the file with its credential in it; as it was, if that is beside it.
	Data []byte
	// Store is the manifest store, Label names its newest manifest.
	Store []byte
	Label string
	// Stamped tells that an authority confirmed the time.
	Stamped bool
}

// NewID draws an id for an origin.
func NewID() uint64 {
	for {
		var b [8]byte
		rand.Read(b[3:]) // never fails
		if id := binary.BigEndian.Uint64(b[:]); id != 0 {
			return id
		}
	}
}

// IDWord writes the id of an origin as credentials have it: 10 hexadecimal digits.
func IDWord(id uint64) string { return fmt.Sprintf("%010x", id) }

// how says how to sign.
type how struct {
	// stamp asks for a time stamp; beside leaves the file as it is.
	stamp, beside bool
}

func (s *Sealer) sign(ctx context.Context, data []byte, d c2pa.Definition, h how) (Sealed, error) {
	signer, err := s.signer()
	if err != nil {
		s.failed.Add(1)
		return Sealed{}, err
	}
	trust, err := s.Signers.Trust()
	if err != nil {
		s.failed.Add(1)
		return Sealed{}, unavailable(err)
	}
	d.Generator = s.Program
	guarded := &attempt{Signer: signer}
	o := c2pa.SignOptions{Detached: h.beside, Now: s.Now, Validate: c2pa.Options{Trust: trust, Now: s.Now}}
	now := s.Now()
	if h.stamp && s.Stamper != nil && now.UnixMicro() >= s.resting.Load() {
		o.TimeStamper = briefly{s.Stamper}
	}
	var out bytes.Buffer
	out.Grow(len(data) + 64<<10)
	signed, err := c2pa.Sign(ctx, &out, bytes.NewReader(data), d, guarded, o)
	if err != nil && o.TimeStamper != nil && guarded.err == nil && ctx.Err() == nil {
		s.Log.WarnContext(ctx, "a picture is signed without a time stamp, for the authority did not give a good one", "error", err)
		s.resting.Store(now.Add(stampRest).UnixMicro())
		o.TimeStamper = nil
		out.Reset()
		signed, err = c2pa.Sign(ctx, &out, bytes.NewReader(data), d, guarded, o)
	}
	if err != nil {
		s.failed.Add(1)
		if guarded.err != nil {
			err = unavailable(guarded.err)
		}
		return Sealed{}, err
	}
	s.sealed.Add(1)
	if h.stamp && s.Stamper != nil {
		if o.TimeStamper != nil {
			s.stamped.Add(1)
		} else {
			s.unstamp.Add(1)
		}
	}
	sealed := Sealed{Data: out.Bytes(), Store: signed.Store, Label: signed.Label, Stamped: o.TimeStamper != nil}
	if h.beside {
		sealed.Data = data
	}
	return sealed, nil
}

// attempt tells a signer that fails apart from all else that can.
type attempt struct {
	c2pa.Signer
	err error
}

func (a *attempt) Sign(ctx context.Context, message []byte) ([]byte, error) {
	sig, err := a.Signer.Sign(ctx, message)
	if err != nil {
		a.err = err
	}
	return sig, err
}

// briefly asks a time-stamp authority and waits for a short time only.
type briefly struct{ c2pa.TimeStamper }

func (b briefly) TimeStamp(ctx context.Context, sum []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, StampWithin)
	defer cancel()
	return b.TimeStamper.TimeStamp(ctx, sum)
}

// CheckStamping asks the authority for a stamp of nothing in particular; nil if
// there is none to ask.
func (s *Sealer) CheckStamping(ctx context.Context) error {
	if s.Stamper == nil {
		return nil
	}
	if _, err := (briefly{s.Stamper}).TimeStamp(ctx, make([]byte, 32)); err != nil {
		return fault.New(fault.Unavailable, "stamping_unavailable", "The time-stamp authority gives no good answer.").Because(err)
	}
	return nil
}
