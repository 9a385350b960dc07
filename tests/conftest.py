"""A real PostgreSQL in a folder of its own: tests never touch the data of the instance beside them."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSDESK_DATA", str(REPOSITORY / "var" / "test"))
