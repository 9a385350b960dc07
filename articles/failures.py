"""What goes wrong for everybody, and not for one article."""

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError

# What the database does not do for anybody: it is gone, full, broken or locked. What it says of one record's data
# (DataError, IntegrityError) is not among them.
DATABASE_FAILURES = (OperationalError, InterfaceError, InternalError, ProgrammingError)
