#include "services/publiclist/domain/errors.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/programme/calendar.h"

namespace jiebang::publiclist::errors {
namespace {

// A refusal about the list, round, programme … called `name`.
Refusal About(absl::StatusCode code, std::string reason, const std::string& name, std::string en, std::string zh) {
  return {.code = code,
          .reason = std::move(reason),
          .en = std::move(en),
          .zh = std::move(zh),
          .metadata = {{"name", name}}};
}

absl::Status NotFound(std::string reason, const std::string& name, std::string en, std::string zh) {
  return About(absl::StatusCode::kNotFound, std::move(reason), name, std::move(en), std::move(zh)).ToStatus();
}

absl::Status FailedPrecondition(std::string reason, const std::string& name, std::string en, std::string zh) {
  return About(absl::StatusCode::kFailedPrecondition, std::move(reason), name, std::move(en), std::move(zh)).ToStatus();
}

absl::Status Unavailable(std::string reason, const std::string& name, std::string en, std::string zh) {
  Refusal refusal = About(absl::StatusCode::kUnavailable, std::move(reason), name, std::move(en), std::move(zh));
  refusal.retry_after = absl::Seconds(1);
  return refusal.ToStatus();
}

}  // namespace

absl::Status ListNotFound(const std::string& name) {
  return NotFound("LIST_NOT_FOUND", name, absl::StrCat("there is no list ", name), absl::StrCat("没有名单 ", name));
}

absl::Status RoundNotFound(const std::string& name) {
  return NotFound("ROUND_NOT_FOUND", name, absl::StrCat("there is no round ", name),
                  absl::StrCat("没有评审轮次 ", name));
}

absl::Status ProgrammeNotFound(const std::string& id) {
  return NotFound("PROGRAMME_NOT_FOUND", id, absl::StrCat("there is no programme ", id), absl::StrCat("没有项目 ", id));
}

absl::Status TrackNotFound(const std::string& programme, const std::string& track) {
  return NotFound("TRACK_NOT_FOUND", track, absl::StrCat("the programme ", programme, " has no track ", track),
                  absl::StrCat("项目 ", programme, " 没有类别 ", track));
}

absl::Status ListExists(const std::string& name) {
  return About(absl::StatusCode::kAlreadyExists, "LIST_EXISTS", name,
               absl::StrCat("the list ", name, " exists already; choose another id"),
               absl::StrCat("名单 ", name, " 已经存在，请换一个标识"))
      .ToStatus();
}

absl::Status RoundNotDecided(const std::string& name) {
  return FailedPrecondition("ROUND_NOT_DECIDED", name,
                            absl::StrCat("the round ", name, " is not decided yet; decide it first"),
                            absl::StrCat("评审轮次 ", name, " 尚未作出决定，请先决定"));
}

absl::Status UnitNotFound(const std::string& unit) {
  return FailedPrecondition(
      "UNIT_NOT_FOUND", unit,
      absl::StrCat("the recommending unit ", unit, " is not registered, so the list cannot say its name"),
      absl::StrCat("推荐单位 ", unit, " 没有登记，名单无法写出其名称"));
}

absl::Status ListNotDraft(const std::string& name) {
  return FailedPrecondition("LIST_NOT_DRAFT", name,
                            absl::StrCat("the list ", name, " is published; its entries never change again"),
                            absl::StrCat("名单 ", name, " 已经公布，条目不能再改"));
}

absl::Status ListNotImported(const std::string& name) {
  return FailedPrecondition("LIST_NOT_IMPORTED", name,
                            absl::StrCat("the list ", name, " was built from a round; nothing is imported into it"),
                            absl::StrCat("名单 ", name, " 由评审轮次生成，不能导入条目"));
}

absl::Status ListNotBuilt(const std::string& name) {
  return FailedPrecondition(
      "LIST_NOT_BUILT", name,
      absl::StrCat("the list ", name, " was published elsewhere before; announce it without a publicity period"),
      absl::StrCat("名单 ", name, " 此前已在别处公布，无需公示，直接公告"));
}

absl::Status ListEmpty(const std::string& name) {
  return FailedPrecondition("LIST_EMPTY", name, absl::StrCat("the list ", name, " has no entries"),
                            absl::StrCat("名单 ", name, " 没有条目"));
}

absl::Status NoPublicityPeriod(const std::string& programme, const std::string& track) {
  return FailedPrecondition(
      "NO_PUBLICITY_PERIOD", track,
      absl::StrCat("the programme ", programme, " says no publicity period for the track ", track),
      absl::StrCat("项目 ", programme, " 没有规定类别 ", track, " 的公示期"));
}

absl::Status ListNotInPublicity(const std::string& name) {
  return FailedPrecondition("LIST_NOT_IN_PUBLICITY", name,
                            absl::StrCat("the list ", name, " is not in its publicity period"),
                            absl::StrCat("名单 ", name, " 不在公示期"));
}

absl::Status PublicityNotOver(const std::string& name, absl::Time end, absl::Time now) {
  const std::string until = absl::FormatTime("%Y-%m-%d %H:%M", end, programme::Shanghai());
  Refusal refusal = About(absl::StatusCode::kFailedPrecondition, "PUBLICITY_NOT_OVER", name,
                          absl::StrCat("the publicity period of ", name, " ends at ", until, " (UTC+8)"),
                          absl::StrCat("名单 ", name, " 的公示期到北京时间 ", until, " 结束"));
  refusal.metadata["publicity_end_time"] = absl::FormatTime(absl::RFC3339_full, end, programme::Shanghai());
  refusal.retry_after = std::max(end - now, absl::ZeroDuration());
  return refusal.ToStatus();
}

absl::Status ConcurrentChange(const std::string& name) {
  Refusal refusal = About(absl::StatusCode::kAborted, "CONCURRENT_CHANGE", name,
                          absl::StrCat(name, " is being changed by somebody else at the same time; try again"),
                          absl::StrCat(name, " 正被他人同时修改，请重试"));
  refusal.retry_after = absl::Milliseconds(100);
  return refusal.ToStatus();
}

absl::Status DecisionsUnreadable(const std::string& round, const absl::Status& status) {
  return Unavailable("DECISIONS_UNREADABLE", round,
                     absl::StrCat("the decisions of ", round, " cannot be read: ", std::string(status.message())),
                     absl::StrCat("评审轮次 ", round, " 的决定暂时无法读取，请稍后重试"));
}

absl::Status UnitUnreadable(const std::string& unit, const absl::Status& status) {
  return Unavailable("UNIT_UNREADABLE", unit,
                     absl::StrCat("the unit ", unit, " cannot be read: ", std::string(status.message())),
                     absl::StrCat("推荐单位 ", unit, " 暂时无法读取，请稍后重试"));
}

absl::Status DecisionsIncomplete(const std::string& round, int received, int expected) {
  return Unavailable(
      "DECISIONS_INCOMPLETE", round,
      absl::StrCat("the round ", round, " selected ", expected, " applications, but ", received, " were read"),
      absl::StrCat("评审轮次 ", round, " 入选 ", expected, " 项，但只读到 ", received, " 项"));
}

absl::Status ImportIncomplete(std::vector<FieldViolation> violations) {
  return Refusal{.code = absl::StatusCode::kInvalidArgument,
                 .reason = "IMPORT_INCOMPLETE",
                 .en = "the first part of an import must say what list it is",
                 .zh = "导入的第一部分须说明名单本身",
                 .fields = std::move(violations)}
      .ToStatus();
}

FieldViolation FieldMissing(const std::string& field) {
  return {.field = field, .description = "must be set in the first call 首次导入时必填"};
}

FieldViolation AnnouncementAhead(const std::string& field) {
  return {.field = field, .description = "an imported list was announced in the past 导入的名单必须是过去已公告的"};
}

FieldViolation ProgrammeMalformed(const std::string& field) {
  return {.field = field, .description = "must be programmes/{programme} or empty 须为 programmes/{programme} 或空"};
}

}  // namespace jiebang::publiclist::errors
