"""The API under /api/: what the pages show, for other programs, and the marks that these may write.

door         every request to it: tokens, the language of messages, how many, ETags, errors as problem details
reading      what of the archive may leave through it, and for whom
asked        what a request may ask for; paging: where a page of a list begins
shapes       what is answered, as dictionaries; told: the same as OpenAPI describes it
views        one module for each thing
marks        the OpenAPI description of the marks' own endpoints (annotations.views), which the page's client uses too
"""
