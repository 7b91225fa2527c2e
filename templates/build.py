"""Makes the bundled Word templates: `python templates/build.py [--check]`.

The templates are ordinary Word files, made by this script so that what is in them can be read
and reviewed as text. `--check` makes them again and compares: exit 1 if a file differs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from _brent import BRENT
from _document import template
from _hillingdon import HILLINGDON
from _hillingdon_look import HILLINGDON_LOOK
from _look import Look
from _summary import SUMMARY
from _summary_look import SUMMARY_LOOK

HERE = Path(__file__).resolve().parent
TEMPLATES = {
    "brent.docx": (BRENT, Look()),
    "hillingdon.docx": (HILLINGDON, HILLINGDON_LOOK),
    "summary.docx": (SUMMARY, SUMMARY_LOOK),
}


def main() -> int:
    """Write the templates, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description="Make the bundled Word templates.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    stale = []
    for name, (words, look) in TEMPLATES.items():
        path, made = HERE / name, template(words, look)
        if not check:
            path.write_bytes(made)
        elif not path.exists() or path.read_bytes() != made:
            stale.append(name)
    for name in stale:
        print(f"{name} is not what build.py makes; run: python templates/build.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
