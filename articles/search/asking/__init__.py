"""What a reader asks, from the words typed to the query that the index answers."""
