package settings

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"marquee/internal/ledger/tree"
)

// text sets a plain text of at most limit bytes without control characters.
func text(field func(*Settings) *string, limit int) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if len(v) > limit {
			return fmt.Errorf("is longer than %d bytes", limit)
		}
		if strings.ContainsFunc(v, func(r rune) bool { return r < ' ' }) {
			return errors.New("has a control character in it")
		}
		*field(s) = v
		return nil
	}
}

func database(s *Settings, v string) error {
	if scheme, _, ok := strings.Cut(v, "://"); ok && scheme != "postgres" && scheme != "postgresql" && scheme != "file" {
		return fmt.Errorf("is of a kind that is not known (%s); give a path for SQLite or a postgres:// address", scheme)
	}
	return text(func(s *Settings) *string { return &s.Database }, 4096)(s, v)
}

func address(field func(*Settings) *string, optional bool) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v == "" && optional {
			*field(s) = ""
			return nil
		}
		host, port, err := net.SplitHostPort(v)
		if err != nil {
			return errors.New("is not an address; write host:port, such as 127.0.0.1:8080")
		}
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n > 65535 {
			return errors.New("has no port between 0 and 65535")
		}
		*field(s) = net.JoinHostPort(host, port)
		return nil
	}
}

func webAddress(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v != "" {
			u, err := url.Parse(v)
			if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
				return errors.New("is not a web address; it begins with http:// or https://")
			}
		}
		*field(s) = v
		return nil
	}
}

func publicURL(s *Settings, v string) error {
	if v == "" {
		s.PublicURL = nil
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("is not a web address; it begins with http:// or https://")
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("has more than scheme and host; Marquee needs a host of its own")
	}
	s.PublicURL = &url.URL{Scheme: u.Scheme, Host: u.Host}
	return nil
}

func proxies(s *Settings, v string) error {
	s.TrustedProxies = nil
	for word := range strings.SplitSeq(v, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(word)
		if err != nil {
			addr, addrErr := netip.ParseAddr(word)
			if addrErr != nil {
				return fmt.Errorf("holds %q, which is neither an address nor a network", word)
			}
			prefix = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
		}
		if len(s.TrustedProxies) >= 256 {
			return errors.New("has more than 256 networks")
		}
		s.TrustedProxies = append(s.TrustedProxies, prefix.Masked())
	}
	return nil
}

func witnesses(s *Settings, v string) (err error) {
	s.LedgerWitnesses, err = tree.ParseWitnesses(v)
	return err
}

func choice(field func(*Settings) *string, words ...string) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		for _, w := range words {
			if v == w {
				*field(s) = v
				return nil
			}
		}
		return fmt.Errorf("is %q; it can be %s", v, strings.Join(words, ", "))
	}
}

func number(field func(*Settings) *int, least, most int) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < least || n > most {
			return fmt.Errorf("is not a number from %d to %d", least, most)
		}
		*field(s) = n
		return nil
	}
}

func rate(field func(*Settings) *Rate) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		minute, burst, hasBurst := strings.Cut(v, ":")
		n, err := strconv.Atoi(minute)
		b := n
		if err == nil && hasBurst {
			b, err = strconv.Atoi(burst)
		}
		if err != nil || n < 0 || n > 1_000_000 || b < 0 || b > 1_000_000 || (n > 0 && b == 0) {
			return errors.New("is not a rate; write 30:20 for thirty a minute and bursts of twenty, or 0 for no limit")
		}
		*field(s) = Rate{PerMinute: n, Burst: b}
		return nil
	}
}

func level(s *Settings, v string) error {
	switch v {
	case "debug":
		s.LogLevel = slog.LevelDebug
	case "info":
		s.LogLevel = slog.LevelInfo
	case "warn":
		s.LogLevel = slog.LevelWarn
	case "error":
		s.LogLevel = slog.LevelError
	default:
		return fmt.Errorf("is %q; it can be debug, info, warn, error", v)
	}
	return nil
}

// Bounds on files whose content is a setting, in bytes.
const (
	maxKeyFile      = 16 << 10
	maxWorkflowFile = 1 << 20
)

// content sets a field to what a file of at most limit bytes holds, without the
// space around it.
func content(field func(*Settings) *string, limit int64) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v == "" {
			return nil
		}
		data, err := readBounded(v, limit)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(string(data))
		if text == "" {
			return errors.New("names a file that is empty")
		}
		*field(s) = text
		return nil
	}
}

// minSealKey is the least length of a sealing key, in characters.
const minSealKey = 16

// sealKey sets the sealing key to what read makes of a value.
func sealKey(read func(string) (string, error)) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v == "" {
			return nil
		}
		key, err := read(v)
		if err != nil {
			return err
		}
		if len(key) < minSealKey || len(key) > maxKeyFile {
			return fmt.Errorf("needs %d characters or more", minSealKey)
		}
		s.SealKey = key
		return nil
	}
}

func readSealKey(path string) (string, error) {
	data, err := readBounded(path, maxKeyFile)
	return strings.TrimSpace(string(data)), err
}

// readBounded reads a file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("names a file that can't be read: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("names %s, which is not a file", path)
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("names a file of more than %d bytes", limit)
	}
	return os.ReadFile(path)
}

func secretWord(key string) bool {
	key = strings.ToLower(key)
	for _, w := range []string{"secret", "password", "passwd", "pwd", "token", "key"} {
		if strings.Contains(key, w) {
			return true
		}
	}
	return false
}
