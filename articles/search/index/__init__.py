"""The index on disk, derived from PostgreSQL: its schema, its folder, who writes it and how it follows the articles."""
