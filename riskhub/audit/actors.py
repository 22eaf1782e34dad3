"""The audit is the lowest package: it knows a user only as somebody with an id and a name."""

from django.contrib.auth.base_user import AbstractBaseUser

Actor = AbstractBaseUser
