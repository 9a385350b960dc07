"""The settings under test: the program's own, with a data folder that no instance uses, whatever .env says."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
# The index is each test's own (conftest.py), and that of the processes that it begins; so may be what it exports.
_KEPT = ("NEWSDESK_DATA", "NEWSDESK_SEARCH_DIR", "NEWSDESK_EXPORT_DIR")
for name in [name for name in os.environ if name.startswith(("NEWSDESK_", "EMAIL_URL")) and name not in _KEPT]:
    del os.environ[name]
os.environ |= {"DEBUG": "0", "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]", "NEWSDESK_ENV": os.devnull}
os.environ.setdefault("NEWSDESK_DATA", str(REPOSITORY / "var" / "test"))

from newsdesk.settings import *  # noqa: E402, F403

# Hashing a password well takes as long as a test should.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
