package audience

// lowest is the youngest age that a band may hold.
var lowest = map[AgeBand]int{Under13: 0, Teen13: 13, Teen16: 16, Adult: 18}

// Valid tells whether b is a known band.
func (b AgeBand) Valid() bool { _, ok := lowest[b]; return ok }

// BandOf gives the band of a year of birth in a given year. The birthday may
// still be to come, so the younger age counts.
func BandOf(birthYear, thisYear int) AgeBand {
	switch age := thisYear - birthYear - 1; {
	case age < 13:
		return Under13
	case age < 16:
		return Teen13
	case age < 18:
		return Teen16
	default:
		return Adult
	}
}

// reaches tells whether everyone of the age stated is at least minAge. With a
// band, its youngest counts: "13-15" does not reach a limit of 14.
func reaches(b AgeBand, minAge int) bool { return lowest[b] >= minAge }
