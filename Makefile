# What people type. `make` alone lists it.

# Cargo's folder, and the prebuilt DuckDB library inside it; both may be set from outside.
export CARGO_TARGET_DIR ?= $(CURDIR)/target
export DUCKDB_LIB_DIR ?= $(CARGO_TARGET_DIR)/duckdb
# The programs of `make test-oracle` outlive a clone where there is a cache for it.
CACHE := $(wildcard $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tidemill)
export ORACLE_DIR ?= $(or $(CACHE),$(CARGO_TARGET_DIR))/oracle
PREFIX ?= $(HOME)/.local

.PHONY: help demo test test-mutation chaos test-oracle compare-values fuzz lint bench install duckdb

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: duckdb ## build, simulate five weeks of all kinds of data, run every day, show the result
	cargo run --quiet --bin tidemill -- demo

test: duckdb ## all tests, and the check of the sample project that CI runs
	cargo test
	$(CARGO_TARGET_DIR)/debug/tidemill check

test-mutation: duckdb ## put each rule of the translation in the place of its neighbour: some case must fail
	cargo test --test values mutation -- --ignored --show-output

chaos: duckdb ## kill the program a thousand times; TIDEMILL_KILLS and TIDEMILL_SEED set how often and with which luck
	TIDEMILL_KILLS=$${TIDEMILL_KILLS:-1000} cargo test --test chaos -- --show-output

test-oracle: duckdb ## compare our analysis with GoogleSQL's own (needs Go)
	@.cargo/build-oracle $(ORACLE_DIR)
	@[ ! -x $(ORACLE_DIR)/runner ] || \
	    TIDEMILL_ORACLE=$(ORACLE_DIR) cargo test --test oracle our_analysis -- --include-ignored --show-output

compare-values: duckdb ## hold the values of our cases against another engine (needs Go)
	@.cargo/build-oracle $(ORACLE_DIR)
	@[ ! -x $(ORACLE_DIR)/runner ] || \
	    TIDEMILL_ORACLE=$(ORACLE_DIR) cargo test --test oracle another_engine -- --include-ignored --show-output

fuzz: duckdb ## feed each fuzz target for 15 seconds
	cargo test --test fuzz -- --ignored --test-threads 1 --show-output

lint: duckdb ## formatting and lints
	cargo fmt --check -- --config-path .cargo/rustfmt.toml
	cargo clippy --all-targets -- --deny warnings
	cargo run --quiet --bin tidemill -- format --check --quiet

bench: duckdb ## the benchmarks whose figures stand in docs/performance.md
	cargo bench

install: duckdb ## install the program into $(PREFIX)/bin
	cargo install --path . --root $(PREFIX) --locked

duckdb:
	@mkdir -p $(CARGO_TARGET_DIR) && { [ -e $(CARGO_TARGET_DIR)/.gitignore ] || echo '*' > $(CARGO_TARGET_DIR)/.gitignore; }
	@.cargo/fetch-duckdb $(DUCKDB_LIB_DIR)
