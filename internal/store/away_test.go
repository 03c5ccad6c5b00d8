package store_test

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/fault"
	"marquee/internal/store"
	"marquee/internal/store/pgtest"
	"marquee/internal/store/storetest"
)

func containsSecret(s string) bool { return strings.Contains(s, "hu") && strings.Contains(s, "sh@") }

// atOnce is how long a caller may have to wait for the word that the database
// is away.
const atOnce = 4 * time.Second

func isAway(t *testing.T, what string, f func() error) {
	t.Helper()
	begin := time.Now()
	err := f()
	if !fault.Is(err, fault.Unavailable) || !fault.HasCode(err, "database_away") {
		t.Errorf("%s: %v", what, err)
	}
	if took := time.Since(begin); took > atOnce {
		t.Errorf("%s took %v", what, took)
	}
}

// awayFor names the variable that makes the outage longer than it takes to see
// it, for those who want to know: "12s".
const awayFor = "MARQUEE_TEST_AWAY_FOR"

// While PostgreSQL is away everybody is told so quickly; when it is back
// everything works, and the worker goes on where it was.
func TestAway(t *testing.T) {
	t.Parallel()
	server := pgtest.Own(t)
	address := server.Database(t, "")
	db := storetest.Open(t, address)
	ctx := t.Context()
	begun, outage, done := make(chan bool, 10), make(chan bool), make(chan string, 10)
	storetest.Worker(t, db, store.WorkerConfig{Concurrency: 2, Retry: func(int) time.Duration { return 50 * time.Millisecond },
		Handlers: map[string]func(context.Context, []byte) error{
			"through": func(ctx context.Context, args []byte) error {
				begun <- true
				<-outage
				// The first word after the outage began: a fault, which costs no try.
				if err := db.Ping(ctx); err != nil {
					return err
				}
				done <- string(args)
				return nil
			}}})
	enqueue := func(args string) func() error {
		return func() error {
			return db.Do(ctx, func(ctx context.Context) error { return db.Enqueue(ctx, "through", []byte(args), "") })
		}
	}
	if err := enqueue("1")(); err != nil {
		t.Fatal(err)
	}
	<-begun
	held := make(chan error, 1)
	inside := make(chan bool)
	go func() { // a unit that is open when the database goes
		held <- db.Do(ctx, func(ctx context.Context) error {
			err := db.InsertPerson(ctx, account.Person{ID: "half"})
			inside <- true
			<-outage
			if err == nil {
				err = db.InsertPerson(ctx, account.Person{ID: "other half"})
			}
			return err
		})
	}()
	<-inside
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	close(outage)
	isAway(t, "an open unit", func() error { return <-held })
	for range 3 {
		isAway(t, "ping", func() error { return db.Ping(ctx) })
		isAway(t, "read", func() error { _, err := db.People(ctx); return err })
		isAway(t, "write", enqueue("lost"))
	}
	isAway(t, "open", func() error {
		_, err := store.Open(ctx, store.Config{Database: address, Log: storetest.Quiet()})
		return err
	})
	if v := os.Getenv(awayFor); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(d)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	for _, f := range []func() error{func() error { return db.Ping(ctx) }, enqueue("2")} {
		if err := f(); err != nil {
			t.Fatal("after its return:", err)
		}
	}
	if people, err := db.People(ctx); err != nil || len(people) != 0 {
		t.Fatal("something is half-written:", people, err)
	}
	for want := map[string]bool{"1": true, "2": true}; len(want) > 0; {
		select {
		case args := <-done:
			if args == "lost" {
				t.Fatal("a job that was refused ran")
			}
			t.Logf("job %s done %v after the return", args, time.Since(back).Round(time.Millisecond))
			delete(want, args)
		case <-time.After(40 * time.Second):
			t.Fatal("after its return these jobs are missing:", want)
		}
	}
}

// A server that takes the connection and says nothing is away too.
func TestSilent(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			defer c.Close()
		}
	}()
	isAway(t, "open", func() error {
		_, err := store.Open(t.Context(), store.Config{Database: "postgres://x@" + l.Addr().String() + "/x?sslmode=disable", Log: storetest.Quiet()})
		return err
	})
}
