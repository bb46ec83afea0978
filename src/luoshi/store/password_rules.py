"""What a password must be, in our own words: Django's own are partly English on a Chinese page. In: a password. Out: a refusal that helps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """「密码够长」 min_length characters at least."""

    def get_error_message(self) -> str:
        """How long."""
        return _("密码太短，至少要%(many)d位。") % {"many": self.min_length}


class NotCommon(CommonPasswordValidator):
    """「密码不常见」 Not one of the 20,000 that everybody tries first."""

    def get_error_message(self) -> str:
        """Why."""
        return _("这个密码太常见，别人一猜就中。请换一个。")


class NotNumeric(NumericPasswordValidator):
    """「密码不全是数字」 Not a telephone number or a day."""

    def get_error_message(self) -> str:
        """What to add."""
        return _("密码不能全是数字，请加上字母或符号。")


class NotLikeNames(UserAttributeSimilarityValidator):
    """「密码不像名字」 Not the sign-in name or the name with something added."""

    def get_error_message(self, *_args: Any) -> str:
        """Like what."""
        return _("密码和登录名或姓名太像，请换一个。")
