"""From bytes to text as it was written, and what had to be mended on the way."""
