"""What judges a part: the verdict, the model card, and the engines themselves.

No Qt, no torch, and nothing else of the project is imported here.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # else onnxruntime reports to its maker; read on import
