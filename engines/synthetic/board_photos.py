"""Boards made of photographs: the chip is cut out and put back elsewhere, or left out.

After Caliandro et al., "Automated optical inspection for printed circuit board assembly
manufacturing with transfer learning and synthetic data generation" (2022), III-A.
"""
