"""Command lines of the plant's programs and of the bench. Needs only Python: help comes before any set-up."""

import argparse
from collections.abc import Callable
from typing import NoReturn


class Arguments(argparse.ArgumentParser):
    """Says in one line what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog.removesuffix('.py')}: {message}\n")


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number of that range."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return parse
