"""Untrusted files, opened in a worker process: kind, pages, preview, repair."""
