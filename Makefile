# What people type: setup, build, run, test, bench, check-yaml. Each makes what it needs and nothing twice.

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL := bash
# Where cargo puts what it installs, whether or not the shell knows.
export PATH := $(or $(CARGO_INSTALL_ROOT),$(or $(CARGO_HOME),$(HOME)/.cargo))/bin:$(PATH)

STAMPS := .cache/stamps
WASM := pkg/daemonset_planner_bg.wasm
CLI := npm/dist/cli.js
PAGE := www/dist/index.html

CRATE_SOURCES := Cargo.toml Cargo.lock .cargo/config.toml $(wildcard build.rs) \
	$(shell find src schema -type f 2>/dev/null)
NPM_SOURCES := npm/package.json npm/tsconfig.json scripts/build-npm.mjs $(wildcard LICENSE NOTICE) \
	$(shell find npm/src -path npm/src/wasm -prune -o -type f -print)
PAGE_SOURCES := $(shell find www examples -path www/dist -prune -o -type f -print 2>/dev/null)

# 0: `make run` stops after the plan on the terminal.
SERVE ?= 1
SEED ?= 1

.PHONY: help setup build run test bench check-yaml bless clean

help:
	@echo "make setup             install what is missing (quick when nothing is)"
	@echo "make build             the wasm, npm/dist/cli.js and the page in www/dist"
	@echo "make run [SERVE=0]     build, plan examples/ on the terminal, then serve the page"
	@echo "make test              everything; the last line says how many passed and failed"
	@echo "make bench             the figures of docs/benchmarks.md"
	@echo "make check-yaml SEED=1 compare the YAML reader with the Go module (needs Go)"
	@echo "make bless             write the expected files of the tests anew; look at the difference"

# --- what others make ---

$(STAMPS)/tools: Cargo.lock scripts/setup.sh scripts/versions.sh
	@scripts/setup.sh build
	@mkdir -p $(@D) && touch $@

$(STAMPS)/npm: package.json package-lock.json .npmrc
	npm ci --no-progress
	@mkdir -p $(@D) && touch $@

$(WASM): $(CRATE_SOURCES) scripts/build-wasm.sh | $(STAMPS)/tools $(STAMPS)/npm
	scripts/build-wasm.sh

$(CLI): $(WASM) $(NPM_SOURCES) | $(STAMPS)/npm
	node scripts/build-npm.mjs

$(PAGE): $(WASM) $(PAGE_SOURCES) | $(STAMPS)/npm
	@if [ -f www/build.mjs ]; then node www/build.mjs && touch $@; fi

# --- what people type ---

# Asks anew, whatever the stamps say.
setup: $(STAMPS)/npm
	@scripts/setup.sh build tests
	@mkdir -p $(STAMPS) && touch $(STAMPS)/tools

build: $(CLI) $(PAGE)

run: build
	@SERVE=$(SERVE) scripts/run.sh

test: setup build
	@node scripts/test.mjs $(SUITE)

bench: build
	@scripts/bench.sh

check-yaml:
	@scripts/check-yaml.sh $(SEED)

bless: setup build
	UPDATE=1 node scripts/test.mjs rust conformance package

clean:
	cargo clean
	rm -rf pkg npm/dist npm/src/wasm www/dist .cache
