// Package leash runs a server for tests in such a way that it never outlives
// the test process, however that ends: a shell holds the server, and the test
// process holds the shell's standard input.
package leash

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// script stops the server at the word "stop"; at the end of its input, which
// the death of the test process is too, it also removes the server's files.
const script = `
"$@" & pid=$!
read -r word
kill -"$LEASH_SIGNAL" $pid
wait $pid
[ "$word" = stop ] || rm -rf "$LEASH_FILES"
`

// Process is a running server.
type Process struct {
	shell *exec.Cmd
	leash io.WriteCloser
}

// Start runs command in the folder files, which is the server's own: its
// output goes to the file log there, and Close removes it. signal is the name
// of what stops the server; cred is who runs it, nil for the same user.
func Start(files, signal string, cred *syscall.Credential, command ...string) (*Process, error) {
	log, err := os.Create(LogFile(files))
	if err != nil {
		return nil, err
	}
	defer log.Close() // the server has a handle of its own
	shell := exec.Command("/bin/sh", append([]string{"-c", script, "leash"}, command...)...)
	// A group of its own: Ctrl-C in a terminal is for the test.
	shell.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true}
	shell.Dir = files
	shell.Env = append(os.Environ(), "LEASH_FILES="+files, "LEASH_SIGNAL="+signal)
	shell.Stdout, shell.Stderr = log, log
	pipe, err := shell.StdinPipe()
	if err != nil {
		return nil, err
	}
	return &Process{shell, pipe}, shell.Start()
}

// LogFile is where the output of the server with these files goes.
func LogFile(files string) string { return files + "/log" }

// Stop stops the server and leaves its files.
func (p *Process) Stop() error {
	_, err := io.WriteString(p.leash, "stop\n")
	return errors.Join(err, p.Close())
}

// Close stops the server and removes its files. The exit status, which is
// that of the shell's last word, is of no interest.
func (p *Process) Close() error {
	err := errors.Join(p.leash.Close(), p.shell.Wait())
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}
