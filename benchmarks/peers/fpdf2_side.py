"""fpdf2's side of benchmarks/report.py: the table in a JSON file as PDF, by its own `table()`; prints the seconds.

    python fpdf2_side.py TABLE.json OUT.pdf

The file holds the two fonts, the head, and the rows; cells are the same strings as on our side. fpdf2 is LGPL-3.0: it
is fetched for this comparison only and is no part of the program.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import FontFace


def main() -> None:
    """Make the table once."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    began = time.process_time()
    pdf = FPDF(format="A4")
    pdf.set_margins(25, 15, 15)
    pdf.add_font("Noto", "", given["regular"])
    pdf.add_font("Noto", "B", given["bold"])
    pdf.set_font("Noto", size=9.5)
    pdf.add_page()
    with pdf.table(
        headings_style=FontFace(emphasis="BOLD", fill_color=(245, 240, 230)),
        text_align=("LEFT", *["RIGHT"] * (len(given["head"]) - 1)),
        line_height=5.6,
    ) as table:
        table.row(given["head"])
        for row in given["rows"]:
            table.row(row)
    pdf.output(sys.argv[2])
    print(json.dumps({"seconds": time.process_time() - began, "pages": pdf.pages_count}))


if __name__ == "__main__":
    main()
