"""Parts of regular expressions: Arabic script as insides of […], and what else is read as one piece in running text."""

# Letters of the Arabic script in every block, presentation forms included; tatweel and digits are not letters.
LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
TATWEEL = "\u0640"
# Tashkeel, the Koran's signs over letters, and marks combining with Arabic letters.
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
# Zero-width and bidi controls that may stand inside a word without ending it.
CONTROLS = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Letters of other scripts are followed by combining accents where a text is decomposed.
ACCENTS = "\u0300-\u036f"
# A web address; what ends a sentence or a clause is not part of the address before it.
ADDRESS = r"(?i:https?://|ftp://|www\.)(?:[^\s<>\"«»“”(){}\[\]،؛؟]*[^\s<>\"«»“”(){}\[\]،؛؟.,:;!?'’])?"
