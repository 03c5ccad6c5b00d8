// Package pgtest runs a real PostgreSQL for tests: one server a test process,
// with a database of its own for each test.
//
// It finds the programs of Debian's package postgresql. The server and its
// files are gone when the test process is, however that ends.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"marquee/internal/store/leash"
)

// ErrNotInstalled is given where PostgreSQL is not to be found.
var ErrNotInstalled = errors.New("PostgreSQL is not installed: `make test` installs what the tests need (Debian: apt-get install postgresql)")

// Server is a PostgreSQL server on 127.0.0.1 whose data may be lost: it does
// not wait for the disk.
type Server struct {
	bin, dir string
	port     int
	cred     *syscall.Credential
	process  *leash.Process
}

// programs finds the newest installation.
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is right, so there is no error
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	if n := len(found); n > 0 {
		return filepath.Dir(found[n-1])
	}
	if p, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(p)
	}
	return ""
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4]) // an odd name sorts first
	return n
}

// New makes a server of its own in a new folder and starts it; Close ends it.
func New() (*Server, error) {
	s := &Server{bin: programs()}
	if s.bin == "" {
		return nil, ErrNotInstalled
	}
	var err error
	if s.dir, err = os.MkdirTemp("", "marquee-pgtest-"); err != nil {
		return nil, err
	}
	if err := s.make(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	// Another process may take the port between our choice and the start.
	for try := 0; ; try++ {
		if s.port, err = freePort(); err != nil {
			return nil, errors.Join(err, os.RemoveAll(s.dir))
		}
		if err = s.Start(); err == nil {
			return s, nil
		}
		if try == 2 {
			return nil, errors.Join(err, os.RemoveAll(s.dir))
		}
	}
}

// make creates the data folder, as a user who is not root if need be:
// PostgreSQL does not run as root.
func (s *Server) make() error {
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			if u, err = user.Lookup("nobody"); err != nil {
				return err
			}
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return err
		}
		s.cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(s.dir, int(uid), int(gid)); err != nil {
			return err
		}
	}
	c := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	c.SysProcAttr, c.Dir = &syscall.SysProcAttr{Credential: s.cred}, s.dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// Start starts the server, again after a Stop: with the same port and data.
func (s *Server) Start() error {
	args := []string{filepath.Join(s.bin, "postgres"), "-D", s.data(), "-k", s.dir, "-p", strconv.Itoa(s.port)}
	for _, o := range []string{"listen_addresses=127.0.0.1", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"max_connections=300", "shared_buffers=64MB", "autovacuum=off", "restart_after_crash=off"} {
		args = append(args, "-c", o)
	}
	var err error
	// INT is the quick way to stop: clients are cut off.
	if s.process, err = leash.Start(s.dir, "INT", s.cred, args...); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		c, err := pgx.Connect(ctx, s.DSN("postgres"))
		if err == nil {
			return c.Close(ctx)
		}
		said, readErr := os.ReadFile(leash.LogFile(s.dir))
		if ctx.Err() != nil || readErr != nil || bytes.Contains(said, []byte("database system is shut down")) {
			return errors.Join(fmt.Errorf("PostgreSQL did not start: %w: %s", err, said), readErr, s.Stop())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Stop stops the server as its administrator would, cutting off everybody.
func (s *Server) Stop() error { return s.process.Stop() }

// Close stops the server and removes its files.
func (s *Server) Close() error { return s.process.Close() }

// DSN is the address of a database on the server, for store.Open or pgx.
func (s *Server) DSN(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}
