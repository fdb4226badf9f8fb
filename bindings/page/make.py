"""Puts the page together: make.py OUT, of what build/ and the report's page have. It is one file that asks for nothing."""

import html
import json
import re
import subprocess
import sys
import zlib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parents[1]
REPORT = TOP / "bindings/python/libpilot/page"
MOST = 1_500_000  # bytes


def text(path):
    return path.read_text(encoding="utf-8")


def digest(part):
    """By which the page's own script and style run, and no other that got into it."""
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"


def island(data):
    """JSON that cannot end the element it stands in."""
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        made = made.replace(character, f"\\u{ord(character):04x}")
    return made


def said(words, key):
    zh, en = words[key]
    return f'<span class="zh" lang="zh-CN">{zh}</span><span class="en" lang="en">{en}</span>'


def notices():
    """The licences of all that is in the page, each text once under the names of what has it."""
    crate = HERE / "workbook/Cargo.toml"
    told = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--offline", "--filter-platform=wasm32-unknown-unknown",
         f"--manifest-path={crate}"],
        capture_output=True, check=True,
    )  # fmt: skip
    zig = next((TOP / "build/cross/venv/lib").glob("python3*/site-packages/ziglang"))
    files = [
        ("libpilot", TOP / "LICENSE"),
        ("cJSON", TOP / "build/cross/cjson/LICENSE"),
        ("musl", zig / "lib/libc/musl/COPYRIGHT"),
        ("wasi-libc", zig / "lib/libc/wasi/LICENSE-MIT"),
        ("compiler-rt of zig", zig / "LICENSE"),
    ]
    for package in json.loads(told.stdout)["packages"]:
        folder = Path(package["manifest_path"]).parent
        if folder == crate.parent:
            continue
        # Of licences to choose from MIT's is taken, and whatever goes beside it.
        own = [*folder.glob("LICENSE-MIT*"), *folder.glob("LICENSE-WHATWG")]
        own = own or [*folder.glob("LICENSE*"), *folder.glob("COPYING*")]
        files += [(f"{package['name']} {package['version']}", path) for path in own]
    names = {}
    for name, path in files:
        names.setdefault(text(path).strip(), []).append(name)
    return "\n\n".join(f"{', '.join(of)}\n\n{licence}" for licence, of in names.items())


def page():
    words, marks = (json.loads(text(REPORT / f"{name}.json")) for name in ("words", "marks"))
    style = text(REPORT / "report.css") + text(HERE / "page.css")
    # The first is a module with exports, which are nobody's here.
    core = re.sub(r"^export ", "", text(TOP / "bindings/js/core.js"), flags=re.MULTILINE)
    scripts = (REPORT / "report.js", HERE / "digest.js", HERE / "rewards.js", HERE / "engine.js")
    script = "\n".join([core, *map(text, scripts)])
    engine = (TOP / "build/js/pilot.wasm").read_bytes()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(engine) + packer.flush()
    parts = {
        "policy": "default-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {digest(style)}; script-src {digest(script)} 'wasm-unsafe-eval' 'unsafe-eval'",
        "style": style,
        "words": island({"words": words, "marks": marks}),
        "reader": b64encode((TOP / "build/page/workbook.wasm").read_bytes()).decode(),
        "engine": b64encode(packed).decode(),
        "engine_size": str(len(engine)),
        "script": script,
        "notices": html.escape(notices()),
        **{f"say:{key}": said(words, key) for key in words},
    }
    return re.sub(r"@([a-z_:]+)@", lambda found: parts[found[1]], text(HERE / "page.html"))


made = page().encode()
if len(made) > MOST:
    sys.exit(f"make.py: the page has {len(made)} bytes, and may have {MOST}")
Path(sys.argv[1]).write_bytes(made)
print(f"made        {sys.argv[1]}, {len(made)} bytes")
