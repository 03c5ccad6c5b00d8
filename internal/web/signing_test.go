package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// While nothing can be signed, everybody of the staff is told so, and nobody
// else; nobody is told where the key lies.
func TestStaffAreToldThatNothingCanBeSigned(t *testing.T) {
	t.Parallel()
	s := webtest.New(t, nil, nil, webtest.Jobless())
	key := filepath.Join(s.Keys.Folder(), "signer.key")
	told := func(want string) {
		t.Helper()
		for _, role := range []account.Role{account.Reviewer, account.Producer, account.Admin} {
			a := s.Staff(role).Get("/api/v1/studio/signing").Want(200)
			var got struct{ State string }
			a.Into(&got)
			if got.State != want || strings.Contains(string(a.Body), s.Keys.Folder()) || strings.Contains(string(a.Body), "signer") {
				t.Errorf("%s is told %s, want %s", role, a.Body, want)
			}
		}
	}
	told("ready")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	told("key_away")
	s.Visitor().Get("/api/v1/studio/signing").Want(401)
	if err := os.Rename(key+".away", key); err != nil {
		t.Fatal(err)
	}
	told("ready")
	whole, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	told("key_away")
}
