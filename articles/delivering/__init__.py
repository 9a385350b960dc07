"""What leaves a search: saved searches, feeds, mails, Word digests, Excel sheets and CSV.

`wording` turns a search form into an address and into words, `results` finds and reads what goes out, `excerpts` says
which words of a text go with it (never the whole text), `arrivals` what is new since when. `digest`, `sheet` and
`table` write files; `saving`, `scheduling`, `mailing` and `unsubscribing` are about saved searches and their mails.
"""
