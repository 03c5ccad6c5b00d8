package policy

// Shift counts what a change of packs would have done to past decisions.
type Shift struct {
	// Seen is how many decisions were looked at.
	Seen int `json:"seen"`
	// Then and Now count outcomes under the packs of today and the new ones.
	Then map[Outcome]int `json:"then"`
	Now  map[Outcome]int `json:"now"`
	// Stricter and Milder are how many would change, and which way.
	Stricter int `json:"stricter"`
	Milder   int `json:"milder"`
	// Rules counts, by rule, the decisions that it would make stricter.
	Rules map[string]int `json:"rules"`
}

// NewShift gives an empty count.
func NewShift() *Shift {
	return &Shift{Then: map[Outcome]int{}, Now: map[Outcome]int{}, Rules: map[string]int{}}
}

// Add judges one past input by both.
func (s *Shift) Add(then, now *Packs, in Input) {
	a, b := then.Decide(in), now.Decide(in)
	s.Seen++
	s.Then[a.Outcome]++
	s.Now[b.Outcome]++
	switch d := strictness[b.Outcome] - strictness[a.Outcome]; {
	case d > 0:
		s.Stricter++
		for _, r := range b.Reasons {
			if r.To == b.Outcome {
				s.Rules[r.Rule]++
			}
		}
	case d < 0:
		s.Milder++
	}
}
