package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// servePlain answers every request with what it reads from in, by net/http and
// nothing else, until ctx ends. It prints its address to out.
func servePlain(ctx context.Context, in io.Reader, out io.Writer) error {
	body, err := io.ReadAll(io.LimitReader(in, maxBody))
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body) // a reader that went away is counted on its side
	})}
	if _, err := fmt.Fprintf(out, "http://%s/\n", l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// process is a program that this one started.
type process struct {
	cmd *exec.Cmd
	URL string
}

// startPlain starts servePlain as a process of its own, so that both servers
// compete with the generator in the same way.
func startPlain(body []byte) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(exec.Command(self, "-plain"), strings.NewReader(string(body)), "")
}

// start starts a program and reads its address from the first line that holds
// one before the given ending.
func start(cmd *exec.Cmd, in io.Reader, ending string) (*process, error) {
	cmd.Stdin = in
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	found := make(chan string, 1)
	go func() {
		defer close(found)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok && p.URL == "" {
				if host, _, ok := strings.Cut(rest, "/"); ok && strings.HasPrefix(rest[len(host):], "/"+ending) {
					p.URL = "http://" + host
					found <- p.URL
				}
			}
		}
	}()
	select {
	case _, ok := <-found:
		if ok {
			return p, nil
		}
		return nil, fmt.Errorf("%s ended before it said where it is: %w", cmd.Path, cmd.Wait())
	case <-time.After(time.Minute):
		return nil, errors.Join(fmt.Errorf("%s did not say where it is", cmd.Path), p.stop())
	}
}

// cpu gives the processor time that the program has used, as Linux tells it;
// false elsewhere.
func (p *process) cpu() (time.Duration, bool) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, false
	}
	// The name in parentheses may hold spaces; fields 14 and 15 are counted
	// from behind it, in hundredths of a second.
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	if len(fields) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond, err1 == nil && err2 == nil
}

// stop ends the program and waits for it.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := p.cmd.Wait(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return err
		}
	}
	return nil
}
