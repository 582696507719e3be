"""GenTL cameras: a supervised process for each, and frames through shared memory.

```
station's process                       camera's process
camera ── session ──── messages ───▶ child ── device ── features
   ▲                                          │
   ╰──── frames ◀──── ring (shared memory) ◀──╯ buffer
```
"""
