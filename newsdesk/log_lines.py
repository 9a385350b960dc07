"""How a record of the log is written."""

import logging
from copy import copy

_BREAKDOWN = 500


class LineFormatter(logging.Formatter):
    """Requests that were refused (4xx) in one line: what their sender may not do is no fault to be traced.

    Of everything else, answers of 500 above all, the traceback stays. Other handlers get the record as it is.
    """

    def format(self, record: logging.LogRecord) -> str:
        if getattr(record, "status_code", _BREAKDOWN) < _BREAKDOWN:
            record = copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)
