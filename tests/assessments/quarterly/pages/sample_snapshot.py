"""The whole sample snapshot, whose numbers agree with one another."""

from collections import Counter

from tests.assessments.quarterly.pages.sample import AS_OF, MANAGER, Sample, digest_of, names


def sample_snapshot(count=60, **meta):
    """`meta` overrides single facts of the cover, such as `is_draft=True`."""
    sample = Sample(count)
    lines = Counter(risk["level_last"] or "unrated" for risk in sample.risks if not risk["is_new"])
    return {
        "schema": 3,
        "meta": {
            "company": {"zh": "示例到家服务有限公司", "en": "Sample Home Services Co., Ltd."},
            "year": 2026,
            "quarter": 3,
            "period_start": "2026-07-01",
            "period_end": "2026-09-30",
            "as_of": AS_OF.isoformat(),
            "zone": "Asia/Shanghai",
            "is_draft": False,
            "is_sample": True,
            "revision": 1,
            "revision_reason": "",
            "scheme": 1,
            "distribution": [
                {"zh": "董事会", "en": "Board"},
                {"zh": "管理层", "en": "Management"},
                {"zh": "内部审计", "en": "Internal audit"},
            ],
            **meta,
        },
        "names": {
            "categories": names(sample.taxonomy["risk_categories"]),
            "areas": names(sample.taxonomy["risk_areas"]),
            "sources": names(sample.taxonomy["sources"]),
            "departments": names(sample.taxonomy["departments"]),
            "registers": {
                "SVC": {"zh": "服务风险登记表", "en": "Service risks"},
                "CARE": {"zh": "照护风险登记表", "en": "Care risks"},
            },
        },
        "matrix": sample.matrix,
        "risks": sample.risks,
        "movement": _movement(sample),
        "levels_last": dict(lines),
        "last_as_of": "2026-07-06T18:00:00+08:00",
        "closed": [
            {
                "code": "R901",
                "name": {"zh": "旧款清洁剂腐蚀台面", "en": "Old cleaner corrodes worktops"},
                "closed_on": "2026-08-19",
                "merged_into": None,
                "reason": "该清洁剂已停用，三个月无事件",
            }
        ],
        "plans_waiting": sample.waiting(),
        "confirmations_waiting": sample.confirmations(),
        "acceptances": [
            {
                "risk": sample.risks[-1]["code"] if sample.risks else "R900",
                "plan": "RP-035",
                "until": "2026-11-15",
                "reason": "续期；本季申诉成功 7 次，共 9 次",
            }
        ],
        "actions_overdue": sample.overdue(),
        "decisions": sample.decisions(),
        "controls": _controls(sample),
        "anchors": {
            "head_hash": digest_of("head"),
            "head_number": 69_618,
            "start_hash": digest_of("start"),
            "start_number": 61_207,
            "events": 8_411,
            "checked": 69_618,
            "seals": 92,
            "verified_at": "2026-10-08T18:00:12+08:00",
            "result": "ok",
        },
        "sources": [
            {
                "name": {"zh": "导入：register.xlsx", "en": "Import: register.xlsx"},
                "rows": 40,
                "last_on": "2026-07-03",
                "gap": {"zh": "12 行没有来源", "en": "12 rows name no source"},
            },
            {
                "name": {"zh": "入门风险库", "en": "Starter library"},
                "rows": 20,
                "last_on": "2026-07-01",
                "gap": None,
            },
        ],
        "signatures": [
            {
                "step": "prepared",
                "role": {"zh": "风险经理", "en": "risk manager"},
                "signed_at": "2026-10-08T18:20:00+08:00",
            },
            {"step": "reviewed", "role": MANAGER, "signed_at": None},
            {
                "step": "received",
                "role": {"zh": "内部审计负责人", "en": "head of internal audit"},
                "signed_at": None,
            },
        ],
    }


def _controls(sample):
    severe = sum(risk["level"] in {"high", "critical"} for risk in sample.risks)
    return {
        "in_use": 31,
        "checked": 12,
        "results": {"effective": 9, "partly": 3, "ineffective": 1, "not_tested": 1},
        "sample": 260,
        "exceptions": 13,
        "in_use_now": 32,
        "overdue": 4,
        "severe": severe,
        "without_control": severe // 4,
        "without_effective": severe // 2,
    }


def _movement(sample):
    new = sum(risk["is_new"] for risk in sample.risks)
    return {
        "open_at_start": len(sample.risks) - new + 1,
        "open_at_end": len(sample.risks),
        "new": new,
        "closed": 1,
        "merged": 0,
        "reopened": 0,
        "proposals": 14,
        "proposals_accepted": new,
    }
