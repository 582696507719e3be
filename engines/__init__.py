"""What judges a part: the verdict, the model card, and the engines themselves.

No Qt, no torch, and nothing else of the project is imported here.
"""
