"""The extension libpilot._native: the C library, the binding, and SWIG's wrapper of it, in one."""

import os
import pathlib
import re
import subprocess
import sys
import sysconfig

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

BUILD = os.environ.get("LIBPILOT_BUILD", "build/python")  # build/ itself is make's
PACKAGE = "bindings/python/libpilot"
WRAPPER = f"{BUILD}/pilot_wrap.c"
ABI3 = ("0x030B0000", "cp311")
HARDENING = (
    "-fstack-protector-strong",
    "-fcf-protection",
    "-mbranch-protection=standard",
    "-U_FORTIFY_SOURCE",
    "-D_FORTIFY_SOURCE=3",
    "-D_FORTIFY_SOURCE=2",
)
# The module shows what Python looks for alone: a libpilot.so in the same program would have its calls otherwise.
LINKED = ["-Wl,-z,relro,-z,now,-z,noexecstack", "-Wl,--version-script=bindings/python/module.map"]
KNOWN = ["-Werror=implicit-function-declaration"]  # nothing is called that the stable ABI does not have
LIBRARY = os.environ.get("LIBPILOT_STATIC")  # a libpilot.a, or a libpilot.so, to link instead of compiling its sources
PAGE = os.environ.get("LIBPILOT_PAGE")  # the page of make page, which "libpilot page" writes; without it that is refused


def swig_version():
    try:
        told = subprocess.run(["swig", "-version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"Version (\d+)\.(\d+)", told)
    return tuple(map(int, found.groups())) if found else None


# SWIG's own types can be made through the stable ABI from 4.4 on, and that ABI has what binding.c needs
# from Python 3.11 on. Without either the module is for the one Python it is built with.
SWIG = swig_version()
NEW_SWIG = SWIG is not None and SWIG >= (4, 4)
# A Python whose threads run at once has no stable ABI, and locks itself at import where a module does not say that it
# needs no lock, which older SWIGs cannot.
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
STABLE = (
    NEW_SWIG and sys.version_info >= (3, 11) and sys.implementation.name == "cpython" and not FREE_THREADED
)


class build_extension(build_ext):
    def run(self):
        if SWIG is None:
            sys.exit(
                "libpilot's Python module needs SWIG: install swig (Debian, Ubuntu: apt install swig), then try again."
            )
        self.proxies = PACKAGE if self.inplace else os.path.join(self.build_lib, "libpilot")
        super().run()
        if PAGE:
            self.mkpath(os.path.join(self.proxies, "page"))
            self.copy_file(PAGE, os.path.join(self.proxies, "page", "engine.html"))

    def build_extension(self, extension):
        self.require_header("cjson/cJSON.h")
        extension.extra_compile_args += self.hardened()
        os.makedirs(self.proxies, exist_ok=True)
        self.spawn(
            [
                "swig",
                "-python",
                *(["-nogil"] if NEW_SWIG and FREE_THREADED else []),
                "-interface",
                "_native",
                "-outdir",
                self.proxies,
                "-o",
                WRAPPER,
                "bindings/python/pilot.i",
            ]
        )
        super().build_extension(extension)

    def compiles(self, header, *flags):
        probe = pathlib.Path(BUILD, "probe.c")
        probe.write_text(f"#include <{header}>\n", encoding="ascii")
        command = [*self.compiler.compiler_so, *flags, "-fsyntax-only", str(probe)]
        try:
            return subprocess.run(command, check=False, capture_output=True).returncode == 0
        except OSError:
            sys.exit(f"libpilot needs a C compiler: {command[0]} cannot be run.")

    def hardened(self):
        """As in the Makefile: each flag that the compiler takes without a word beside those before it."""
        taken = []
        for flag in HARDENING:
            if self.compiles("string.h", "-O3", "-Werror", *taken, flag):
                taken.append(flag)
        return taken

    def require_header(self, name):
        if not self.compiles(name):
            sys.exit(
                f"libpilot needs cJSON's headers, and {name} is not there: install libcjson-dev (Debian, Ubuntu) or"
                " cjson-devel (Fedora), then try again."
            )


os.makedirs(BUILD, exist_ok=True)
BINDING = ("binding", "cells", "scan", "verdict")
sources = [WRAPPER, *(f"bindings/python/{name}.c" for name in BINDING)]
if not LIBRARY:
    sources += sorted(str(path) for path in pathlib.Path("libpilot").rglob("*.c"))
setup(
    ext_modules=[
        Extension(
            "libpilot._native",
            sources,
            include_dirs=["include", "libpilot", "bindings/python"],
            extra_objects=[LIBRARY] if LIBRARY else [],
            libraries=["cjson"],
            define_macros=[("Py_LIMITED_API", ABI3[0])] if STABLE else [],
            extra_compile_args=["-std=c11", "-O3", "-g0", "-fvisibility=hidden", *KNOWN],
            extra_link_args=LINKED if sys.platform == "linux" else [],
            py_limited_api=STABLE,
        )
    ],
    cmdclass={"build_ext": build_extension},
    options={
        "build": {"build_base": BUILD},
        "egg_info": {"egg_base": BUILD},
        **({"bdist_wheel": {"py_limited_api": ABI3[1]}} if STABLE else {}),
    },
)
