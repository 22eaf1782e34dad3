"""Which parts of a text are numbers that a phone can dial.

The library `phonenumbers` finds numbers in texts too, but none of what stands on the cards: short ones (120,
12345, 95588), those with another number beside them (负责人1 138 0000 0001, two mobiles after a blank),
landlines with -801 behind them.
"""

import re
from dataclasses import dataclass

_WIDE = {0xFF01 + place: 0x21 + place for place in range(94)}
_BLANKS = dict.fromkeys((0x3000, 0xA0, 0x202F, 0x2007, 0x2009), " ")
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
# One sign for one sign, so that places are those of the text; ① stays, it numbers the line.
_FOLDED = _WIDE | _BLANKS | _HYPHENS

_CHINA = r"(?:(?:\+|(?<![0-9])00) ?86[ -]?|\(\+86\) ?)"
_ALONE = r"(?<![0-9+])(?<![0-9]-)"
_MOBILE = r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
# Cities of three digits have numbers of eight; none begins with 0, 1 or 9.
_LOCAL_8, _LOCAL = r"[2-8][0-9]{3}[ -]?[0-9]{4}", r"[2-8][0-9]{2,3}[ -]?[0-9]{4}"
_TEN, _OTHER = r"(?:10|2[0-9])", r"[3-9][0-9]{2}"
_AREA = rf"(?:\(0{_TEN}\) ?{_LOCAL_8}|\(0{_OTHER}\) ?{_LOCAL}|0{_TEN}[ -]?{_LOCAL_8}|0{_OTHER}[ -]?{_LOCAL})"
_FREE = (
    r"[48]00(?:[ -]?[0-9]{3}[ -]?[0-9]{4}|[ -]?[0-9]{4}[ -]?[0-9]{3}|[0-9][ -][0-9]{3}[ -][0-9]{3})"
)
_ABROAD = (
    r"(?:\+(?:852|853|65)[ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"|\+1[ -]?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ -]?)[0-9]{3}[ -]?[0-9]{4}"
    r"|\+(?!86|852|853|65|1)[2-9](?=(?:[ -]?[0-9]){7,14}(?![ -]?[0-9]))"
    r"[0-9]*(?:[ -][0-9]+)*(?<=[0-9]{3})(?![ -]?[0-9]))"
)
_EMERGENCY = r"1(?:10|19|20|22)"
_SERVICE = (
    r"(?:9[56](?!000)[0-9]{3}|96[0-9]{4}|123[0-9]{2}|121(?:10|19|22)|100(?:10|86|99)|1118[35])"
)
# 120 分钟, 110 cm, 12345 元 and 第120条 are no numbers to dial.
_UNITS = (
    r"(?! ?(?:[分秒天日人元万块米平层楼室号房栋户台辆个度斤千吨条页名位次岁年月件套份%°℃]|小时|公里|公斤))"
    r"(?! ?(?i:minutes?|mins?|hours?|hrs?|h|seconds?|secs?|s|days?|people|persons?|staff|km|cm|mm|m|kg"
    r"|yuan|rmb|degrees?|met(?:er|re)s?|times?|items?)\b)"
)
_ALONE_SHORT = r"(?<![0-9A-Za-z+_.#$¥￥第])(?<![0-9][.,:-])(?<!(?i:room|.no[.]|unit) )"
_SHORT_END = (
    rf"(?![0-9A-Za-z_@])(?![.,:-][0-9])(?!/(?!{_EMERGENCY}(?![0-9]))[0-9]{{1,3}}(?![0-9])){_UNITS}"
)
_END, _EXTENSION = r"(?![0-9@])(?!-[0-9])", r"(?![0-9@])(?!-[0-9]{6})"
_NUMBER = re.compile(
    rf"(?P<dialled>{_CHINA}{_MOBILE}{_END}"
    rf"|{_CHINA}(?:{_TEN}[ -]?{_LOCAL_8}|{_OTHER}[ -]?{_LOCAL}|{_AREA}|{_FREE}){_EXTENSION}"
    rf"|(?<![0-9]){_ABROAD}{_END}"
    rf"|{_ALONE}{_MOBILE}{_END}"
    rf"|{_ALONE}(?:{_AREA}|{_FREE}){_EXTENSION}"
    rf"|{_ALONE_SHORT}(?:{_SERVICE}|{_EMERGENCY}){_SHORT_END})"
    r"|\+[0-9](?:[ -]?[0-9])*"
)
_TRUNK = re.compile(r"^(?:\+|00)860?")


@dataclass(frozen=True)
class Piece:
    """Of a text, as it was written; `number` as a phone dials it, empty where it is none."""

    words: str
    number: str = ""


def pieces(text: str) -> list[Piece]:
    """The text in parts, each number one of its own; what might be no number stays words.

    A whole number of China, a service or emergency number, or one with + and its country. A number beside it
    is no part of it: of 负责人1 138 0000 0001 it is 13800000001.
    """
    found, end = [], 0
    for match in _NUMBER.finditer(text.translate(_FOLDED)):
        if not match["dialled"]:
            continue
        found.append(Piece(text[end : match.start()]))
        found.append(Piece(text[match.start() : match.end()], _as_dialled(match["dialled"])))
        end = match.end()
    found.append(Piece(text[end:]))
    return [piece for piece in found if piece.words]


def _as_dialled(number: str) -> str:
    return _TRUNK.sub("+86", re.sub(r"[^0-9+]", "", number))
