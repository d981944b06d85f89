# `make` alone lists the verbs. Two of them are all one needs at first: `make run` and `make test`.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# What `make run` hands to the local program, and `make browser` to Playwright.
ARGS ?=
# How many seeds `make races` plays, or the one to play again.
SEEDS ?= 10000
SEED ?=
# What `make package` builds for: arm64 or x86_64.
export ARCH ?= arm64
# Which functions `make reproduce` builds; all if none is named.
FUNCTIONS ?=
# What `make fuzz` plays: how many inputs in all, how long each target at most, which of them, or one input again.
RUNS ?= 10000000
SECONDS_EACH ?= 0
TARGETS ?= letters bodies queries names mail_events
INPUT ?=

# Tools that a developer need not have: built or unpacked into .tools once, and left alone after that.
DENY_VERSION := 0.20.2
DENY := .tools/cargo-deny-$(DENY_VERSION)/bin/cargo-deny
CYCLONEDX_VERSION := 0.5.9
CYCLONEDX := .tools/cargo-cyclonedx-$(CYCLONEDX_VERSION)/bin/cargo-cyclonedx
MOTO := .tools/venv
MOTO_PINS := tests/contracts/requirements.txt

# What the first two verbs say before they are silent for a while.
SAY_BUILD = echo "Building the local program: the functions, the embedded DynamoDB engine and what stands for AWS."; \
	[ -e target/debug/openslot-local ] || echo "The first build takes a few minutes; later ones take seconds."

.PHONY: help
help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: site ## Start the whole product on this machine, with a demo team; ARGS="--port 8080 --no-demo"
	@$(SAY_BUILD)
	@cargo run --locked -p openslot-local -- $(ARGS)

.PHONY: build
build: site ## Build what `make run` starts, without starting it
	@$(SAY_BUILD)
	@cargo build --locked -p openslot-local
	@echo "Built target/debug/openslot-local; \`make run\` starts it."

.PHONY: test
test: ## Run every check and every test, as CI does
	@scripts/test.sh

.PHONY: package
package: ## Build what is deployed, a zip per function in target/lambda; ARCH=x86_64 for other than arm64
	@scripts/package.sh

.PHONY: reproduce
reproduce: ## Package the commit twice, in folders apart, and compare the bytes; FUNCTIONS="list-slots" for some of it
	@FUNCTIONS="$(FUNCTIONS)" scripts/reproduce.sh

.PHONY: test-deploy
test-deploy: ## Package, and tell the stories to the functions in the zips, under the policies of the template
	@scripts/test-deploy.sh

.PHONY: sbom
sbom: $(CYCLONEDX) ## List what is in what is deployed, as CycloneDX: beside each zip in target/lambda, and of the site
	@cargo fetch --locked --quiet
	@python3 scripts/sbom.py $(CYCLONEDX)

.PHONY: deploy
deploy: site ## Deploy the packages and the site into your AWS account; asks for what it needs to know
	@scripts/deploy.sh $(ARGS)

.PHONY: doctor
doctor: ## Look whether what was deployed works, a line for each; ARGS="openslot --region eu-central-1"
	@scripts/doctor.sh $(ARGS)

.PHONY: site
site: ## Build the static site; the first time also install what it is built with
	@scripts/site.sh

.PHONY: browser
browser: build ## Test the site, without a browser and in Chromium; ARGS="keyboard --headed" for some of it
	@scripts/browser.sh $(ARGS)

.PHONY: races
races: ## Play seeded races over the booking protocol; SEEDS=10000, or SEED=17 to play one again
	$(if $(SEED),OPENSLOT_RACES_SEED=$(SEED),OPENSLOT_RACES_SEEDS=$(SEEDS)) \
		cargo test --locked -p openslot-tests --test races -- --show-output

.PHONY: fuzz
fuzz: ## Put ten million inputs to every parser of outside bytes; RUNS=20000, SECONDS_EACH=60, TARGETS="letters names"
	@RUNS="$(RUNS)" SECONDS_EACH="$(SECONDS_EACH)" TARGETS="$(TARGETS)" INPUT="$(INPUT)" scripts/fuzz.sh

.PHONY: bench
bench: build ## Time the slot engine and cold starts, count instructions where valgrind is installed, weigh the booking page
	@scripts/bench.sh

.PHONY: fmt
fmt: site ## Format the code
	cargo fmt --all
	npm run --silent format --workspaces

.PHONY: lint
lint: ## Let clippy read everything; a warning is an error
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy --locked --workspace --test deploy -- -D warnings

.PHONY: deny
deny: $(DENY) ## Check who links what, licences and sources
	cargo fetch --locked
	$(DENY) --offline --locked check --hide-inclusion-graph -D unused-wrapper bans licenses sources

.PHONY: advisories
advisories: $(DENY) ## Check the dependencies for known flaws; fetches the advisory database
	$(DENY) --locked check --hide-inclusion-graph advisories

.PHONY: tools
tools: $(DENY) $(CYCLONEDX) $(MOTO)/pins.txt ## Install into .tools what the checks and tests need; `make test` does it by itself
	@scripts/sam-tools.sh

.PHONY: openapi
openapi: ## Write the OpenAPI document anew
	cargo run --locked --quiet -p openslot-wire --example openapi > shared/wire/openapi.json.new
	mv shared/wire/openapi.json.new shared/wire/openapi.json

.PHONY: clean
clean: ## Throw away what was built and installed; what the local program stored stays
	rm -rf target tests/fuzz/target .tools node_modules static-site/node_modules tests/browser/node_modules static-site/dist tests/browser/out infra/cdk/dist

# Unoptimised on purpose: it is built within two minutes and runs for three seconds.
$(DENY):
	@echo "Building cargo-deny $(DENY_VERSION) into .tools; this happens once."
	CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-deny@$(DENY_VERSION) --locked --debug --quiet \
		--root .tools/cargo-deny-$(DENY_VERSION) --target-dir .tools/build
	rm -rf .tools/build

$(CYCLONEDX):
	@echo "Building cargo-cyclonedx $(CYCLONEDX_VERSION) into .tools; this happens once."
	CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-cyclonedx@$(CYCLONEDX_VERSION) --locked --debug --quiet \
		--root .tools/cargo-cyclonedx-$(CYCLONEDX_VERSION) --target-dir .tools/build
	rm -rf .tools/build

# The pins are copied last, so an install that broke off is begun anew.
$(MOTO)/pins.txt: $(MOTO_PINS)
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "The second DynamoDB engine needs Python 3 with venv (on Debian: python3 and python3-venv)." >&2; exit 1; }
	@echo "Unpacking moto into .tools; this happens once."
	rm -rf $(MOTO)
	python3 -m venv $(MOTO)
	$(MOTO)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-compile -r $(MOTO_PINS)
	cp $(MOTO_PINS) $@
