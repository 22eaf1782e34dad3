"""A realistic snapshot made from the starter library: what the content builder would freeze."""

import datetime as dt
import hashlib
import random
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[4]
RANKS = {"low": 0, "medium": 1, "high": 2, "critical": 3}
AS_OF = dt.datetime(2026, 10, 8, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
OWNERS = {
    "OPS": {"zh": "运营主管", "en": "operations lead"},
    "TECH": {"zh": "技术主管", "en": "technical lead"},
    "CARE": {"zh": "照护督导", "en": "care supervisor"},
    "IT": {"zh": "系统负责人", "en": "systems lead"},
}
MANAGER = {"zh": "总经理", "en": "general manager"}
TARGETS = {"transfer": (0, 1), "avoid": (2, 0), "mitigate": (1, 0), "accept": (0, 0)}


def load(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def names(entries):
    return {entry["code"]: entry["name"] for entry in entries}


def digest_of(*parts):
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def matrix_part(matrix):
    demands = matrix["appetite"]["per_level"]
    return {
        "number": 1,
        "name": matrix["name"],
        "in_force_from": "2026-01-01T00:00:00+08:00",
        "levels": [
            {
                "rank": level["rank"],
                "word": level["code"],
                "name": level["name"],
                "fill": level["color"],
                "ink": level["text"],
                "glyph": level["glyph"],
                "demands": demands[level["code"]]["text"],
            }
            for level in matrix["levels"]
        ],
        "probability": [
            {
                "score": step["score"],
                "name": step["name"],
                "lower": step["annual"][0],
                "upper": step["annual"][1],
                "anchors": {"text": step["anchor"]},
            }
            for step in matrix["probability"]
        ],
        "impact": [
            {
                "score": step["score"],
                "name": step["name"],
                "lower": step["money_cny"][0],
                "upper": step["money_cny"][1],
                "anchors": {
                    key: step[key] for key in ("injury", "reputation", "regulatory", "continuity")
                },
            }
            for step in matrix["impact"]
        ],
        "cells": [matrix["cells"][f"I{impact}"] for impact in range(1, 6)],
        "line_after": matrix["appetite"]["line_after"],
        "area_lines": matrix["appetite"]["per_area"],
        "floors": matrix["declared_floors"],
    }


class Sample:
    """`count` risks; those beyond the library repeat it under other numbers."""

    def __init__(self, count, *, seed=20260930):
        self.random = random.Random(seed)  # noqa: S311 - a sample
        self.taxonomy = load("registers/library/taxonomy.yaml")
        self.library = load("registers/library/risks.yaml")["risks"]
        self.matrix = matrix_part(load("assessments/library/matrix.yaml"))
        self.risks = [self.risk(number) for number in range(1, count + 1)]
        self.risks.sort(key=self.order)
        for rank, risk in enumerate(self.risks, start=1):
            risk["rank"] = rank

    @staticmethod
    def order(risk):
        level = -1 if risk["level"] is None else RANKS[risk["level"]]
        return (-level, -(risk["priority"] or 0), -(risk["residual"] or [0, 0])[1], risk["code"])

    def level(self, cell):
        return self.matrix["cells"][cell[1] - 1][cell[0] - 1] if cell else None

    def cell(self, body):
        near = body["indicative"]
        return [
            min(5, max(1, near[axis] + self.random.choice((-1, 0, 0, 0, 1)))) for axis in ("p", "i")
        ]

    def risk(self, number):
        body = self.library[(number - 1) % len(self.library)]
        inherent = self.cell(body)
        residual = [
            max(1, inherent[0] - self.random.choice((0, 1, 1, 2))),
            max(1, inherent[1] - self.random.choice((0, 0, 0, 1))),
        ]
        is_new, is_rated = number % 17 == 0, number % 23 != 0
        if not is_rated:
            inherent = residual = None
        last = None
        if is_rated and not is_new:
            last = [max(1, residual[0] + self.random.choice((-1, 0, 0, 0, 0, 0, 1))), residual[1]]
            last[0] = min(5, last[0])
        step = TARGETS[body["strategy"]]
        level = self.level(residual)
        target = residual and [max(1, residual[0] - step[0]), max(1, residual[1] - step[1])]
        line = RANKS[self.matrix["area_lines"].get(body["area"], "medium")]
        assessed = dt.date(2026, 9, 29) - dt.timedelta(days=self.random.randrange(80))
        has_plan = is_rated and (RANKS[level] >= 2 or self.random.random() < 0.3)
        code = f"R{number:03d}"
        return {
            "code": code,
            "register": "SVC" if number % 5 else "CARE",
            "name": body["title"],
            "cause": body["cause"]["zh"],
            "event": body["event"]["zh"],
            "consequence": body["consequence"]["zh"],
            "category": body["category"],
            "area": body["area"],
            "source": body["sources"][0],
            "department": body["department"],
            "owner": OWNERS.get(body["department"]),
            "state": "responding" if has_plan else "assessed" if is_rated else "identified",
            "importance": body["importance"],
            "priority": sum(residual) + 0.5 * (body["importance"] - 3) if is_rated else None,
            "inherent": inherent,
            "residual": residual,
            "target": target if has_plan else None,
            "last": last,
            "level": level,
            "level_inherent": self.level(inherent),
            "level_target": self.level(target) if has_plan else None,
            "level_last": self.level(last),
            "moved_reason": "抽检例外增加，按近两季事件数重评" if last and last != residual else "",
            "is_new": is_new,
            "is_above": bool(level) and RANKS[level] > 1,
            "is_above_area": bool(level) and RANKS[level] > line,
            "imported_note": number % 11 == 0,
            "waits_for_confirmation": number % 19 == 0,
            "strategy": body["strategy"] if has_plan else None,
            "plan": self.plan(number, body["strategy"], is_high=RANKS[level] >= 2)
            if has_plan
            else None,
            "assessed_on": str(assessed) if is_rated else None,
            "next_review_on": str(assessed + dt.timedelta(days=95)) if is_rated else None,
        }

    def plan(self, number, strategy, *, is_high):
        state = self.random.choice(
            ("approved", "in_progress", "submitted", "draft")
            if is_high
            else ("in_progress", "completed")
        )
        actions = self.random.randrange(2, 6)
        version = self.random.randrange(1, 4)
        return {
            "code": f"RP-{number:03d}",
            "version": version,
            "approved_version": version
            if state in {"approved", "in_progress", "completed"}
            else None,
            "hash": digest_of("plan", number, version),
            "state": state,
            "strategy": strategy,
            "actions": actions,
            "actions_done": self.random.randrange(actions) if state == "in_progress" else 0,
            "due_on": str(dt.date(2026, 10, 20) + dt.timedelta(days=self.random.randrange(90))),
            "next_step": "10 月 31 日前完成 22 套安全带与复训，11 月抽查 20 单。",
        }

    def decisions(self):
        decided = [
            risk for risk in self.risks if risk["plan"] and risk["plan"]["state"] == "approved"
        ]
        return [
            {
                "plan": risk["plan"]["code"],
                "version": risk["plan"]["version"],
                "hash": risk["plan"]["hash"],
                "risk": risk["code"],
                "who": MANAGER,
                "decided_at": f"2026-08-{day:02d}T10:12:00+08:00",
                "decision": "changes" if day % 4 == 0 else "approved",
                "comment": "退回：须给出承接能力测算" if day % 4 == 0 else "同意，每周报告抽检结果",
                "days": day % 9 + 1,
            }
            for day, risk in enumerate(decided[:25], start=1)
        ]

    def waiting(self):
        return [
            {
                "plan": risk["plan"]["code"],
                "version": risk["plan"]["version"],
                "hash": risk["plan"]["hash"],
                "risk": risk["code"],
                "strategy": risk["strategy"],
                "ask": "批准 22 套安全带与停接高层外窗规则",
                "residual": risk["residual"],
                "target": risk["target"],
                "submitted_on": "2026-10-02",
                "waiting_days": 6,
                "due_on": "2026-10-14",
            }
            for risk in self.risks
            if risk["plan"] and risk["plan"]["state"] == "submitted"
        ]

    def confirmations(self):
        return [
            {
                "risk": risk["code"],
                "residual": risk["residual"],
                "level": risk["level"],
                "submitted_on": "2026-10-05",
                "waiting_days": 3,
            }
            for risk in self.risks
            if risk["waits_for_confirmation"] and risk["level"]
        ]

    def overdue(self):
        planned = [risk for risk in self.risks if risk["plan"]][:7]
        return [
            {
                "plan": risk["plan"]["code"],
                "risk": risk["code"],
                "action": "搬运护角与地垫到位",
                "department": risk["department"],
                "due_on": str(AS_OF.date() - dt.timedelta(days=days)),
                "days": days,
            }
            for days, risk in zip((49, 38, 21, 12, 6, 3, 1), planned, strict=False)
        ]
