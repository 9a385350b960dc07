"""Boilerplate learned from repetition: lines that open or close many articles of one source.

masking      what a line has in common with its like on other pages (pure)
repetition   which lines of many articles repeat themselves (pure)
accepted     taking the lines that a moderator accepted off an article
proposing    putting what repeats itself before the moderators
fuller       what a stored article said before lines of it were dropped
rewriting    new revisions of stored articles without the lines that are accepted, and with those rejected since
"""
