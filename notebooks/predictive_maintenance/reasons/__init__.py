"""Why a window warns: what each input contributes to its probability, and that in words."""
