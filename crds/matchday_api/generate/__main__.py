"""`python -m matchday_api.generate [--check]`."""

import argparse
import sys
from pathlib import Path

from matchday_api.generate.files import generated_files, is_current

ROOT = Path(__file__).parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or with --check tell which are not as the models say.

    Returns the exit code: 1 where --check finds a difference.
    """
    parser = argparse.ArgumentParser(prog="python -m matchday_api.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what differs")
    check = parser.parse_args(arguments).check
    changed = [path for path in generated_files() if not is_current(ROOT, path)]
    for path in changed:
        print(f"{path} is not as the models say; run `make generate`" if check else path)
        if not check:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(generated_files()[path], encoding="utf-8")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
