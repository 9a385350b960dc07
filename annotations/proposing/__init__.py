"""What a person who selects words is offered: whole words, the cue, who may have said it. Nothing is stored."""
