package provider

import (
	"context"
	"image"
)

// ModerationRequest asks for a judgement on a text, a picture, or both.
type ModerationRequest struct {
	// Text is what to judge; may be empty if there is a picture.
	Text string
	// Picture may be nil.
	Picture image.Image
	// Locale is the text's language as far as it is known, such as "pt-BR".
	Locale string
}

// The categories that moderators judge by. What a provider calls otherwise is
// put under these; what has no place here keeps the provider's own name.
const (
	Hate       = "hate"
	Harassment = "harassment"
	Sexual     = "sexual"
	// Minors is sexual content about children.
	Minors   = "minors"
	Violence = "violence"
	SelfHarm = "self_harm"
	// Illicit is help with crimes, drugs and weapons among them.
	Illicit = "illicit"
	// Privacy is personal data of others.
	Privacy = "privacy"
	// Property is other people's works and marks.
	Property = "property"
	// Elections is false information on voting.
	Elections = "elections"
	// Defamation is false claims about living people.
	Defamation = "defamation"
	// Advice is medical, legal or financial advice.
	Advice = "advice"
	// Jailbreak is an attempt to turn the model against its rules.
	Jailbreak = "jailbreak"
)

// Moderation is a judgement.
type Moderation struct {
	// Categories have a score from 0 (surely not) to 1 (surely). Judges that
	// only say yes or no give 0 and 1.
	Categories map[string]float64
	// Flagged is the provider's own conclusion.
	Flagged bool
	Maker   Maker
	// Usage is what the call consumed.
	Usage Usage
}

// Moderators judge texts and pictures.
type Moderators interface {
	Caller
	// Judges tells what the moderator can judge: texts, pictures.
	Judges() (texts, pictures bool)
	// Moderate judges. The error is of one of the classes of this package. What
	// it can't judge is a "provider_request", never a clean judgement.
	Moderate(ctx context.Context, r ModerationRequest) (Moderation, error)
}
