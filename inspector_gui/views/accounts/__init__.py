"""Who is at the window: signing in, the panel for it, and its end when nobody is there."""
