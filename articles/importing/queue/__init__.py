"""Imports that are done by workers: what was sent, in chunks, each a job that can be killed and taken up again."""
