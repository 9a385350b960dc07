"""A reader turns the bytes of one input into a Page or raises Refused. Readers know no database and fetch nothing."""
