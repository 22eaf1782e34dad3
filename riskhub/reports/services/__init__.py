from riskhub.reports.services.downloading import download_report
from riskhub.reports.services.rendering import RENDER, render_report
from riskhub.reports.services.requesting import UnknownLanguage, request_report
from riskhub.reports.services.verifying import Verification, verify_report

__all__ = [
    "RENDER",
    "UnknownLanguage",
    "Verification",
    "download_report",
    "render_report",
    "request_report",
    "verify_report",
]
