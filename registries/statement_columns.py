"""The columns of the registry's yearly statement summaries, by heading name.

Source: the 71-column export of 2021 to 2022; later exports add columns (75 or 76), of which PDFDate and PDFURL are
known by name. Only CORE columns must be there. Columns with personal data are never read.
"""

from __future__ import annotations

from riskengine.schemas import TOPICS

TOPIC_COLUMNS = dict(
    zip(
        [
            "StatementIncludesOrgStructure",
            "StatementIncludesPolicies",
            "StatementIncludesRisksAssessment",
            "StatementIncludesDueDiligence",
            "StatementIncludesTraining",
            "StatementIncludesGoals",
        ],
        TOPICS,
        strict=True,
    )
)
"""Which heading answers which recommended area."""

CORE = (
    "StatementYear",
    "OrganisationName",
    "Address",
    "CompanyNumber",
    "LastUpdated",
    "GroupSubmission",
    "ParentName",
    "StatementURL",
    "StatementSummaryURL",
    "StatementStartDate",
    "StatementEndDate",
    "DateApproved",
    *TOPIC_COLUMNS,
    "OrganisationSectors",
    "Turnover",
)
"""The columns that are read; a file that lacks one of them is refused."""

_RISK_PARTS = ("", "Area", "SupplyChainTier", "GroupAffected", "OtherGroupAffected", "Location", "Mitigation")

OFFICIAL = (
    "StatementYear",
    "OrganisationName",
    "Address",
    "SectorType",
    "CompanyNumber",
    "LastUpdated",
    "GroupSubmission",
    "ParentName",
    "StatementURL",
    "EmailAddressNoURL",
    "StatementSummaryURL",
    "StatementStartDate",
    "StatementEndDate",
    "ApprovingPerson",
    "DateApproved",
    "StatementIncludesOrgStructure",
    "NoOrgStructureReason",
    "StatementIncludesPolicies",
    "NoPoliciesReason",
    "StatementIncludesRisksAssessment",
    "NoRiskAssessmentReason",
    "StatementIncludesDueDiligence",
    "NoDueDiligenceReason",
    "StatementIncludesTraining",
    "NoTrainingReason",
    "StatementIncludesGoals",
    "NoGoalsReason",
    "OrganisationSectors",
    "OtherOrganisationSector",
    "Turnover",
    "YearsProducingStatements",
    "Policies",
    "OtherPolicies",
    "NoPolicies",
    "Training",
    "OtherTraining",
    "NoTraining",
    "WorkingConditionsEngagement",
    "NoEngagement",
    "SocialAudits",
    "NoSocialAudits",
    "GrievanceMechanisms",
    "NoGrievanceMechanisms",
    "OtherMonitoring",
    "NoRisks",
    *(f"Risk{number}{part}" for number in (1, 2, 3) for part in _RISK_PARTS),
    "ILOIndicatorsInStatement",
    "NoILOIndicatorsInStatement",
    "ILOIndicatorsActions",
    "ILOIndicatorsNoActions",
    "DemonstrateProgress",
)
"""The 71 columns in the order of the export."""

LATER = ("PDFDate", "PDFURL")
"""Columns known to have been added since."""

KNOWN = frozenset((*OFFICIAL, *LATER))
