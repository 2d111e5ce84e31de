"""Who handles a product's bugs now, from the rotation that storage keeps."""

from datetime import datetime

from domain.config import Config, Product
from domain.rotation_changes import begin
from storage import rotations
from storage.database import Database, Transaction


def on_duty(tx: Transaction, product: Product, at: datetime) -> str | None:
    """Return who is on duty for a product at an instant; None when it has no rotation or it has not begun."""
    history = rotations.find(tx, product.rotation) if product.rotation else None
    return history.holder(at) if history else None


def keep_new_rotations(database: Database, config: Config) -> None:
    """Take the rotations of bugle.toml over that are not kept yet; kept ones stay as they are."""
    with database.transaction() as tx:
        for entry in config.rotations:
            rotations.add_new(tx, entry.key, entry.name, begin(entry.rotation))
