"""The commands about interactions: what was said and sent, and the kinds there are."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Interactions with contacts, their kinds, and what is sent with them.")
