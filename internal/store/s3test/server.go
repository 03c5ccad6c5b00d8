// Package s3test runs a real S3-compatible server for tests: versitygw over a
// folder, one a test process, with a bucket of its own for each test.
//
// The server and its files are gone when the test process is, however that
// ends.
package s3test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/store/leash"
)

// ErrNotInstalled is given where the server is not to be found.
var ErrNotInstalled = errors.New("no S3 server: `make test` installs what the tests need (versitygw into .tools)")

// The key and secret of every test server.
const (
	AccessKey = "marquee-test"
	SecretKey = "marquee-test-secret"
)

// Server is an S3-compatible server on 127.0.0.1.
type Server struct {
	program, dir, address string
	process               *leash.Process
}

// program finds versitygw in the .tools of this or a folder above, where the
// project's scripts put it, or in PATH.
func program() string {
	dir, err := os.Getwd()
	for err == nil {
		p := filepath.Join(dir, ".tools", "versitygw")
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			return p
		}
		if filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	p, err := exec.LookPath("versitygw")
	if err != nil {
		return ""
	}
	return p
}

// New starts a server on a new folder; Close ends it.
func New() (*Server, error) {
	s := &Server{program: program()}
	if s.program == "" {
		return nil, ErrNotInstalled
	}
	var err error
	if s.dir, err = os.MkdirTemp("", "marquee-s3test-"); err != nil {
		return nil, err
	}
	for _, d := range []string{"objects", "meta"} {
		if err := os.Mkdir(filepath.Join(s.dir, d), 0o700); err != nil {
			return nil, err
		}
	}
	// Another process may take the port between our choice and the start.
	for try := 0; ; try++ {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		s.address = l.Addr().String()
		if err := l.Close(); err != nil {
			return nil, err
		}
		if err = s.Start(); err == nil {
			return s, nil
		}
		if try == 2 {
			return nil, errors.Join(err, os.RemoveAll(s.dir))
		}
	}
}

// Start starts the server, again after a Stop: with the same address and data.
func (s *Server) Start() error {
	var err error
	// Metadata lie beside the objects: not every file system has attributes.
	s.process, err = leash.Start(s.dir, "TERM", nil, s.program, "--quiet", "--port", s.address,
		"--access", AccessKey, "--secret", SecretKey, "posix", "--sidecar", filepath.Join(s.dir, "meta"), filepath.Join(s.dir, "objects"))
	if err != nil {
		return err
	}
	for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		c, err := net.DialTimeout("tcp", s.address, time.Second)
		if err == nil {
			return c.Close()
		}
		if time.Since(begin) > 15*time.Second {
			return errors.Join(fmt.Errorf("the S3 server did not start: %w", err), s.Stop())
		}
	}
}

// Stop stops the server; its data stay for another Start.
func (s *Server) Stop() error { return s.process.Stop() }

// Close stops the server and removes its files.
func (s *Server) Close() error { return s.process.Close() }

var buckets atomic.Int64

// Bucket gives the address of a new bucket, for blob.Open or --objects, which
// make it.
func (s *Server) Bucket() string {
	return fmt.Sprintf("s3://%s:%s@%s/test-%d?tls=false", AccessKey, SecretKey, s.address, buckets.Add(1))
}

var shared = sync.OnceValues(New)

// Shared gives the one server of this test process, starting it when it is
// first asked for. Where versitygw is not installed the test is skipped.
func Shared(t testing.TB) *Server {
	t.Helper()
	return leash.Lend(t, shared, ErrNotInstalled)
}

// Own starts a server for one test, which may stop and start it. Where
// versitygw is not installed the test is skipped.
func Own(t testing.TB) *Server {
	t.Helper()
	return leash.Own(t, New, ErrNotInstalled)
}
