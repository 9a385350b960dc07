"""Django's PostgreSQL backend over the embedded server: DATABASES["default"]["ENGINE"] = "newsdesk.postgresql"."""
