"""The floor: what a command costs that does nothing, in typer, with sqlite3 imported."""

import sqlite3  # noqa: F401

import typer

app = typer.Typer()


@app.command()
def main(word: str = "a") -> None:
    """Print a word."""
    print(word)


app()
