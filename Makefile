# make demo   install what is needed, build, run the main job on samples/
# make test   the same, and all tests
# make build  the program alone, at build/dossier
# make bench  one line for each goal of docs/benchmarks.md, minutes on two cores; BENCH_FULL=1 for the full sizes
JOBS ?= $(shell nproc)
.PHONY: build demo test bench packages packages-test clean

packages:
	@scripts/install_packages.sh build

packages-test:
	@scripts/install_packages.sh build test

build: packages
	@cmake --preset release >/dev/null
	@cmake --build build --parallel $(JOBS) --target dossier

demo: build
	@cmake --build build --parallel $(JOBS) --target samples
	@samples/demo.sh build/dossier build/samples build/demo

test: packages-test
	@cmake --preset release >/dev/null
	@cmake --build build --parallel $(JOBS)
	@cd build && ctest --output-on-failure --parallel $(JOBS)

bench: packages-test
	@cmake --preset release >/dev/null
	@cmake --build build --parallel $(JOBS) --target bench_tmf bench_ectd >&2
	@build/bench/bench_tmf build/bench/data build/dossier
	@build/bench/bench_ectd build/bench/data-ectd build/dossier

clean:
	@rm -rf build
