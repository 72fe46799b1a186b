"""The risk engine: frames in, frames out. No network, clock, environment, database or screen.

The flow, one noun a step:

1. spreadsheet   a file's bytes become Sheets: every cell as text, sheet name and row number kept
2. lines         headings are understood, dates and money parsed: ContractLines; other rows are SetAside with a reason
3. suppliers     one supplier under its several spellings (Suppliers), and what was bought from whom (Purchases)
4. matches       suppliers are looked up in the statement registry: same, possible or none (Matches)
5. statements    the section 54 position of each supplier, and whether a duty is likely (Statements)
6. sectors       what was bought, and how risky that market is (Sectors)
7. findings      every indicator is asked: raised, clear or not checked (Findings)
8. scores        points are summed, bands given, the share of questions answered counted (Scores)
9. report        the workbook, CSV, JSON and Parquet files that leave the product
"""

__version__ = "0.1.0"
