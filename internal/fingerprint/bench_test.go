package fingerprint

import "testing"

func BenchmarkOf(b *testing.B) {
	img := open(b, "harbour.png")
	for b.Loop() {
		if _, err := Of(img); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQueryOf(b *testing.B) {
	img := open(b, "harbour.png")
	for b.Loop() {
		if _, err := QueryOf(img); err != nil {
			b.Fatal(err)
		}
	}
}
