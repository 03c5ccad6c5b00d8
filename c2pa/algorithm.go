package c2pa

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"

	"github.com/veraison/go-cose"
)

// Algorithm is a signature algorithm that C2PA allows.
type Algorithm string

// The algorithms, with the keys they take.
const (
	ES256   Algorithm = "es256"   // ECDSA, P-256
	ES384   Algorithm = "es384"   // ECDSA, P-384
	ES512   Algorithm = "es512"   // ECDSA, P-521
	PS256   Algorithm = "ps256"   // RSA-PSS with SHA-256, at least 2048 bits
	PS384   Algorithm = "ps384"   // RSA-PSS with SHA-384
	PS512   Algorithm = "ps512"   // RSA-PSS with SHA-512
	Ed25519 Algorithm = "ed25519" // Ed25519
)

var coseAlgorithms = map[Algorithm]cose.Algorithm{
	ES256: cose.AlgorithmES256, ES384: cose.AlgorithmES384, ES512: cose.AlgorithmES512,
	PS256: cose.AlgorithmPS256, PS384: cose.AlgorithmPS384, PS512: cose.AlgorithmPS512,
	Ed25519: cose.AlgorithmEdDSA,
}

func algorithmOf(c cose.Algorithm) (Algorithm, bool) {
	for a, k := range coseAlgorithms {
		if k == c {
			return a, true
		}
	}
	return "", false
}

// DefaultAlgorithm gives the algorithm that fits a public key.
func DefaultAlgorithm(pub crypto.PublicKey) (Algorithm, error) {
	switch k := pub.(type) {
	case *ecdsa.PublicKey:
		switch k.Curve.Params().BitSize {
		case 256:
			return ES256, nil
		case 384:
			return ES384, nil
		case 521:
			return ES512, nil
		}
	case *rsa.PublicKey:
		if k.N.BitLen() >= 2048 {
			return PS256, nil
		}
	case ed25519.PublicKey:
		return Ed25519, nil
	}
	return "", fmt.Errorf("c2pa: no algorithm of the specification takes a key of type %T", pub)
}
