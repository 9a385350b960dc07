"""What an article is found by in the embedded index: the layers of its words, how a query asks them, what is marked.

`fields` turns a document into layers, `words` reads a query by the same analysis, `ranking` weighs the layers, and
`marking` says where a phrase stands in a text. Nothing here touches a database or an index on disk.
"""
