"""Compile the search ahead of its first use: `python -m matchday_solver.warm`."""

from matchday_solver.kernel.native import native, object_file


def main() -> None:
    """Compile, keep and load the search."""
    native()
    print(f"The search is compiled: {object_file()}")


if __name__ == "__main__":
    main()
