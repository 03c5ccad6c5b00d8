// Package settings reads how this installation is set up: from flags, from
// MARQUEE_* variables, from a file and from defaults, in that order of weight,
// and remembers where each value came from.
package settings

import (
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"marquee/internal/ledger/tree"
)

// Rate is how often something may happen: PerMinute on average, with bursts of
// at most Burst. PerMinute 0 means without a limit.
type Rate struct {
	PerMinute int
	Burst     int
}

// Settings are all values, checked and ready to use.
type Settings struct {
	// Listen is the address of the public listener, host:port; port 0 takes
	// any free one.
	Listen string
	// Data is the folder that holds everything an installation keeps itself.
	Data string
	// Database is a path of a SQLite file or a postgres:// address.
	Database string
	// Objects is a folder or an s3:// address.
	Objects string
	// S3AccessKey and S3SecretKey open the object store if its address does
	// not carry them.
	S3AccessKey, S3SecretKey string
	// PublicURL is the address that people use, without a path; nil if the
	// server is reached directly.
	PublicURL *url.URL
	// TrustedProxies are the networks whose forwarding headers are believed.
	TrustedProxies []netip.Prefix
	// MetricsListen is the address of the listener for metrics; empty for none.
	MetricsListen string
	// SecretFile holds the key that signs cookies; it is made at first start.
	SecretFile string

	// OriginKeys is the folder with the keys that pictures are signed and
	// watermarked with; they are made at first start. Nodes that share a database
	// share it.
	OriginKeys string
	// TimestampURL is a time-stamp authority (RFC 3161); empty for none.
	TimestampURL string
	// TrustAnchors is a PEM file with the roots of signers that the check
	// believes besides our own; empty for none.
	TrustAnchors string

	// SealKey seals the providers' keys in the database, 16 characters or more;
	// empty derives one from the key of SecretFile.
	SealKey string

	// OpenAIBaseURL is an OpenAI-compatible image server; empty for none.
	OpenAIBaseURL string
	// OpenAIAPIKey opens it; empty for a server that asks for none.
	OpenAIAPIKey string
	// OpenAIImageModel is the model asked for pictures.
	OpenAIImageModel string
	// OpenAIEditModel, OpenAITextModel and OpenAIModerationModel are those asked
	// for edits, text and judgements; empty for none.
	OpenAIEditModel, OpenAITextModel, OpenAIModerationModel string
	// OpenAIAzureVersion is the api-version of Azure OpenAI, whose deployments
	// the models are then; empty for everybody else.
	OpenAIAzureVersion string

	// AnthropicBaseURL stands in for Anthropic's own address if it is set.
	AnthropicBaseURL string
	// AnthropicAPIKey opens it, AnthropicTextModel is the model; empty for none.
	AnthropicAPIKey, AnthropicTextModel string

	// GeminiBaseURL stands in for Google's own address if it is set.
	GeminiBaseURL string
	// GeminiAPIKey opens the Gemini API.
	GeminiAPIKey string
	// GeminiTextModel and GeminiImageModel are the models; empty for none.
	GeminiTextModel, GeminiImageModel string
	// VertexProject and VertexLocation choose Vertex AI instead of the Gemini
	// API, with the service account's key in VertexKey (JSON).
	VertexProject, VertexLocation, VertexKey string

	// ComfyUIBaseURL is a ComfyUI server; empty for none. ComfyUIWorkflow is the
	// content of the file that says what it runs.
	ComfyUIBaseURL, ComfyUIWorkflow string

	// GuardBaseURL is a chat server with a guard model, GuardModel its name and
	// GuardFamily "llama-guard" or "shieldgemma"; GuardAPIKey opens it.
	GuardBaseURL, GuardModel, GuardFamily, GuardAPIKey string

	// AzureSafetyEndpoint is an Azure AI Content Safety resource; empty for none.
	// AzureSafetyKey opens it.
	AzureSafetyEndpoint, AzureSafetyKey string

	// TextReader is the program that reads text in pictures; empty for tesseract
	// where it is installed, "off" for none.
	TextReader string
	// KnownPictures is a file with hashes of pictures that must not be shown;
	// empty for none.
	KnownPictures string
	// LedgerKey is the file with the key that signs the ledger's checkpoints, and
	// LedgerName what a new key calls the ledger; empty for the house's address.
	LedgerKey, LedgerName string
	// LedgerWitnesses cosign checkpoints.
	LedgerWitnesses []tree.Witness
	// PurgeWebhook is told of addresses whose content is gone; empty for none.
	PurgeWebhook string
	// LogLevel is the least level that is logged.
	LogLevel slog.Level
	// LogFormat is "text" or "json".
	LogFormat string
	// OTLPEndpoint takes traces; empty for none.
	OTLPEndpoint string

	// Participants, Generations, Verify, Votes and SignIn are the rates of
	// those requests: Generations for each participant, the others for each
	// network address.
	Participants, Generations, Verify, Votes, SignIn Rate
	// Streams is how many event streams one participant may have open.
	Streams int
	// Heavy is how many files may be checked at once for requests; 32 times as
	// many pictures may be served. 0 is two for each processor.
	Heavy int
	// Workers is how many jobs run at once.
	Workers int
	// Demo is "auto", "on" or "off": whether the demonstration brand is loaded.
	Demo string

	origins map[string]Origin
	words   map[string]string
}

// Origin says where a value came from.
type Origin string

// The origins, from the least to the greatest weight.
const (
	FromDefault  Origin = "default"
	FromFile     Origin = "file"
	FromVariable Origin = "variable"
	FromFlag     Origin = "flag"
)

// Shown is one setting as it may be shown to a person.
type Shown struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Origin Origin `json:"source"`
}

// Show lists every setting in a stable order; secrets are redacted.
func (s *Settings) Show() []Shown {
	var out []Shown
	for _, one := range table {
		value := s.words[one.name]
		if one.redact != nil {
			value = one.redact(value)
		}
		out = append(out, Shown{Name: one.name, Value: value, Origin: s.origins[one.name]})
	}
	return out
}

// OriginOf tells where a setting came from, by its flag's name.
func (s *Settings) OriginOf(name string) Origin { return s.origins[name] }

// finish fills in the values that follow from others.
func (s *Settings) finish() {
	follow := func(name string, field *string, value string) {
		if *field == "" {
			*field = value
			s.words[name] = value
		}
	}
	follow("database", &s.Database, filepath.Join(s.Data, "marquee.db"))
	follow("objects", &s.Objects, filepath.Join(s.Data, "objects"))
	follow("secret-file", &s.SecretFile, filepath.Join(s.Data, "secret.key"))
	follow("ledger-key", &s.LedgerKey, filepath.Join(s.Data, "ledger.key"))
	follow("origin-keys", &s.OriginKeys, filepath.Join(s.Data, "origin"))
}

// Variable gives the environment variable of a setting.
func Variable(name string) string {
	return "MARQUEE_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}
