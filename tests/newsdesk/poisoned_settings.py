"""The settings under test, and a step that ends its process at an article whose title asks for it."""

from tests.settings import *  # noqa: F403

REVISION_STEPS = ["tests.newsdesk.poisoned_settings.end_process", "articles.provenance.steps.join_story"]


def end_process(revision) -> None:
    """As a fault in a compiled library does, or a machine that runs out of memory."""
    import os  # noqa: PLC0415 - nothing but settings stands in this module
    import signal  # noqa: PLC0415

    if "سمّ قاتل" in revision.text:
        os.kill(os.getpid(), signal.SIGKILL)
