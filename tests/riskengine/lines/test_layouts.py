"""Layouts of heading rows as councils publish them: which column is taken for what.

A layout is its headings, each with the letter of the values below it and, after "=", the field it must be taken for.
"""

from __future__ import annotations

import re

import pytest

from tests.riskengine.lists import fields, read, sheet

VALUES = {
    "s": ("Ashdown Care Ltd", "Birch & Sons", "Cedar plc", "Oak Trust"),
    "a": ("1,250.50", "-20.00", "£900.00", "12.5"),
    "d": ("31/01/2024", "01/02/2024", "15/02/2024", "03/03/2024"),
    "e": ("31/03/2027", "31/03/2026", "30/09/2025", "31/12/2028"),
    "t": ("Home care", "Roof repairs", "Agency staff", "Printing of leaflets"),
    "p": ("Adults", "Highways", "Children", "Adults"),
    "c": ("Third party payments", "Premises", "Employees", "Supplies"),
    "r": ("51000123", "51000124", "51000125", "51000126"),
    "o": ("Ambleford Borough Council",) * 4,
    "n": ("01234567", "07654321", "09876543", "SC123456"),
    "i": ("1001", "1002", "1003", "1004"),
    "y": ("Y", "N", "Y", "N"),
    "P": ("85311000", "45261900", "79620000", "79810000"),
    "k": ("AB1 2CD", "ZZ1 1ZZ", "AB2 3EF", "ZZ2 2ZZ"),
    "u": ("12", "24", "36", "12"),
    "l": ("Open", "Restricted", "Framework", "Open"),
}
"""Values by letter: suppliers, amounts, dates, later dates, texts, departments, categories, references and the like."""
FIELDS = {
    "S": ("supplier",),
    "A": ("amount",),
    "D": ("date",),
    "T": ("description", "title"),
    "R": ("reference",),
    "B": ("start",),
    "E": ("end",),
    "N": ("company_number",),
}
LAYOUTS = """
Organisation Name:o|Directorate:p|Service:p|Transaction Number:r=R|Date:d=D|Amount:a=A|Expenditure Category:c|Supplier Name:s=S
Directorate:p|Division:p|Date:d=D|Transaction ID:r=R|Supplier:s=S|Amount £:a=A|Expense Type:c
VENDOR NAME:s=S|DOC DATE:d=D|PAYMENT AMT:a=A|DOC NO:r=R|COST CENTRE:p|GL DESC:c
Vendor ID:i|Vendor Name:s=S|Cost Element:i|Expenditure Account Code Description:c|Document No:r=R|Amount:a=A|Clearing Date:d=D|Directorate:p|Service Expenditure Analysis:p
Business Unit:p|Dir:p|Creditor Name:s=S|Invoice Paid Date:d=D|Total Cost:a=A|Invoice Number:r=R
Paid Date:d=D|Payee:s=S|Net Value (£):a=A|Cost Centre Description:p|Account Description:c
Expense Area:p|Expense Type:c|Expense Code:i|AP Payment Date:d=D|Transaction Number:r=R|Amount:a=A|Supplier Name:s=S|Supplier ID:i
Creditor:s=S|Invoice Amt:a=A|Paid Dt:d=D|Dept:p|Details:t=T
Reference number:r=R|Title of agreement:t=T|Department responsible:p|Description of goods/services:t|Contract start date:d=B|Contract end date:e=E|Review date:e|Supplier name:s=S|Supplier's company registration number:n=N|Contract sum:a=A|VAT that cannot be recovered:a|Process type:l|SME/VCSE:y|Charity registration number:i
Contract ID:r=R|Contract title:t=T|Supplier(s):s=S|Start date:d=B|End date:e=E|Value:a=A|Organisation:o|Department:p|Contact:s
Contract reference:r=R|Title:t=T|Buyer:o|Estimated annual value:a|Estimated total value:a=A|Start:d=B|End:e=E|Supplier name:s=S|Category:c
Merchant Name:s=S|Transaction Date:d=D|Amount:a=A|MCC Description:c|Cost Centre:p
Vendor:s=S|Amt in loc.cur.:a=A|Pstng Date:d=D|Text:t=T|DocumentNo:r=R
Supp.name:s=S|Amount:a=A|Trans.date:d=D|Account(T):c|Costc(T):p|TransNo:r=R
VENDOR_NAME:s=S|INVOICE_NUM:r=R|DIST_LINE_AMOUNT:a=A|PAYMENT_DATE:d=D|GL_DATE:d|DESCRIPTION:t=T
Creditor Name:s=S|Invoice Gross Amount:a=A|Cheque Date:d=D|Service:p
Name of Supplier:s=S|Value (£):a=A|Date Paid:d=D|Purpose:t=T
Paid to:s=S|Total paid:a=A|When paid:d=D|What for:t=T
Supplier/Payee name:s=S|Amount paid (£):a=A|Date of payment made:d=D
Payee Name:s=S|Net £:a=A|Paid on:d=D|Paid for:t=T
Company:s=S|Cost (£):a=A|Month:d=D|Item:t=T
Vendor/supplier:s=S|Inv Amt:a=A|Inv Date:d=D|Inv No:r=R
Supplier Name:s=S|Payment Amount excl VAT:a=A|Payment Amount incl VAT:a|Payment Date:d=D
Supplier:s=S|Net Invoice Value:a=A|VAT Value:a|Gross Invoice Value:a|Payment Date:d=D|Cost Centre Name:p|Subjective Name:c
Trust / Supplier:s=S|Amount GBP:a=A|Date:d=D
Supplier:s=S|Sum of Net:a=A|Date Range:l|Directorate:p
Beneficiary Name:s=S|Payment Amount:a=A|Date Of Expenditure:d=D|Summary of Purpose:t=T|Merchant Category:c
Contractor:s=S|Contract Description:t=T|Contract Value (£):a=A|Commencement:d=B|Expiry:e=E|Extension Option:u
Contract Title:t=T|Awarded Supplier:s=S|Total Contract Value (Ex VAT):a=A|Contract Start:d=B|Contract End:e=E|Max Extension End Date:e|Procurement Route:l
Title:t=T|Supplier Name & Address:s=S|Annual Value £:a=A|Start:d=B|Finish:e=E|Lead Officer:s
Ref:r=R|Contract Name:t=T|Provider:s=S|Whole Life Cost:a=A|From:d=B|To:e=E|Directorate:p
CRN:r|Contract:t=T|Supplier:s=S|Contract Start Date:d=B|Contract Expiry Date:e=E|Estimated Contract Value (Total):a=A|Service Area:p|Contract Manager:s
Service Area:p|Contract Description:t=T|Current Contractor:s=S|Current Annual Spend:a=A|Contract Start Date:d=B|Contract End Date:e=E
Notice Identifier:r=R|Organisation Name:o|Title:t=T|Description:t|Cpv Codes:P|Awarded Date:d|Awarded Value:a=A|Supplier [Name|Address]:s=S|Contract start date:d=B|Contract end date:e=E|Value Low:a|Value High:a
Organisation:o|Effective Date:d|Supplier Name:s=S|Supplier VAT Registration Number:i|Payment Date:d=D|Transaction Number:r=R|Net Amount:a=A|Irrecoverable VAT:a|Purpose of Expenditure:t=T
LA Department:p|Beneficiary:s=S|Purpose of spend:t=T|Procurement (Merchant) Category:c|Net Cost:a=A|VAT:a|Date:d=D|Transaction No.:r=R
Department Name:p|Vendor Description:s=S|Line Amount:a=A|Payment Run Date:d=D|Account Name:c
Supplier Name:s=S|Post Code:k|Pay Amount:a=A|Payment Dt:d=D|Budget Code:i|Budget Description:c
Customer/Supplier:s=S|Line Net Amount:a=A|Processed Date:d=D
Name of Payee:s=S|Amount of Invoice:a=A|Date Invoice Paid:d=D|Description of Invoice:t=T
Payee Description:s=S|Value:a=A|Payment Date:d=D|Cost Code Description:p
Main Supplier:s=S|Goods/Service:t=T|Price:a=A|Order Date:d=D
Supplier Trading As:s=S|Spend (ex VAT):a=A|Financial Period:d=D
Third Party Name:s=S|Net Amount GBP:a=A|Posting Date:d=D
Enw Cyflenwr / Supplier Name:s=S|Swm / Amount:a=A|Dyddiad / Date:d=D|Disgrifiad / Description:t=T
Supplier:s=S|Payment £:a=A|Payment Date:d=D|Spend Type:c|Portfolio:p
Account Payee:s=S|Payment Total:a=A|Date:d=D
Name of company / organisation:s=S|Amount spent:a=A|Date of spend:d=D|Reason for spend:t=T
Service Provider Name:s=S|Contract Price:a=A|Contract Commencement Date:d=B|Contract Completion Date:e=E
Provider Name:s=S|Cost to Council:a=A|Start of contract:d=B|End of contract:e=E|Nature of contract:t=T
Successful Bidder:s=S|Award Amount:a=A|Date of Award:d=D|Tender Title:t=T
Successful Tenderer(s):s=S|Accepted Tender Price:a=A|Award Date:d=D|Scheme:t
Consultant Name:s=S|Fee Paid:a=A|Date:d=D|Project:t=T
Agency Name:s=S|Invoice Total (Net):a=A|Invoice Date:d=D|Job Title:t
Suppliers Name:s=S|Transaction Value (£):a=A|Transaction Date:d=D|Transaction Description:t=T
Payments to Suppliers:s=S|Amount:a=A|Date:d=D
Supplier Name (T):s=S|Invoice Line Amount:a=A|Clear Date:d=D|Line Description:t=T|Cost Centre(T):p
Organisation Paid:s=S|£:a=A|Date of Transaction:d=D
Supplier name:s=S|Grand Total:a=A|Period:d=D
Trading Partner:s=S|Posted Amount:a=A|Accounting Date:d=D
Entity:o|Cost Centre:p|Expense Type:c|Supplier:s=S|VAT Reg No:i|Sum of Amount:a=A|Payment Date:d=D
Payee name:s=S|Payment net amount:a=A|Payment gross amount:a|Date paid:d=D
Organisation name:s=S|Amount awarded:a=A|Award date:d=D|Purpose of grant:t=T
Recipient:s=S|Grant Amount:a=A|Date awarded:d=D|Summary of the purpose of the award:t=T
Awarding body:o|Company awarded contract:s=S|Total value of contract:a=A|Date from:d=B|Date to:e=E|Description of service:t=T
Lot:i|Supplier:s=S|Contract Value p.a.:a=A|Contract Duration:u|Start Date:d=B|End Date (excluding extensions):e=E|End Date (including extensions):e
Supplier Organisation:s=S|Annual Contract Value:a|Total Contract Value:a=A|Live Date:d=B|Original End Date:e=E|Subject:t=T
""".strip().splitlines()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    columns = [column.rsplit(":", 1) for column in re.split(r"\|(?![^\[]*\])", layout)]
    headings = [heading for heading, _ in columns]
    rows = list(zip(*(VALUES[kind[0]] for _, kind in columns), strict=True))
    taken = fields(read(sheet([headings, *rows])))
    for heading, kind in columns:
        if "=" in kind:
            wanted = FIELDS[kind[-1]]
            assert heading in [taken.get(field) for field in wanted], f"{wanted[0]} of {taken}"
