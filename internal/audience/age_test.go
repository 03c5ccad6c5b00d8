package audience

import "testing"

func TestBandOf(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]AgeBand{
		2026: Under13, 2013: Under13, // may still be 12
		2012: Teen13, 2010: Teen13,
		2009: Teen16, 2008: Teen16,
		2007: Adult, 1900: Adult,
	} {
		if got := BandOf(year, 2026); got != want {
			t.Errorf("born %d: %s, want %s", year, got, want)
		}
	}
}

func TestReaches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		band AgeBand
		min  int
		want bool
	}{
		{Under13, 13, false}, {Teen13, 13, true}, {Teen13, 14, false}, {Teen16, 16, true}, {Teen16, 17, false}, {Adult, 18, true}, {Adult, 21, false},
	} {
		if got := reaches(c.band, c.min); got != c.want {
			t.Errorf("%s and a limit of %d: %v", c.band, c.min, got)
		}
	}
}
