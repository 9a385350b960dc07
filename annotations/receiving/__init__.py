"""Marks on their way in: file → records → database.

`finding` says which article a record is of, `placing` where its marks stand in what is stored here, `people` who made
them; `checking` refuses what no mark can be; `planning` says what becomes of each mark, `comparing` how it differs from
what is here already; `states` makes rows of it, `writing` stores them; `running` goes through a file, and `report`
tells what became of everything in it.
"""
