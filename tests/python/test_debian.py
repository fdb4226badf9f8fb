"""What is packed under which name and version: debian/ beside the Makefile, and the other packages beside both."""

import json
import re

from cases import TOP


def text(path):
    return (TOP / path).read_text(encoding="utf-8")


VERSION = re.search(r"^VERSION += ([0-9.]+)$", text("Makefile"), re.MULTILINE)[1]


def test_every_package_has_the_version():
    found = {
        "debian/changelog": re.match(r"libpilot \((.+?)\) ", text("debian/changelog"))[1],
        "pyproject.toml": re.search(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)[1],
        "include/pilot/base.h": re.search(
            r'^#define PILOT_VERSION "(.+)"$', text("include/pilot/base.h"), re.MULTILINE
        )[1],
        "bindings/js/package.json": json.loads(text("bindings/js/package.json"))["version"],
        "bindings/java/pom.xml": re.search(
            r"<artifactId>libpilot</artifactId>\s*<version>(.+?)</version>", text("bindings/java/pom.xml")
        )[1],
    }
    assert found == dict.fromkeys(found, VERSION)


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
