# Marquee: `make run` starts it, `make test` tests it. Both install what they
# need and say what they do. Needs Go and Node, nothing else.

export CGO_ENABLED = 0
# nodynamic: pictures are encoded by the code in the module, never by a library
# of the host, so that the same picture has the same bytes everywhere.
TAGS    = nodynamic
GO      = go
LISTEN ?= 127.0.0.1:8080
DATA   ?= ./data

UI_SOURCES = $(shell find ui locales/stage -type f -not -path 'ui/node_modules/*' -not -path 'ui/dist/*' 2>/dev/null)

.PHONY: run build test test-needs test-ui test-go bench fuzz pictures train measure-guard measure-fingerprint measure-watermark licences clean

run: build ## build and start on http://localhost:8080 with ./data
	./marquee serve --listen $(LISTEN) --data $(DATA)

build: ui/dist/.built ## leave the binary at ./marquee
	@echo "==> building ./marquee"
	$(GO) build -tags $(TAGS) -ldflags "-s -w" -o marquee ./cmd/marquee

ui/node_modules/.installed: ui/package.json ui/package-lock.json
	@echo "==> installing the front end's packages"
	cd ui && npm ci --no-audit --no-fund
	@touch $@

ui/dist/.built: ui/node_modules/.installed $(UI_SOURCES)
	@echo "==> building the front end"
	cd ui && npm run build
	@touch ui/dist/.gitkeep $@

test: test-needs ui/dist/.built test-ui test-go ## install what the tests need and run them all

test-needs: ## a browser, PostgreSQL, an S3-compatible server, ffmpeg, fonts
	./scripts/test-needs

test-ui: ui/node_modules/.installed
	@echo "==> checking and testing the front end"
	cd ui && npm run check && npm test

test-go:
	@echo "==> testing the program"
	$(GO) vet -tags $(TAGS) ./...
	$(GO) test -tags $(TAGS) -timeout 20m ./...

bench: ui/dist/.built test-needs ## the numbers of docs/benchmarks.md
	./scripts/bench

fuzz: ## every parser for half a minute
	./scripts/fuzz

pictures: build test-needs ## take the pictures of docs/pictures again
	$(GO) test -tags $(TAGS) -count=1 -timeout 10m ./internal/e2e -run TestPictures -pictures $(CURDIR)/docs/pictures

train: ## make the classifier's weights again, from ../shared/data
	$(GO) run -tags $(TAGS) ./scripts/train

measure-guard: ## measure the guard for docs/guard-report.md; FINAL=1 also scores half B
	$(GO) run -tags $(TAGS) ./scripts/measure-guard $(if $(FINAL),-final)

measure-fingerprint: ## how well works are found again, for docs/fingerprint.md; PHOTOS=folder adds photographs
	$(GO) run -tags $(TAGS) ./scripts/measure-fingerprint $(if $(PHOTOS),-photos $(PHOTOS))

measure-watermark: ## measure the watermark for docs/watermark.md; needs the photographs of three Debian packages
	$(GO) run -tags $(TAGS) ./scripts/measure-watermark $(if $(PHOTOGRAPHS),-photographs $(PHOTOGRAPHS)) $(if $(EVERY),-every $(EVERY))

licences: ui/node_modules/.installed ## write docs/licences.md again
	$(GO) run -tags $(TAGS) ./scripts/licences

clean:
	rm -rf marquee ui/dist/assets ui/dist/.vite ui/dist/.built ui/node_modules .tools
