#include "services/review/domain/errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::review {
namespace {

using absl::StatusCode;
using absl::StrCat;

absl::Status NotFound(std::string reason, const std::string& kind_en, const std::string& kind_zh,
                      const std::string& what) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = std::move(reason),
                 .en = StrCat("there is no ", kind_en, " ", what),
                 .zh = StrCat("没有", kind_zh, " ", what),
                 .metadata = {{"resource", what}}}
      .ToStatus();
}

absl::Status AlreadyExists(std::string reason, const std::string& kind_zh, const std::string& what) {
  return Refusal{.code = StatusCode::kAlreadyExists,
                 .reason = std::move(reason),
                 .en = StrCat(what, " exists already; choose another id"),
                 .zh = StrCat(kind_zh, " ", what, " 已存在，请另选标识"),
                 .metadata = {{"resource", what}}}
      .ToStatus();
}

std::string StateInChinese(v1::Round::State state) {
  switch (state) {
    case v1::Round::STATE_OPEN:
      return "待分配";
    case v1::Round::STATE_SCORING:
      return "评分中";
    case v1::Round::STATE_RANKED:
      return "已排序";
    case v1::Round::STATE_DECIDED:
      return "已决定";
    default:
      return "未知";
  }
}

absl::Status WrongState(std::string reason, const v1::Round& round, const std::string& wanted_en,
                        const std::string& wanted_zh) {
  const std::string state = v1::Round::State_Name(round.state());
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = std::move(reason),
                 .en = StrCat("the round ", round.name(), " is in ", state, "; ", wanted_en),
                 .zh = StrCat("评审轮次 ", round.name(), " 处于“", StateInChinese(round.state()), "”状态；", wanted_zh),
                 .metadata = {{"round", round.name()}, {"state", state}}}
      .ToStatus();
}

}  // namespace

std::string ClauseText(const programme::v1::Clause& clause) {
  if (clause.document().empty()) return clause.ours() ? "平台规则" : "";
  return StrCat(clause.document(), " ", clause.section());
}

absl::Status ProgrammeNotFound(const std::string& programme) {
  return NotFound("PROGRAMME_NOT_FOUND", "programme", "申报项目", programme);
}

absl::Status TrackNotFound(const std::string& track) { return NotFound("TRACK_NOT_FOUND", "track", "类别", track); }

absl::Status StageNotFound(const std::string& track, const std::string& stage) {
  return NotFound("STAGE_NOT_FOUND", "stage", "评审环节", StrCat(stage, " (", track, ")"));
}

absl::Status ExpertNotFound(const std::string& expert) {
  return NotFound("EXPERT_NOT_FOUND", "expert", "专家", expert);
}

absl::Status RoundNotFound(const std::string& round) { return NotFound("ROUND_NOT_FOUND", "round", "评审轮次", round); }

absl::Status AssignmentNotFound(const std::string& assignment) {
  return NotFound("ASSIGNMENT_NOT_FOUND", "assignment", "评审任务", assignment);
}

absl::Status IdMalformed(const std::string& field, const std::string& id) {
  return MalformedField(field, StrCat("`", id, "` is no id: want 1 to 63 of a-z, 0-9 and -, not - alone"),
                        StrCat("标识“", id, "”有误：应为 1 至 63 个小写字母、数字或连字符，且不能只是一个连字符"));
}

absl::Status ExpertAlreadyExists(const std::string& expert) {
  return AlreadyExists("EXPERT_ALREADY_EXISTS", "专家", expert);
}

absl::Status RoundAlreadyExists(const std::string& round) {
  return AlreadyExists("ROUND_ALREADY_EXISTS", "评审轮次", round);
}

absl::Status TrackRankedInBase(const std::string& track, const std::string& base) {
  return Refusal{
      .code = StatusCode::kNotFound,
      .reason = "TRACK_RANKED_IN_BASE",
      .en = StrCat("applications of the track ", track, " are ranked in the lists of ", base, "; open the round there"),
      .zh = StrCat("类别 ", track, " 的项目列入类别 ", base, " 的推荐汇总表，请在该类别下开设评审轮次"),
      .metadata = {{"track", track}, {"base", base}}}
      .ToStatus();
}

absl::Status StageNotScored(const std::string& stage, const programme::v1::Clause& clause) {
  return Refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "STAGE_NOT_SCORED",
      .en = StrCat("the programme has no rubric and no panel for the stage ", stage, ": nothing is scored there"),
      .zh = StrCat("申报项目没有为环节 ", stage, " 规定评分表和专家组，该环节不评分"),
      .metadata = {{"stage", stage}, {"clause", ClauseText(clause)}}}
      .ToStatus();
}

absl::Status NoLockedList(const std::string& track) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "NO_LOCKED_LIST",
                 .en = StrCat("no unit has submitted a recommendation list in ", track, " yet"),
                 .zh = StrCat(track, " 尚无推荐单位提交推荐汇总表"),
                 .metadata = {{"track", track}}}
      .ToStatus();
}

absl::Status ListsUnavailable(const absl::Status& cause) {
  return Refusal{
      .code = StatusCode::kUnavailable,
      .reason = "LISTS_UNAVAILABLE",
      .en = StrCat("the recommendation lists cannot be read now (", cause.message(), "); nothing was changed"),
      .zh = "暂时无法读取推荐汇总表，未作任何更改，请稍后重试",
      .retry_after = absl::Seconds(2)}
      .ToStatus();
}

absl::Status RoundNotOpen(const v1::Round& round) {
  return WrongState("ROUND_NOT_OPEN", round, "experts are assigned only while it is open", "仅“待分配”状态可分配专家");
}

absl::Status RoundNotScoring(const v1::Round& round) {
  return WrongState("ROUND_NOT_SCORING", round, "this is possible only while experts score",
                    "仅“评分中”状态可进行此操作");
}

absl::Status ScoresBeingClosed(const std::string& round) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "ROUND_NOT_SCORING",
                 .en = StrCat("the scores of the round ", round, " are being closed"),
                 .zh = StrCat("评审轮次 ", round, " 正在截止评分"),
                 .metadata = {{"round", round}, {"state", "closing"}}}
      .ToStatus();
}

absl::Status RoundNotRanked(const v1::Round& round) {
  return WrongState("ROUND_NOT_RANKED", round, "it is decided once, after its ranking",
                    "仅“已排序”状态可作决定，且只能决定一次");
}

absl::Status PanelIncomplete(const std::string& round,
                             const google::protobuf::RepeatedPtrField<v1::Shortfall>& shortfalls,
                             const programme::v1::Clause& clause) {
  Refusal refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "PANEL_INCOMPLETE",
      .en = StrCat(shortfalls.size(), " applications of the round ", round, " do not get their panel"),
      .zh = StrCat("评审轮次 ", round, " 有 ", shortfalls.size(), " 个项目的专家组无法凑齐"),
      .metadata = {{"round", round}, {"shortfalls", StrCat(shortfalls.size())}, {"clause", ClauseText(clause)}}};
  for (const v1::Shortfall& shortfall : shortfalls) {
    refusal.preconditions.push_back({.type = "panel",
                                     .subject = shortfall.candidate(),
                                     .description = StrCat(shortfall.text_zh(), " / ", shortfall.text_en())});
  }
  return refusal.ToStatus();
}

absl::Status PlanChanged(const std::string& round, const std::string& present_digest) {
  return Refusal{.code = StatusCode::kAborted,
                 .reason = "PLAN_CHANGED",
                 .en = StrCat("the present plan of the round ", round,
                              " is another one, because experts were registered since; look at it again"),
                 .zh = StrCat("评审轮次 ", round, " 的分配方案已变化（其间登记了专家），请重新查看后再提交"),
                 .metadata = {{"round", round}, {"present_digest", present_digest}}}
      .ToStatus();
}

absl::Status ScoreRefused(const std::vector<ScoreFault>& faults, const programme::v1::Clause& clause) {
  Refusal refusal{.code = StatusCode::kInvalidArgument,
                  .reason = "SCORE_MALFORMED",
                  .en = StrCat("the score does not fit the rubric: ", faults.front().en),
                  .zh = StrCat("评分不符合评分表：", faults.front().zh),
                  .metadata = {{"clause", ClauseText(clause)}}};
  for (const ScoreFault& fault : faults) {
    refusal.fields.push_back({.field = fault.field, .description = StrCat(fault.zh, " / ", fault.en)});
  }
  return refusal.ToStatus();
}

absl::Status ExpertConflicted(const std::string& assignment, const std::string& kind) {
  return Refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "EXPERT_CONFLICTED",
      .en = StrCat("the expert has a conflict (", kind, ") with the applicant and does not see the application"),
      .zh = "专家与申报主体存在应当回避的关系，不得查看该项目",
      .metadata = {{"assignment", assignment}, {"conflict", kind}}}
      .ToStatus();
}

absl::Status MaterialUnavailable(const absl::Status& cause) {
  return Refusal{.code = StatusCode::kUnavailable,
                 .reason = "MATERIAL_UNAVAILABLE",
                 .en = StrCat("the application cannot be read now (", cause.message(), ")"),
                 .zh = "暂时无法读取申报材料，请稍后重试",
                 .retry_after = absl::Seconds(2)}
      .ToStatus();
}

absl::Status RevisionChanged(const std::string& application, int revision) {
  return Refusal{
      .code = StatusCode::kDataLoss,
      .reason = "REVISION_CHANGED",
      .en = StrCat("revision ", revision, " of ", application, " is not what the recommendation list locked"),
      .zh = StrCat(application, " 的第 ", revision, " 版与推荐汇总表锁定的内容不一致"),
      .metadata = {{"application", application}, {"revision", StrCat(revision)}}}
      .ToStatus();
}

absl::Status ScoresMissing(const std::string& round, const std::vector<MissingScores>& missing,
                           const programme::v1::Clause& clause) {
  Refusal refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "SCORES_MISSING",
      .en = StrCat(missing.size(), " applications of the round ", round, " have fewer scores than the quorum"),
      .zh = StrCat("评审轮次 ", round, " 有 ", missing.size(), " 个项目的有效评分未达到法定人数"),
      .metadata = {{"round", round}, {"missing", StrCat(missing.size())}, {"clause", ClauseText(clause)}}};
  for (const MissingScores& one : missing) {
    refusal.preconditions.push_back({.type = "quorum",
                                     .subject = one.candidate,
                                     .description = StrCat("已有 ", one.scored, " 份评分，至少需要 ", one.wanted,
                                                           " 份 / ", one.scored, " scores, want ", one.wanted)});
  }
  return refusal.ToStatus();
}

absl::Status TooFewCandidates(int select_count, int candidates) {
  return MalformedField(
      "select_count", StrCat("select_count is ", select_count, ", but the round has ", candidates, " applications"),
      StrCat("select_count 为 ", select_count, "，但本轮只有 ", candidates, " 个项目"), "TOO_FEW_CANDIDATES");
}

absl::Status SelectionFails(int select_count, const v1::Candidate& last) {
  return MalformedField("select_count",
                        StrCat("select_count ", select_count, " would select ", last.name(),
                               ", which failed the veto criterion ", last.failed_criterion()),
                        StrCat("select_count 为 ", select_count, " 时会选中 ", last.name(), "，但其一票否决项 ",
                               last.failed_criterion(), " 得 0 分"),
                        "SELECTION_FAILS_VETO");
}

absl::Status SelectionAbovePassing(int select_count, const std::string& passing_en, const std::string& passing_zh,
                                   const programme::v1::Clause& clause) {
  const std::string where = ClauseText(clause);
  return MalformedField("select_count",
                        StrCat("select_count ", select_count, " is more than passes: ", passing_en, " (", where, ")"),
                        StrCat("select_count 为 ", select_count, "，超过可通过的数量：", passing_zh, "（", where, "）"),
                        "SELECTION_ABOVE_PASSING");
}

absl::Status ConcurrentChange(const std::string& resource) {
  return Refusal{.code = StatusCode::kAborted,
                 .reason = "CONCURRENT_CHANGE",
                 .en = StrCat(resource, " was changed at the same time; read it again and repeat"),
                 .zh = StrCat(resource, " 同时被他人更改，请重新读取后重试"),
                 .metadata = {{"resource", resource}},
                 .retry_after = absl::Milliseconds(200)}
      .ToStatus();
}

}  // namespace jiebang::review
