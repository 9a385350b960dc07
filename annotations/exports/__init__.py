"""Marks in files: one module a format, each turning records into a file and, where the field sends it, back. Pure.

`records` holds what there is to write, as plain values: what gathers them from the database (annotations.exporting) and
what stores them there (annotations.receiving) know nothing of formats, and formats nothing of the database.
`formats` lists the formats by their keys. Offsets are code points in all records; a format that counts otherwise
converts them (annotations.exports.offsets).
"""
