"""The ids of the form's blocks and actions, each written once.

A block's id is the action's, followed by what its choices depend on: requests for options carry no other
field's state. Where that stays, what was typed stays when the form is shown anew.
"""

FORM = "report_form"
PRODUCT = "report_product"
AREA = "report_area"
CUSTOMERS = "report_customers"
IMPACT = "report_impact"
WORKAROUND = "report_workaround"
ENVIRONMENT = "report_environment"
VERSION = "report_version"
EFFORT = "report_effort"
HELP_DESK = "report_help_desk"
HAPPENED = "report_happened"
FILES = "report_files"
FIELD = "report_field"  # one of the project's own
CHOICE = "report_choice"  # one of these with more choices than a menu holds
OUTER = "report_outer"  # the outer choice of a cascade
INNER = "report_inner"


def of_product(action_id: str, product: str) -> str:
    """Return the id of a block whose choices are those of a product."""
    return f"{action_id}:{product}"


def product_of_block(block_id: str) -> str:
    """Return the product (its key) that a request for options is about."""
    return block_id.split(":")[1]


def of_field(action_id: str, product: str, field: str, outer: str = "") -> str:
    """Return the id of the block of a project's own field, below an outer choice where there is one."""
    return ":".join((action_id, product, field, *([outer] if outer else [])))


def field_of_block(block_id: str) -> str:
    """Return the id of the Jira field that a request for options is about."""
    return block_id.split(":")[2]
