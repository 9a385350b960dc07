"""The secret key of an installation that was given none."""

import os
import secrets
from pathlib import Path


def read_or_create_secret_key(folder: Path) -> str:
    """The key kept in `folder`/secret_key (mode 600), written first where there is none.

    Two processes that start together agree: the key is written whole under another name and linked into place.
    """
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".secret_key.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
