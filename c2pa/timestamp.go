package c2pa

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
)

// TimeStamper is an authority that confirms that something was there at a time.
type TimeStamper interface {
	// TimeStamp gives an RFC 3161 token (a DER TimeStampToken, not the
	// response around it) for the SHA-256 of a message.
	TimeStamp(ctx context.Context, sha256 []byte) ([]byte, error)
}

// longestToken bounds a time stamp, which has certificates in it.
const longestToken = 32 << 10

// Authority is a time-stamp authority that is asked by HTTP, as RFC 3161
// describes.
type Authority struct {
	// URL is where requests are posted.
	URL string
	// Client does it; nil means one that waits at most 1.5 seconds and follows
	// no redirects.
	Client *http.Client
}

// patient is how long an authority may take, with all of its answer: so that
// who signs has an answer within two seconds.
const patient = 1500 * time.Millisecond

// TimeStamp asks the authority and checks that its answer is about what was
// asked. It does not decide whether the authority is trusted.
func (t Authority) TimeStamp(ctx context.Context, digest []byte) ([]byte, error) {
	if u, err := url.Parse(t.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("c2pa: the time-stamp authority's address is not one of HTTP")
	}
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return nil, fmt.Errorf("c2pa: %w", err)
	}
	request, err := (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: digest, Certificates: true, Nonce: nonce}).Marshal()
	if err != nil {
		return nil, fmt.Errorf("c2pa: asking for a time stamp: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.URL, bytes.NewReader(request))
	if err != nil {
		return nil, fmt.Errorf("c2pa: asking for a time stamp: %w", err)
	}
	r.Header.Set("Content-Type", "application/timestamp-query")
	client := t.Client
	if client == nil {
		client = &http.Client{Timeout: patient, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("c2pa: the time-stamp authority does not answer: %w", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestToken+1))
	if err != nil {
		return nil, fmt.Errorf("c2pa: the time-stamp authority's answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("c2pa: the time-stamp authority answers with status %d", answer.StatusCode)
	}
	token, err := tokenOf(body)
	if err != nil {
		return nil, fmt.Errorf("c2pa: the time-stamp authority's answer: %w", err)
	}
	got, err := readToken(token)
	if err != nil {
		return nil, fmt.Errorf("c2pa: the time-stamp authority's answer: %w", err)
	}
	if got.HashAlgorithm != crypto.SHA256 || !bytes.Equal(got.HashedMessage, digest) || got.Nonce == nil || got.Nonce.Cmp(nonce) != 0 {
		return nil, errors.New("c2pa: the time-stamp authority confirmed something else than was asked")
	}
	return token, nil
}

// tokenOf takes the token out of a response; old files keep all of it.
func tokenOf(der []byte) ([]byte, error) {
	if len(der) > longestToken {
		return nil, errors.New("it is too long")
	}
	if err := checkDER(der, 0); err != nil {
		return nil, err
	}
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return nil, err
	}
	var first asn1.RawValue
	if _, err := asn1.Unmarshal(outer.Bytes, &first); err != nil {
		return nil, err
	}
	if first.Tag == asn1.TagOID {
		return der, nil
	}
	var status asn1.RawValue
	if _, err := asn1.Unmarshal(first.Bytes, &status); err != nil || status.Tag != asn1.TagInteger || len(status.Bytes) != 1 {
		return nil, errors.New("its status can't be read")
	}
	if status.Bytes[0] > 1 { // neither granted nor granted with changes
		return nil, fmt.Errorf("the request was refused with status %d", status.Bytes[0])
	}
	token := outer.Bytes[len(first.FullBytes):]
	if len(token) == 0 {
		return nil, errors.New("it has no token")
	}
	return token, nil
}

// checkDER walks DER, so that the readers behind it meet neither deep nests
// nor lengths that lie.
func checkDER(b []byte, depth int) error {
	if depth > 24 {
		return errors.New("it is nested too deep")
	}
	for len(b) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(b, &v)
		if err != nil {
			return err
		}
		if v.IsCompound {
			if err := checkDER(v.Bytes, depth+1); err != nil {
				return err
			}
		}
		b = rest
	}
	return nil
}

// readToken parses a token and checks the signature that it carries.
func readToken(token []byte) (t *timestamp.Timestamp, err error) {
	// The PKCS #7 reader was made for well-meant input.
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("it can't be read: %v", p)
		}
	}()
	return timestamp.Parse(token)
}

// stampTime is what a time stamp proves.
type stampTime struct {
	at      time.Time
	trusted bool
}

// checkStamp judges one time stamp and reports it; nil unless it is valid.
func checkStamp(token, message []byte, trust Trust, say func(code string, kind Kind, why string)) *stampTime {
	der, err := tokenOf(token)
	if err != nil {
		say(CodeTimeMalformed, Informational, "The time stamp can't be read: "+err.Error()+".")
		return nil
	}
	t, err := readToken(der)
	if err != nil {
		// A signature that does not verify is told apart from noise.
		code := CodeTimeMalformed
		if p7, perr := parsePKCS7(der); perr == nil && p7 != nil {
			code = CodeTimeMismatch
		}
		say(code, Informational, "The time stamp can't be believed: "+err.Error()+".")
		return nil
	}
	if len(t.Certificates) == 0 {
		say(CodeTimeMalformed, Informational, "The time stamp has no certificate.")
		return nil
	}
	if !t.HashAlgorithm.Available() {
		say(CodeTimeMalformed, Informational, "The time stamp's hash is not known.")
		return nil
	}
	h := t.HashAlgorithm.New()
	h.Write(message)
	if t.HashAlgorithm == crypto.SHA1 || !bytes.Equal(h.Sum(nil), t.HashedMessage) {
		say(CodeTimeMismatch, Informational, "The time stamp is about something else.")
		return nil
	}
	chain := stampChain(der, t.Certificates)
	leaf := chain[0]
	if !has(usages(leaf), oidTimeStamping) {
		say(CodeTimeInvalid, Informational, "The time stamp's certificate is not for time stamps.")
		return nil
	}
	if t.Time.Before(leaf.NotBefore) || t.Time.After(leaf.NotAfter) {
		say(CodeTimeOutsideValidity, Informational, "The time stamp was made outside of its certificate's time.")
		return nil
	}
	say(CodeTimeValidated, Success, "The time stamp of "+t.Time.UTC().Format(time.RFC3339)+" is about this signature.")
	if err := trust.vouches(chain, t.Time); err != nil {
		say(CodeTimeUntrusted, Informational, "The time-stamp authority is not on the trust list.")
		return &stampTime{at: t.Time}
	}
	say(CodeTimeTrusted, Success, "The time-stamp authority is on the trust list.")
	return &stampTime{at: t.Time, trusted: true}
}

func parsePKCS7(der []byte) (p *pkcs7.PKCS7, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("it can't be read: %v", r)
		}
	}()
	return pkcs7.Parse(der)
}

// stampChain puts the signer of a token before its other certificates.
func stampChain(der []byte, certs []*x509.Certificate) []*x509.Certificate {
	out := certs
	if p7, err := parsePKCS7(der); err == nil {
		if s := p7.GetOnlySigner(); s != nil {
			out = []*x509.Certificate{s}
			for _, c := range certs {
				if !bytes.Equal(c.Raw, s.Raw) {
					out = append(out, c)
				}
			}
		}
	}
	return out[:min(len(out), longestChain)]
}

// stampDigest is what an authority is asked to confirm.
func stampDigest(message []byte) []byte {
	h := sha256.Sum256(message)
	return h[:]
}
