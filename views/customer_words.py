"""What the fields of a customer are called."""

from views.text import Translator


def labels(t: Translator) -> dict[str, str]:
    """Return the label of each field, by its name."""
    return {
        "name": t("Name"),
        "key": t("Key"),
        "tier": t("Tier"),
        "value": t("Value a year"),
        "region": t("Region"),
        "zone": t("Time zone"),
        "language": t("Language"),
        "renewal": t("Renewal"),
        "owner": t("Owner"),
        "channel": t("Channel shared with them"),
        "crm_url": t("Link to the CRM"),
        "help_desk_url": t("Link to the help desk"),
        "fields": t("Other fields"),
    }
