"""Who wrote it, from where and after whom, taken apart from one line."""
