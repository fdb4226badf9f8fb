"""Puts the page together: make.py OUT, of what build/ and the report's page have. It is one file that asks for nothing."""

import json
import re
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
        **{f"say:{key}": said(words, key) for key in words},
    }
    return re.sub(r"@([a-z_:]+)@", lambda found: parts[found[1]], text(HERE / "page.html"))


made = page().encode()
if len(made) > MOST:
    sys.exit(f"make.py: the page has {len(made)} bytes, and may have {MOST}")
Path(sys.argv[1]).write_bytes(made)
print(f"made        {sys.argv[1]}, {len(made)} bytes")
