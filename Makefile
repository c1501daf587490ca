# make demo   install what is needed, build, run the main job on samples/
# make test   the same, and all tests
# make build  the program alone, at build/dossier
JOBS ?= $(shell nproc)
.PHONY: build demo test packages packages-test clean

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

clean:
	@rm -rf build
