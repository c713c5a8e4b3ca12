#include "services/quota/domain/errors.h"

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/programme/calendar.h"

namespace jiebang::quota {
namespace {

using absl::StatusCode;
using absl::StrCat;

// How soon a repetition may find the outcome.
constexpr absl::Duration kSoon = absl::Seconds(1);

std::string InShanghai(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M", time, programme::Shanghai()); }

}  // namespace

absl::Status ProgrammeNotFound(const std::string& programme) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "PROGRAMME_NOT_FOUND",
                 .en = StrCat("there is no programme ", programme),
                 .zh = StrCat("没有这个行动：", programme),
                 .metadata = {{"programme", programme}}}
      .ToStatus();
}

absl::Status TrackNotFound(const std::string& programme, const std::string& track) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "TRACK_NOT_FOUND",
                 .en = StrCat("programme ", programme, " takes no applications in a track ", track),
                 .zh = StrCat("该行动不受理此类别的申报：", track),
                 .metadata = {{"programme", programme}, {"track", track}}}
      .ToStatus();
}

absl::Status TrackWithoutList(const std::string& track, const std::string& list_track, const std::string& list) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "TRACK_WITHOUT_LIST",
                 .en = StrCat("applications in the track ", track, " are ranked in the list of ", list_track),
                 .zh = StrCat("该类别的项目列入“", list_track, "”类别的推荐汇总表，并占用其名额"),
                 .metadata = {{"track", track}, {"recommendation_list", list}}}
      .ToStatus();
}

absl::Status UnitNotFound(const std::string& unit) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "UNIT_NOT_FOUND",
                 .en = StrCat("there is no unit ", unit),
                 .zh = StrCat("没有这个推荐单位：", unit),
                 .metadata = {{"unit", unit}}}
      .ToStatus();
}

absl::Status UnitExists(const std::string& unit) {
  return Refusal{.code = StatusCode::kAlreadyExists,
                 .reason = "UNIT_EXISTS",
                 .en = StrCat(unit, " exists already"),
                 .zh = StrCat("推荐单位已存在：", unit),
                 .metadata = {{"unit", unit}}}
      .ToStatus();
}

absl::Status UnitNameMalformed() {
  return MalformedField("unit.name", "unit.name must be units/{unit} with 1 to 63 of a-z, 0-9 and inner hyphens",
                        "unit.name 须为 units/{unit}，标识为 1 至 63 位小写字母、数字或中间的连字符",
                        "RESOURCE_NAME_MALFORMED");
}

absl::Status ParentNotFound(const std::string& parent) {
  return MalformedField("unit.parent", StrCat("there is no unit ", parent), StrCat("没有这个上级推荐单位：", parent),
                        "PARENT_NOT_FOUND");
}

absl::Status ParentIsUnitItself(const std::string& unit) {
  return MalformedField("unit.parent", StrCat(unit, " cannot be above itself"), "推荐单位不能是自己的上级",
                        "PARENT_CYCLE");
}

absl::Status AttributeMalformed(const std::string& attribute) {
  return MalformedField(StrCat("unit.attributes[", attribute.substr(0, 64), "]"),
                        "an attribute is named by 1 to 63 of a-z, 0-9 and _, beginning with a letter",
                        "属性名须为 1 至 63 位小写字母、数字或下划线，以字母开头", "ATTRIBUTE_MALFORMED");
}

absl::Status DisplayNameMissing() {
  return MalformedField("unit.display_name", "a unit must have a name", "推荐单位须有名称", "DISPLAY_NAME_MISSING");
}

absl::Status NoUnitForPlace(const std::string& region_code, const std::string& clause) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "NO_UNIT_FOR_PLACE",
                 .en = StrCat("no recommending unit answers for the place ", region_code, " (", clause, ")"),
                 .zh = StrCat("没有负责该注册地（", region_code, "）的推荐单位（依据", clause, "）"),
                 .metadata = {{"region_code", region_code}, {"clause", clause}}}
      .ToStatus();
}

absl::Status NoUnitForGroup(const std::string& group, const std::string& clause) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "NO_UNIT_FOR_GROUP",
                 .en = StrCat("there is no central-enterprise group ", group, " among the units (", clause, ")"),
                 .zh = StrCat("推荐单位中没有这个中央企业集团：", group, "（依据", clause, "）"),
                 .metadata = {{"central_group", group}, {"clause", clause}}}
      .ToStatus();
}

absl::Status NoQuota(const std::string& unit_display_name, const std::string& category, const std::string& track) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "NO_QUOTA",
                 .en = StrCat(unit_display_name, " (", category, ") takes no part in the track ", track),
                 .zh = StrCat(unit_display_name, "不参加本类别的推荐"),
                 .metadata = {{"unit_category", category}, {"track", track}}}
      .ToStatus();
}

absl::Status QuotaExhausted(const v1::Quota& quota, const std::string& unit_display_name) {
  const std::string zh =
      StrCat(unit_display_name, "在本类别的推荐名额为", quota.limit(), "个，已全部使用（依据", quota.clause(), "）");
  return Refusal{.code = StatusCode::kResourceExhausted,
                 .reason = "QUOTA_EXHAUSTED",
                 .en = StrCat(unit_display_name, " may recommend ", quota.limit(), " in this track and all are used (",
                              quota.clause(), ")"),
                 .zh = zh,
                 .metadata = {{"limit", StrCat(quota.limit())}, {"clause", quota.clause()}},
                 .quotas = {{.subject = quota.name(), .description = zh}}}
      .ToStatus();
}

absl::Status QuotaExceeded(const v1::Quota& quota, const std::string& unit_display_name) {
  const std::string zh =
      StrCat(unit_display_name, "在本类别的推荐名额现为", quota.limit(), "个，汇总表中有", quota.used(), "个，请先移出",
             quota.used() - quota.limit(), "个（依据", quota.clause(), "）");
  return Refusal{
      .code = StatusCode::kResourceExhausted,
      .reason = "QUOTA_EXCEEDED",
      .en = StrCat(unit_display_name, " may now recommend ", quota.limit(), " in this track and lists ", quota.used(),
                   ": remove ", quota.used() - quota.limit(), " (", quota.clause(), ")"),
      .zh = zh,
      .metadata = {{"limit", StrCat(quota.limit())}, {"used", StrCat(quota.used())}, {"clause", quota.clause()}},
      .quotas = {{.subject = quota.name(), .description = zh}}}
      .ToStatus();
}

absl::Status DeadlinePassed(absl::Time last_moment, const std::string& clause) {
  const std::string moment = InShanghai(last_moment);
  const std::string zh = StrCat("推荐已于北京时间", moment, "截止（依据", clause, "）");
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "DEADLINE_PASSED",
                 .en = StrCat("recommendations closed at ", moment, " (UTC+8; ", clause, ")"),
                 .zh = zh,
                 .metadata = {{"last_moment", absl::FormatTime(absl::RFC3339_sec, last_moment, programme::Shanghai())},
                              {"clause", clause}},
                 .preconditions = {{.type = clause, .subject = "ACT_RECOMMEND", .description = zh}}}
      .ToStatus();
}

absl::Status ListLocked(const std::string& list, int revision) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "LIST_LOCKED",
                 .en = StrCat("the list was submitted as revision ", revision, " and is locked"),
                 .zh = StrCat("推荐汇总表已提交（第", revision, "版）并锁定，如需修改请联系主管部门退回"),
                 .metadata = {{"recommendation_list", list}, {"revision", StrCat(revision)}}}
      .ToStatus();
}

absl::Status ListNotLocked(const std::string& list) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "LIST_NOT_LOCKED",
                 .en = "the list is not submitted, so there is nothing to return",
                 .zh = "推荐汇总表尚未提交，无可退回",
                 .metadata = {{"recommendation_list", list}}}
      .ToStatus();
}

absl::Status ListUnsettled(const std::string& list, const std::string& application) {
  return Refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "LIST_UNSETTLED",
      .en = StrCat("the hold of ", application, " is still being taken or given back; try again in a second"),
      .zh = "表中有项目正在锁定或释放，请稍候再提交",
      .metadata = {{"recommendation_list", list}, {"application", application}},
      .retry_after = kSoon}
      .ToStatus();
}

absl::Status ListEmpty(const std::string& list) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "LIST_EMPTY",
                 .en = "the list recommends nothing; recommend an application before submitting it",
                 .zh = "推荐汇总表为空，请先推荐项目再提交",
                 .metadata = {{"recommendation_list", list}}}
      .ToStatus();
}

absl::Status AlreadyRecommended(const std::string& application) {
  return Refusal{.code = StatusCode::kAlreadyExists,
                 .reason = "ALREADY_RECOMMENDED",
                 .en = StrCat(application, " is in the list already"),
                 .zh = "该项目已在推荐汇总表中",
                 .metadata = {{"application", application}}}
      .ToStatus();
}

absl::Status NotRecommended(const std::string& application) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "NOT_RECOMMENDED",
                 .en = StrCat(application, " is not in the list"),
                 .zh = "该项目不在推荐汇总表中",
                 .metadata = {{"application", application}}}
      .ToStatus();
}

absl::Status OrderIncomplete(const std::string& en, const std::string& zh, const std::string& application) {
  return MalformedField("applications", StrCat(en, ": ", application), StrCat(zh, "：", application),
                        "ORDER_INCOMPLETE");
}

absl::Status ApplicationNotSubmitted(const std::string& application) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "APPLICATION_NOT_SUBMITTED",
                 .en = StrCat(application, " is not filed at present"),
                 .zh = "该申报尚未提交，或已被退回、撤回",
                 .metadata = {{"application", application}}}
      .ToStatus();
}

absl::Status WrongProgramme(const std::string& application, const std::string& programme) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "WRONG_PROGRAMME",
                 .en = StrCat(application, " was not filed in the programme ", programme),
                 .zh = "该申报不属于本行动",
                 .metadata = {{"application", application}, {"programme", programme}}}
      .ToStatus();
}

absl::Status WrongUnit(const std::string& application, const std::string& unit) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "WRONG_UNIT",
                 .en = StrCat(application, " was not filed through units/", unit),
                 .zh = "该申报不是通过本推荐单位提交的",
                 .metadata = {{"application", application}, {"unit", unit}}}
      .ToStatus();
}

absl::Status WrongTrack(const std::string& application, const std::string& track, const std::string& list_track) {
  return Refusal{
      .code = StatusCode::kFailedPrecondition,
      .reason = "WRONG_TRACK",
      .en = StrCat(application, " was filed in the track ", track, ", which is not ranked in the list of ", list_track),
      .zh = StrCat("该申报的类别（", track, "）与推荐汇总表的类别（", list_track, "）不符"),
      .metadata = {{"application", application}, {"track", track}, {"list_track", list_track}}}
      .ToStatus();
}

absl::Status EtagMismatch(const std::string& resource, std::uint64_t present_version) {
  return Refusal{.code = StatusCode::kAborted,
                 .reason = "ETAG_MISMATCH",
                 .en = StrCat(resource, " was changed since it was read; read it again"),
                 .zh = "内容已被他人修改，请刷新后重试",
                 .metadata = {{"resource", resource}, {"present_etag", StrCat(present_version)}}}
      .ToStatus();
}

absl::Status ConcurrentChange(const std::string& resource) {
  return Refusal{
      .code = StatusCode::kAborted,
      .reason = "CONCURRENT_CHANGE",
      .en = StrCat(resource, " is being changed by many at once; nothing was changed by this call, repeat it"),
      .zh = "同时修改者较多，本次未作修改，请重试",
      .metadata = {{"resource", resource}},
      .retry_after = absl::Milliseconds(200)}
      .ToStatus();
}

absl::Status StepUnsettled(const std::string& list, const std::string& application) {
  return Refusal{.code = StatusCode::kUnavailable,
                 .reason = "STEP_UNSETTLED",
                 .en = StrCat("the outcome for ", application,
                              " is not known yet; it settles by itself, repeat with the same request_id"),
                 .zh = "操作已受理，结果尚未确定，系统会自动完成；请稍候用同一 request_id 重试",
                 .metadata = {{"recommendation_list", list}, {"application", application}},
                 .retry_after = kSoon}
      .ToStatus();
}

absl::Status AnsweredBefore() {
  return Refusal{.code = StatusCode::kAlreadyExists,
                 .reason = "ANSWERED_BEFORE",
                 .en = "a request with this request_id was answered before",
                 .zh = "该 request_id 的请求已处理"}
      .ToStatus();
}

}  // namespace jiebang::quota
