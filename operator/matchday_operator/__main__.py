"""`python -m matchday_operator`: runs the operator."""

import asyncio
import sys

from matchday_operator import app, config, logs
from matchday_operator.nesting import allow_deep_objects


def main() -> int:
    """Run the operator; 2 where its settings cannot be used."""
    try:
        settings = config.from_env()
    except config.ConfigError as error:
        print(f"matchday-operator: {error}", file=sys.stderr)
        return 2
    logs.configure(settings.log_format, settings.log_level)
    allow_deep_objects()
    asyncio.run(app.main(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
