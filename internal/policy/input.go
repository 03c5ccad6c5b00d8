package policy

// FailedKind is the finding of a detector that could not run. No pack may
// allow it.
const FailedKind = "detector_failed"

// ModeratorDownKind is the finding of a hosted moderator that did not answer.
// It holds, unless a pack names the built-in detectors sufficient at the stage.
const ModeratorDownKind = "moderator_down"

// ClassifierKind is the finding of the trained classifier. It may hold for a
// person and never deny.
const ClassifierKind = "toxic"

// UncoveredKind is the finding of a text in a language that there is no
// licensed list of slurs for.
const UncoveredKind = "uncovered_language"

// Input is all that a rule may look at.
type Input struct {
	Stage Stage `json:"stage"`
	// Campaign and Brand are the ids that packs of those layers are chosen by.
	Campaign string `json:"campaign,omitempty"`
	Brand    string `json:"brand,omitempty"`
	// Market is an ISO 3166-1 code, Locale a BCP 47 tag.
	Market string `json:"market,omitempty"`
	Locale string `json:"locale,omitempty"`
	// Age is "under_13", "13_15", "16_17", "adult" or "" if unknown.
	Age      string    `json:"age,omitempty" enum:",under_13,13_15,16_17,adult"`
	Findings []Finding `json:"findings,omitempty"`
	// Kit are the findings of the brand's rules on a composition.
	Kit        []KitFinding `json:"kit,omitempty"`
	Model      Model        `json:"model,omitzero"`
	Provenance Provenance   `json:"provenance,omitzero"`
	History    History      `json:"history,omitzero"`
	// Topics say how the campaign takes a topic, such as "drugs", "politics",
	// "religion" or "alcohol": "allow", "hold" or "deny".
	Topics map[string]string `json:"topics,omitempty"`
}

// KitFinding is what a brand's rules say about a composition.
type KitFinding struct {
	Rule     string `json:"rule" cel:"rule"`
	Severity string `json:"severity" cel:"severity"`
}

// Model says who made, or will make, the thing.
type Model struct {
	// Kind is "painter", "model" or "" where nobody made it.
	Kind     string `json:"kind" cel:"kind"`
	Provider string `json:"provider" cel:"provider"`
	Name     string `json:"name" cel:"name"`
	Version  string `json:"version" cel:"version"`
}

// Provenance says where the thing comes from.
type Provenance struct {
	// Source is the IPTC digital source type, such as "trainedAlgorithmicMedia".
	Source string `json:"source" cel:"source"`
	// People tells that people are shown, as far as is known; Realistic that it
	// could be taken for a photograph.
	People    bool `json:"people" cel:"people"`
	Realistic bool `json:"realistic" cel:"realistic"`
	// Approved tells that a person has approved it.
	Approved bool `json:"approved" cel:"approved"`
}

// History counts what happened with the same person in the last day.
type History struct {
	Held   int `json:"held" cel:"held"`
	Denied int `json:"denied" cel:"denied"`
}

// activation gives the variables of CEL by their names in input.go's JSON.
func (in *Input) activation(kinds map[string]float64) map[string]any {
	topics := in.Topics
	if topics == nil {
		topics = map[string]string{}
	}
	return map[string]any{
		"stage": string(in.Stage), "campaign": in.Campaign, "brand": in.Brand,
		"market": in.Market, "locale": in.Locale, "age": in.Age,
		"findings": in.Findings, "kinds": kinds, "kit": in.Kit,
		"model": in.Model, "provenance": in.Provenance, "history": in.History, "topics": topics,
		"kind": "", "score": 0.0,
	}
}

// kindsOf gives the highest score of each kind.
func (in *Input) kindsOf() map[string]float64 {
	kinds := make(map[string]float64, len(in.Findings))
	for _, f := range in.Findings {
		if s, ok := kinds[f.Kind]; !ok || f.Score > s {
			kinds[f.Kind] = f.Score
		}
	}
	return kinds
}
