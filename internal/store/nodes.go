package store

import (
	"context"
	"time"
)

const (
	// beatEvery is how often a node says that it lives and looks at others.
	beatEvery = time.Second
	// deadAfter is how many looks in a row without a beat make a node dead.
	deadAfter = 3
	// lostAfter is how many looks in a row a job is marked as running here
	// without running here, until it counts as lost: its outcome could not be
	// written while the database was away.
	lostAfter = 8
	// crashes is how often a job may be cut off by the death of its node
	// without that counting as a try; after that it may be what kills nodes.
	crashes = 40
)

// watch is a node's look at itself and the others. Only this node's own looks
// count, and only ones that reached the database: neither clocks that differ
// nor an outage make a living node look dead.
type watch struct {
	w      *Worker
	seen   map[string]int64 // beats at the last look
	misses map[string]int
	lost   map[int64]int
}

func newWatch(w *Worker) *watch {
	return &watch{w: w, seen: map[string]int64{}, misses: map[string]int{}, lost: map[int64]int{}}
}

func (t *watch) run(ctx context.Context) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	troubled := false
	for {
		err := t.look(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !troubled:
			t.w.cfg.Log.WarnContext(ctx, "the node could not reach the database", "node", t.w.node, "error", err)
		case err == nil && troubled:
			t.w.cfg.Log.InfoContext(ctx, "the node reaches the database again", "node", t.w.node)
		}
		troubled = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (t *watch) beat(ctx context.Context) error {
	db := t.w.db
	return db.Do(ctx, func(ctx context.Context) error {
		return db.put(ctx, `INSERT INTO nodes (id, started_at, beats) VALUES ($1, $2, 1)
			ON CONFLICT (id) DO UPDATE SET beats = nodes.beats + 1`, t.w.node, micros(t.w.cfg.Now()))
	})
}

// look beats, then gives back the jobs of nodes that have stopped beating. A
// look that fails makes all looks before it count for nothing: who was cut off
// too could not beat either.
func (t *watch) look(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			clear(t.misses)
			clear(t.lost)
		}
	}()
	if err := t.beat(ctx); err != nil {
		return err
	}
	beats, err := t.nodes(ctx)
	if err != nil {
		return err
	}
	mine, err := t.running(ctx, beats)
	if err != nil {
		return err
	}
	delete(beats, t.w.node)
	for node, n := range beats {
		if before, known := t.seen[node]; known && before == n {
			t.misses[node]++
		} else {
			t.misses[node] = 0
		}
	}
	for node := range t.misses {
		if _, there := beats[node]; !there {
			delete(t.misses, node)
		}
	}
	t.seen = beats
	for node, n := range t.misses {
		if n >= deadAfter {
			if err := t.bury(ctx, node); err != nil {
				return err
			}
		}
	}
	return t.recover(ctx, mine)
}

// nodes gives the beats of all nodes.
func (t *watch) nodes(ctx context.Context) (map[string]int64, error) {
	beats := map[string]int64{}
	err := t.w.db.query(ctx, "SELECT id, beats FROM nodes", nil, func(s scanner) error {
		var id string
		var n int64
		if err := s.Scan(&id, &n); err != nil {
			return err
		}
		beats[id] = n
		return nil
	})
	return beats, err
}

// byNode is how River notes who tries a job: the last of a list.
func (db *DB) byNode() string {
	if db.kind == Postgres {
		return "attempted_by[array_upper(attempted_by, 1)]"
	}
	return "json_extract(attempted_by, '$[#-1]')"
}

// running gives the jobs that are marked as running on this node, and adds to
// beats the nodes that have jobs but no row.
func (t *watch) running(ctx context.Context, beats map[string]int64) ([]int64, error) {
	db := t.w.db
	var mine []int64
	err := db.query(ctx, "SELECT id, coalesce("+db.byNode()+", '') FROM river_job WHERE state = 'running'", nil, func(s scanner) error {
		var id int64
		var node string
		if err := s.Scan(&id, &node); err != nil {
			return err
		}
		if _, known := beats[node]; !known {
			beats[node] = -1
		}
		if node == t.w.node {
			mine = append(mine, id)
		}
		return nil
	})
	return mine, err
}

// giveBack makes running jobs available again without counting the try.
func (db *DB) giveBack() string {
	length := "json_array_length(attempted_by)"
	if db.kind == Postgres {
		length = "cardinality(attempted_by)"
	}
	return "UPDATE river_job SET state = 'available', attempt = CASE WHEN attempt > 0 AND coalesce(" + length +
		", 0) <= $2 THEN attempt - 1 ELSE attempt END WHERE state = 'running' AND "
}

// bury gives back a dead node's jobs, and its leadership over River's
// maintenance, which would otherwise stay empty until a lease runs out.
func (t *watch) bury(ctx context.Context, node string) error {
	db := t.w.db
	var jobs int64
	err := db.Do(ctx, func(ctx context.Context) (err error) {
		if jobs, err = db.exec(ctx, db.giveBack()+"coalesce("+db.byNode()+", '') = $1", node, crashes); err != nil {
			return err
		}
		if err := db.put(ctx, "DELETE FROM river_leader WHERE leader_id = $1", node); err != nil {
			return err
		}
		return db.put(ctx, "DELETE FROM nodes WHERE id = $1", node)
	})
	if err != nil {
		return err
	}
	delete(t.misses, node)
	t.w.cfg.Log.WarnContext(ctx, "a node has died; its jobs go on elsewhere", "node", node, "jobs", jobs)
	return nil
}

// recover gives back jobs of this node that it is not doing.
func (t *watch) recover(ctx context.Context, mine []int64) error {
	db := t.w.db
	still := map[int64]int{}
	for _, id := range mine {
		if t.w.isActive(id) {
			continue
		}
		still[id] = t.lost[id] + 1
		if still[id] < lostAfter {
			continue
		}
		err := db.Do(ctx, func(ctx context.Context) error {
			return db.put(ctx, db.giveBack()+"id = $1", id, crashes)
		})
		if err != nil {
			return err
		}
		delete(still, id)
		t.w.cfg.Log.WarnContext(ctx, "a job whose outcome could not be noted goes on again", "job", id)
	}
	t.lost = still
	return nil
}
