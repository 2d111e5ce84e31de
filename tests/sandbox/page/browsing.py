"""What people do on the page, in their words."""

from playwright.sync_api import Locator, Page


def messages(page: Page) -> Locator:
    """Return the list of messages."""
    return page.get_by_role("log", name="Messages")


def types(page: Page, text: str, *, into: str = "Message #support") -> None:
    """Type a line and send it with Enter."""
    page.get_by_label(into).fill(text)
    page.keyboard.press("Enter")


def choose(page: Page, field: str, option: str, *, search: str = "") -> None:
    """Choose an option of a menu by mouse."""
    menu = page.get_by_role("dialog").get_by_role("combobox", name=field)
    menu.click()
    if search:
        menu.press_sequentially(search)
    page.get_by_role("option", name=option).click()


def become(page: Page, name: str) -> None:
    """Switch to another person by a click on them."""
    faces = page.get_by_role("group", name="Who you are")
    faces.get_by_text(name.split(" ", maxsplit=1)[0], exact=True).click()
