"""The action ids of buttons about rotations that more than one view shows, each written once."""

ROTATIONS = "rotation_list"
MY_SHIFTS = "rotation_my_shifts"
TIME_OFF = "rotation_time_off"
NEW = "rotation_new"
EDIT = "rotation_edit"
END = "rotation_end"
PAGE = "rotation_page"
