"""Rehearses the programme of 2023 at its own dates, through the public interface only. deploy/demo runs it."""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import filing
import looking
import preparing
import publishing
import recommending
import reviewing
from cast import FACTORY, SCENARIO, applicants
from jiebang_client import CallError, EmbeddedSuite
from jiebang_client.paperwork import shanghai
from rehearsal import Rehearsal
from report import Report, Unexpected

START = shanghai(2023, 8, 10, 9)


def rehearse(suite, report):
    rehearsal = Rehearsal(suite, report, applicants())
    with report.stage("推荐单位与名额", "recommending units and quotas"):
        preparing.set_up_units(rehearsal)
    with report.stage("导入往年公开名单（真实数据）", "earlier public lists, real data"):
        earlier = preparing.lists_before(START)
        preparing.import_a_part_again(rehearsal, earlier[0])
        preparing.import_lists(rehearsal, earlier, already=preparing.PART)
    with report.stage("8月：注册、自评估、填报、提交", "August: register, self-assess, draft, file"):
        filing.file_all(rehearsal)
        filing.correct_one(rehearsal)
        recommending.file_one_too_many(rehearsal)
    with report.stage("不符合通知要求的申报", "what the notice does not let through"):
        filing.refusals(rehearsal)
    with report.stage("8月31日截止", "the deadline of 31 August"):
        filing.close(rehearsal)
    with report.stage("9月：审核推荐", "September: recommending"):
        recommending.recommend_all(rehearsal)
        recommending.rank_again(rehearsal)
        recommending.hand_in(rehearsal)
    rounds = {}
    with report.stage("专家评审：优秀场景", "expert review: scenarios"):
        suite.move_to(shanghai(2023, 9, 20, 9))
        everyone = reviewing.register_experts(rehearsal)
        rounds[SCENARIO] = reviewing.review(rehearsal, SCENARIO, everyone)
    with report.stage("专家评审：示范工厂", "expert review: factories"):
        rounds[FACTORY] = reviewing.review(rehearsal, FACTORY, everyone)
    with report.stage("名单、公示、公告", "lists, publicity, announcement"):
        publishing.build(rehearsal, rounds)
        publishing.publish(rehearsal)
    with report.stage("此后的公开名单（真实数据）", "later public lists, real data"):
        later = preparing.lists_from(START)
        suite.move_to(max(published.announced for published in later))
        preparing.import_lists(rehearsal, later)
    with report.stage("无须登录的查询", "look-ups without credentials"):
        uscc = publishing.look_up(rehearsal, rounds)
        commands = looking.commands(suite.address, suite.http_address, uscc)
        looking.try_all(report, commands)
    return commands


def main():
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the suite running and say where it is")
    keep = parser.parse_args().keep
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    directory = Path(tempfile.mkdtemp(prefix="jiebang-demo-"))
    suite = EmbeddedSuite(directory, START.isoformat(), keep=keep)
    report = Report()
    finished = False
    try:
        suite.start()
        print(f"2023年度智能制造试点示范行动 · 演练 · rehearsal on {suite.address}")
        commands = rehearse(suite, report)
        report.table()
        looking.tell(suite, commands, keep)
        finished = True
        return 0
    except (CallError, Unexpected) as error:
        print(f"\n演练失败 · the rehearsal failed: {error}", file=sys.stderr)
        print(suite.processes()[0].log_tail(), file=sys.stderr)
        return 1
    finally:
        if not (keep and finished):
            suite.close()
            shutil.rmtree(directory)


if __name__ == "__main__":
    sys.exit(main())
