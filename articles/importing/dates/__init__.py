"""When a page was published: stamps, datelines and clocks, and which of them to believe."""
