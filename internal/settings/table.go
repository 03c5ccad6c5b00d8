package settings

import "net/url"

// setting is one row of the table that flags, variables, the file, the help
// and the config command are all made from.
type setting struct {
	name string
	// group decides which commands have it.
	group Group
	// also is another variable that is read when the usual one is not set.
	also string
	// fallback is the default, in the words a person would write.
	fallback string
	// shown is the default as help tells it, where it follows from others.
	shown  string
	usage  string
	redact func(string) string
	set    func(*Settings, string) error
}

// Group is a family of settings that a command takes as a whole.
type Group int

// The groups.
const (
	// Storage is where things are kept; every command that works takes it.
	Storage Group = iota
	// Serving is how the server is reached and what it allows.
	Serving
	// Painting is who makes the pictures.
	Painting
	// Telling is what is logged and measured.
	Telling
	// Watching is what pictures are checked with.
	Watching
	// Proving is how the ledger is signed and who witnesses it.
	Proving
)

func hidden(value string) string {
	if value == "" {
		return ""
	}
	return "[redacted]"
}

// hiddenInURL keeps an address readable and takes out what opens it.
func hiddenInURL(value string) string {
	u, err := url.Parse(value)
	if err != nil {
		return hidden(value)
	}
	changed := false
	if u.User != nil {
		u.User = url.User("[redacted]")
		changed = true
	}
	if u.RawQuery != "" {
		q := u.Query()
		for key := range q {
			if secretWord(key) {
				q.Set(key, "[redacted]")
				changed = true
			}
		}
		u.RawQuery = q.Encode()
	}
	if !changed {
		return value
	}
	plain, err := url.PathUnescape(u.String())
	if err != nil {
		return hidden(value)
	}
	return plain
}

var table = []setting{
	{name: "data", group: Storage, fallback: "./data", usage: "folder for everything this installation keeps",
		set: text(func(s *Settings) *string { return &s.Data }, 4096)},
	{name: "database", group: Storage, shown: "marquee.db in the data folder", usage: "a SQLite file, or postgres://user:password@host/name",
		redact: hiddenInURL, set: database},
	{name: "objects", group: Storage, shown: "objects in the data folder", usage: "a folder, or s3://host/bucket?region=…",
		redact: hiddenInURL, set: text(func(s *Settings) *string { return &s.Objects }, 4096)},
	{name: "s3-access-key", group: Storage, usage: "access key of the object store", redact: hidden,
		set: text(func(s *Settings) *string { return &s.S3AccessKey }, 1024)},
	{name: "s3-secret-key", group: Storage, usage: "secret key of the object store (better as a variable)", redact: hidden,
		set: text(func(s *Settings) *string { return &s.S3SecretKey }, 1024)},
	{name: "secret-file", group: Storage, shown: "secret.key in the data folder", usage: "file with the key that signs cookies; made at first start",
		set: text(func(s *Settings) *string { return &s.SecretFile }, 4096)},
	{name: "origin-keys", group: Storage, shown: "origin in the data folder", usage: "folder with the keys that pictures are signed and watermarked with; made at first start",
		set: text(func(s *Settings) *string { return &s.OriginKeys }, 4096)},
	{name: "timestamp-url", group: Storage, usage: "time-stamp authority (RFC 3161) that confirms when pictures were made, such as http://timestamp.example.com", redact: hiddenInURL,
		set: webAddress(func(s *Settings) *string { return &s.TimestampURL })},
	{name: "trust-anchors", group: Storage, usage: "PEM file with the roots of other signers that the check believes",
		set: text(func(s *Settings) *string { return &s.TrustAnchors }, 4096)},
	{name: "seal-key", group: Storage, shown: "made from the secret file", usage: "key that seals providers' keys, 16 characters or more (better as a variable or a file)", redact: hidden,
		set: sealKey(func(s string) (string, error) { return s, nil })},
	{name: "seal-key-file", group: Storage, usage: "file that holds it", set: sealKey(readSealKey)},
	{name: "public-url", group: Storage, usage: "address that people use, such as https://lights.example.com", set: publicURL},

	{name: "listen", group: Serving, fallback: "127.0.0.1:8080", usage: "address to listen on; port 0 takes any free one", set: address(func(s *Settings) *string { return &s.Listen }, false)},
	{name: "trusted-proxies", group: Serving, usage: "networks whose forwarding headers are believed, such as 10.0.0.0/8,::1", set: proxies},
	{name: "metrics-listen", group: Serving, usage: "address for /metrics on a listener of its own", set: address(func(s *Settings) *string { return &s.MetricsListen }, true)},
	{name: "purge-webhook", group: Serving, usage: "address that is told which pages and pictures are gone (for a CDN)", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.PurgeWebhook })},
	{name: "demo", group: Serving, fallback: "auto", usage: "load the demonstration brand: auto (when there is no campaign yet), on or off", set: choice(func(s *Settings) *string { return &s.Demo }, "auto", "on", "off")},
	{name: "workers", group: Serving, fallback: "0", shown: "one for each processor", usage: "jobs that run at once", set: number(func(s *Settings) *int { return &s.Workers }, 0, 256)},
	{name: "heavy", group: Serving, fallback: "0", shown: "two for each processor", usage: "files checked at once for requests; 32 times as many pictures are served", set: number(func(s *Settings) *int { return &s.Heavy }, 0, 1024)},
	{name: "streams", group: Serving, fallback: "8", usage: "event streams one participant may have open", set: number(func(s *Settings) *int { return &s.Streams }, 1, 1000)},
	{name: "limit-participants", group: Serving, fallback: "120:200", usage: "arrivals a minute and burst, for each address; 0 for no limit", set: rate(func(s *Settings) *Rate { return &s.Participants })},
	{name: "limit-generations", group: Serving, fallback: "30:20", usage: "generations a minute and burst, for each participant", set: rate(func(s *Settings) *Rate { return &s.Generations })},
	{name: "limit-verify", group: Serving, fallback: "30:30", usage: "checked files a minute and burst, for each address", set: rate(func(s *Settings) *Rate { return &s.Verify })},
	{name: "limit-votes", group: Serving, fallback: "600:600", usage: "votes a minute and burst, for each address", set: rate(func(s *Settings) *Rate { return &s.Votes })},
	{name: "limit-sign-in", group: Serving, fallback: "10:20", usage: "sign-ins and private links a minute and burst, for each address", set: rate(func(s *Settings) *Rate { return &s.SignIn })},

	{name: "openai-base-url", group: Painting, usage: "an OpenAI-compatible image server, such as http://127.0.0.1:9000/v1", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.OpenAIBaseURL })},
	{name: "openai-api-key", group: Painting, usage: "its key (better as a variable or a file)", redact: hidden, set: text(func(s *Settings) *string { return &s.OpenAIAPIKey }, 4096)},
	{name: "openai-api-key-file", group: Painting, usage: "file that holds its key", set: content(func(s *Settings) *string { return &s.OpenAIAPIKey }, maxKeyFile)},
	{name: "openai-image-model", group: Painting, fallback: "gpt-image-2.5-flare", usage: "image model to ask for", set: text(func(s *Settings) *string { return &s.OpenAIImageModel }, 200)},
	{name: "openai-edit-model", group: Painting, usage: "model to ask for edits of pictures", set: text(func(s *Settings) *string { return &s.OpenAIEditModel }, 200)},
	{name: "openai-text-model", group: Painting, usage: "model to ask for text", set: text(func(s *Settings) *string { return &s.OpenAITextModel }, 200)},
	{name: "openai-moderation-model", group: Painting, usage: "model that judges, such as omni-moderation-latest", set: text(func(s *Settings) *string { return &s.OpenAIModerationModel }, 200)},
	{name: "openai-azure-version", group: Painting, usage: "api-version of Azure OpenAI, whose deployments the models then name", set: text(func(s *Settings) *string { return &s.OpenAIAzureVersion }, 40)},
	{name: "anthropic-base-url", group: Painting, usage: "a server that stands in for Anthropic's", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.AnthropicBaseURL })},
	{name: "anthropic-api-key", group: Painting, usage: "key for Anthropic (better as a variable or a file)", redact: hidden, set: text(func(s *Settings) *string { return &s.AnthropicAPIKey }, 4096)},
	{name: "anthropic-api-key-file", group: Painting, usage: "file that holds its key", set: content(func(s *Settings) *string { return &s.AnthropicAPIKey }, maxKeyFile)},
	{name: "anthropic-text-model", group: Painting, usage: "Anthropic's model to ask for text", set: text(func(s *Settings) *string { return &s.AnthropicTextModel }, 200)},
	{name: "gemini-base-url", group: Painting, usage: "a server that stands in for Google's", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.GeminiBaseURL })},
	{name: "gemini-api-key", group: Painting, usage: "key for the Gemini API (better as a variable or a file)", redact: hidden, set: text(func(s *Settings) *string { return &s.GeminiAPIKey }, 4096)},
	{name: "gemini-api-key-file", group: Painting, usage: "file that holds its key", set: content(func(s *Settings) *string { return &s.GeminiAPIKey }, maxKeyFile)},
	{name: "gemini-text-model", group: Painting, usage: "Google's model to ask for text", set: text(func(s *Settings) *string { return &s.GeminiTextModel }, 200)},
	{name: "gemini-image-model", group: Painting, usage: "Google's model to ask for pictures", set: text(func(s *Settings) *string { return &s.GeminiImageModel }, 200)},
	{name: "vertex-project", group: Painting, usage: "project on Vertex AI, instead of the Gemini API", set: text(func(s *Settings) *string { return &s.VertexProject }, 200)},
	{name: "vertex-location", group: Painting, usage: "its location, such as europe-west4", set: text(func(s *Settings) *string { return &s.VertexLocation }, 100)},
	{name: "vertex-key-file", group: Painting, usage: "file with the key of its service account", set: content(func(s *Settings) *string { return &s.VertexKey }, maxKeyFile)},
	{name: "comfyui-base-url", group: Painting, usage: "a ComfyUI server, such as http://127.0.0.1:8188", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.ComfyUIBaseURL })},
	{name: "comfyui-workflow", group: Painting, usage: "file with the workflow that it runs", set: content(func(s *Settings) *string { return &s.ComfyUIWorkflow }, maxWorkflowFile)},
	{name: "guard-base-url", group: Painting, usage: "a chat server with a guard model, such as http://127.0.0.1:8000/v1", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.GuardBaseURL })},
	{name: "guard-api-key", group: Painting, usage: "its key (better as a variable)", redact: hidden, set: text(func(s *Settings) *string { return &s.GuardAPIKey }, 4096)},
	{name: "guard-model", group: Painting, usage: "name of the guard model there", set: text(func(s *Settings) *string { return &s.GuardModel }, 200)},
	{name: "guard-family", group: Painting, fallback: "llama-guard", usage: "llama-guard or shieldgemma", set: choice(func(s *Settings) *string { return &s.GuardFamily }, "llama-guard", "shieldgemma")},
	{name: "azure-safety-endpoint", group: Painting, usage: "an Azure AI Content Safety resource, which judges", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.AzureSafetyEndpoint })},
	{name: "azure-safety-key", group: Painting, usage: "its key (better as a variable)", redact: hidden, set: text(func(s *Settings) *string { return &s.AzureSafetyKey }, 4096)},

	{name: "text-reader", group: Watching, shown: "tesseract, where it is installed", usage: "program that reads text in pictures, or off", set: text(func(s *Settings) *string { return &s.TextReader }, 4096)},
	{name: "known-pictures", group: Watching, usage: "file with PDQ hashes of pictures that must not be shown", set: text(func(s *Settings) *string { return &s.KnownPictures }, 4096)},

	{name: "ledger-key", group: Proving, shown: "ledger.key in the data folder", usage: "file with the key that signs the ledger's checkpoints; made at first start",
		set: text(func(s *Settings) *string { return &s.LedgerKey }, 4096)},
	{name: "ledger-name", group: Proving, shown: "the host of public-url, and /ledger", usage: "what a new key calls the ledger (its origin); the key keeps it", set: text(func(s *Settings) *string { return &s.LedgerName }, 200)},
	{name: "ledger-witness", group: Proving, usage: "who cosigns checkpoints, as URL=key, with commas", set: witnesses},

	{name: "log-level", group: Telling, fallback: "info", usage: "debug, info, warn or error", set: level},
	{name: "log-format", group: Telling, fallback: "text", usage: "text or json", set: choice(func(s *Settings) *string { return &s.LogFormat }, "text", "json")},
	{name: "otlp-endpoint", group: Telling, also: "OTEL_EXPORTER_OTLP_ENDPOINT", usage: "where traces are sent, such as http://127.0.0.1:4318", redact: hiddenInURL, set: webAddress(func(s *Settings) *string { return &s.OTLPEndpoint })},
}

// byName finds a row of the table.
func byName(name string) (setting, bool) {
	for _, one := range table {
		if one.name == name {
			return one, true
		}
	}
	return setting{}, false
}
