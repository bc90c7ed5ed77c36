# Wardbook: everything a newcomer types. `make run` and `make test` are enough on a fresh machine; both install
# what they need where they may, and print the exact command where they may not.

SHELL := /bin/sh
EXE := $(shell go env GOEXE 2>/dev/null)
BUILD := build/wardbook$(EXE)
ARGS ?=
ROUNDS ?= 100
FUZZTIME ?= 1m

.PHONY: help run demo test lint bench crash fuzz build

help: ## Show what make can do here (this text)
	@echo 'Wardbook. On a fresh machine you need only: make run, make test'
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

run: ## Build and open Wardbook (ARGS="--data DIR"); without a screen: on a virtual one, picture in build/run.png
	@.ci/setup run
	@$(MAKE) --no-print-directory build
	@.ci/open $(BUILD) $(ARGS)

demo: ## The same in a throw-away folder
	@$(MAKE) --no-print-directory run ARGS=--demo

test: ## Run every test with the race detector
	@.ci/setup test
	go test -race ./...

lint: ## Formatting, vet on three systems, staticcheck, known vulnerabilities
	@.ci/setup run
	@.ci/lint

bench: ## Measure store, search and windows against their peers
	@.ci/setup test
	go run -tags sqlite_fts5 ./data/bench
	go test -run '^$$' -bench . -benchtime 100x ./app/patient ./ui/kit
	go test -run '^$$' -bench 'StartToSignIn|SignInToWork' -benchtime 1x -timeout 30m ./ui

crash: ## Cut the power ROUNDS=100 times and look at what is left
	@.ci/setup run
	.ci/crash $(ROUNDS)

fuzz: ## Fuzz every parser for FUZZTIME=1m each
	@.ci/setup run
	@.ci/fuzz $(FUZZTIME)

build: # the program alone; the tools are there
	@echo 'Building $(BUILD) (the first time takes several minutes: Fyne compiles its C parts).'
	@go build -o $(BUILD) .
