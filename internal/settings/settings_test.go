package settings

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func load(t *testing.T, env map[string]string, args ...string) (*Settings, error) {
	t.Helper()
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	defined := Define(set, Storage, Serving, Painting, Telling)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	return defined.Load(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultsNeedNothing(t *testing.T) {
	t.Parallel()
	s, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Listen != "127.0.0.1:8080" || s.Data != "./data" || s.Database != filepath.Join("data", "marquee.db") || s.Objects != filepath.Join("data", "objects") || s.SecretFile != filepath.Join("data", "secret.key") {
		t.Errorf("the defaults are %+v", s)
	}
	if s.Participants != (Rate{120, 200}) || s.PublicURL != nil || s.Demo != "auto" {
		t.Errorf("the defaults are %+v", s)
	}
	for _, one := range s.Show() {
		if one.Origin != FromDefault {
			t.Errorf("%s is from %s", one.Name, one.Origin)
		}
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]string{
		"lines": "# ours\nlisten = :1\nMARQUEE_LOG_LEVEL='debug'\nlimit-votes=5\ndata=\"/file\"\n",
		"json":  `{"listen":":1","log-level":"debug","limit_votes":5,"data":"/file"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, map[string]string{"MARQUEE_CONFIG": file(t, f), "MARQUEE_LISTEN": ":2", "MARQUEE_DATA": "/variable"}, "--listen", ":3")
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []struct {
				setting, value, got string
				origin              Origin
			}{
				{"listen", ":3", s.Listen, FromFlag},
				{"data", "/variable", s.Data, FromVariable},
				{"log-level", "DEBUG", s.LogLevel.String(), FromFile},
				{"log-format", "text", s.LogFormat, FromDefault},
			} {
				if want.got != want.value || s.OriginOf(want.setting) != want.origin {
					t.Errorf("%s is %s from %s, want %s from %s", want.setting, want.got, s.OriginOf(want.setting), want.value, want.origin)
				}
			}
			if s.Votes != (Rate{5, 5}) {
				t.Errorf("votes are %v", s.Votes)
			}
		})
	}
}

func TestWrongValuesAreToldTogether(t *testing.T) {
	t.Parallel()
	_, err := load(t, map[string]string{"MARQUEE_LISTEN": "nowhere", "MARQUEE_TRUSTED_PROXIES": "10.0.0.0/8,house", "MARQUEE_LEDGER_WITNESS": "w.example"}, "--limit-votes", "-1", "--public-url", "https://a.example/path")
	if err == nil {
		t.Fatal("taken")
	}
	for _, word := range []string{"listen (from MARQUEE_LISTEN)", "trusted-proxies", "house", "limit-votes (from --limit-votes)", "public-url", "ledger-witness (from MARQUEE_LEDGER_WITNESS) is not a witness"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not tell of %s: %v", word, err)
		}
	}
}

func TestWrongFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"lissten=:1":          "no setting \"lissten\"",
		"listen":              "no =",
		"listen=:1\nlisten=2": "a second time",
		"{\"listen\":":        "not JSON",
		"{\"listen\":{}}":     "neither text",
	} {
		if _, err := load(t, nil, "--config", file(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := load(t, nil, "--config", filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there was read")
	}
	if _, err := load(t, nil, "--config", file(t, strings.Repeat("#", maxFile+1))); err == nil {
		t.Error("a huge file was read")
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	s, err := load(t, map[string]string{
		"MARQUEE_OPENAI_API_KEY": "sk-hush", "MARQUEE_S3_SECRET_KEY": "hush-s3", "MARQUEE_DATABASE": "postgres://me:hush-pg@db/marquee?sslpassword=hush-q",
		"MARQUEE_OBJECTS": "s3://k:hush-url@host/b?region=x", "MARQUEE_PURGE_WEBHOOK": "https://cdn.example/purge?token=hush-hook",
	})
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, one := range s.Show() {
		all.WriteString(one.Name + "=" + one.Value + "\n")
	}
	if strings.Contains(all.String(), "hush") {
		t.Errorf("a secret is shown:\n%s", all.String())
	}
	if !strings.Contains(all.String(), "@db/marquee") || !strings.Contains(all.String(), "region=x") {
		t.Errorf("too much is hidden:\n%s", all.String())
	}
	if !strings.Contains(s.Database, "hush-pg") {
		t.Error("the value itself was changed")
	}
}

func TestKeyFileAndOTel(t *testing.T) {
	t.Parallel()
	s, err := load(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, "--openai-api-key-file", file(t, " sk-1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s.OpenAIAPIKey != "sk-1" || s.OTLPEndpoint != "http://127.0.0.1:4318" || s.OriginOf("otlp-endpoint") != FromVariable {
		t.Errorf("%q %q", s.OpenAIAPIKey, s.OTLPEndpoint)
	}
	if _, err := load(t, nil, "--openai-api-key-file", file(t, "\n")); err == nil {
		t.Error("an empty key was taken")
	}
}

func TestSecretFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	s, err := load(t, nil, "--data", dir)
	if err != nil {
		t.Fatal(err)
	}
	// Several processes that start at once agree on one key.
	keys := make(chan string, 8)
	for range cap(keys) {
		go func() {
			key, err := s.Secret()
			if err != nil {
				t.Error(err)
			}
			keys <- string(key)
		}()
	}
	first := <-keys
	for range cap(keys) - 1 {
		if <-keys != first {
			t.Error("two keys were made")
		}
	}
	if info, err := os.Stat(s.SecretFile); err != nil || info.Mode().Perm() != 0o600 || len(first) < secretBytes {
		t.Errorf("the file is %v, the key has %d bytes: %v", info.Mode(), len(first), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := os.WriteFile(s.SecretFile, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Secret(); err == nil || !strings.Contains(err.Error(), "put the right one back") {
		t.Errorf("a damaged file: %v", err)
	}
}

func FuzzParseFile(f *testing.F) {
	for _, seed := range []string{"listen=:1", "{\"listen\":\":1\"}", "# x\n\nA_B = 'c'", "{", "=", "a=\"", "{\"a\":[1,\"b\",true]}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		values, err := parseFile(data)
		if err != nil {
			return
		}
		for name := range values {
			if name != plainName(name) {
				t.Errorf("%q is not a plain name", name)
			}
		}
	})
}
