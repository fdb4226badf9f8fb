"""What is packed under which name and version: debian/ beside the Makefile, and the other packages beside both."""

import re

from cases import TOP


def text(path):
    return (TOP / path).read_text(encoding="utf-8")


VERSION = re.search(r"^VERSION += ([0-9.]+)$", text("Makefile"), re.MULTILINE)[1]
PLACES = {
    "debian/changelog": r"\Alibpilot \((.+?)\) ",
    "pyproject.toml": r'^version = "(.+)"$',
    "include/pilot/base.h": r'^#define PILOT_VERSION "(.+)"$',
    "bindings/js/package.json": r'^  "version": "(.+)",$',
    "bindings/java/pom.xml": r"<artifactId>libpilot</artifactId>\s*<version>(.+?)</version>",
    "bindings/page/workbook/Cargo.toml": r'^version = "(.+)"$',
}


def test_every_package_has_the_version():
    found = {path: re.search(pattern, text(path), re.MULTILINE)[1] for path, pattern in PLACES.items()}
    assert found == dict.fromkeys(PLACES, VERSION)


def test_cmake_is_asked_for_this_version():
    for path in ("tests/cmake/CMakeLists.txt", "docs/cpp.md"):
        assert re.findall(r"find_package\(libpilot ([0-9.]+) REQUIRED", text(path)) == [VERSION.rpartition(".")[0]]


def test_debians_library_is_called_after_its_soname():
    # Before 1.0 each minor version has a SONAME of its own, from then on each major one.
    major, minor, _ = VERSION.split(".")
    library = f"libpilot0.{minor}" if major == "0" else f"libpilot{major}"
    control = text("debian/control")
    assert re.findall(r"^Package: (.+)$", control, re.MULTILINE) == [
        library,
        "libpilot-dev",
        "python3-libpilot",
    ]
    assert set(re.findall(r"libpilot[0-9][0-9.]*", control)) == {library}
