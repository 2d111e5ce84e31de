"""The bug form: its blocks, and the reading of what comes back."""

from views.report_form.building import prefill, report_form
from views.report_form.ids import (
    AREA,
    CHOICE,
    CUSTOMERS,
    FILES,
    FORM,
    HAPPENED,
    IMPACT,
    OUTER,
    PRODUCT,
    VERSION,
    WORKAROUND,
    field_of_block,
    product_of_block,
)
from views.report_form.options import area_options, choice_options, customer_options, version_options
from views.report_form.reading import FormErrors, chosen_product, read_report_form, typed_text
from views.report_form.retelling import told_again, told_by_customer

__all__ = [
    "AREA",
    "CHOICE",
    "CUSTOMERS",
    "FILES",
    "FORM",
    "HAPPENED",
    "IMPACT",
    "OUTER",
    "PRODUCT",
    "VERSION",
    "WORKAROUND",
    "FormErrors",
    "area_options",
    "choice_options",
    "chosen_product",
    "customer_options",
    "field_of_block",
    "prefill",
    "product_of_block",
    "read_report_form",
    "report_form",
    "told_again",
    "told_by_customer",
    "typed_text",
    "version_options",
]
