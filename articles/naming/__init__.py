"""From recognised names to entities: who is one and the same across articles, and what people decide about it."""
