package provenance

import (
	"crypto/x509/pkix"
	"testing"
)

func TestPlainName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name pkix.Name
		want string
	}{
		{pkix.Name{CommonName: "Marquee", Organization: []string{"Lumipine AB"}}, "Lumipine AB"},
		{pkix.Name{CommonName: "Kornblum, Bäcker + Söhne"}, "Kornblum, Bäcker + Söhne"},
		{pkix.Name{CommonName: "sign", Organization: []string{`A, B = "C" \ D`}, Country: []string{"SE"}}, `A, B = "C" \ D`},
		{pkix.Name{Country: []string{"SE"}}, "C=SE"},
		{pkix.Name{}, ""},
	} {
		if got := plainName(c.name.String()); got != c.want {
			t.Errorf("%s is %q, not %q", c.name.String(), got, c.want)
		}
	}
	if _, err := SignerOf([]byte("no store")); err == nil {
		t.Error("what is no store has a signer")
	}
}
