#include "services/application/domain/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/errors/error.h"
#include "common/programme/calendar.h"
#include "services/application/domain/clause.h"

namespace jiebang::application {
namespace {

using absl::StatusCode;
using absl::StrCat;

absl::Status NotFound(std::string reason, const char* noun_en, const char* noun_zh, const std::string& name) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = std::move(reason),
                 .en = StrCat("There is no ", noun_en, " `", name, "`."),
                 .zh = StrCat("没有", noun_zh, "“", name, "”"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status Exists(std::string reason, const char* noun_en, const char* noun_zh, const std::string& name) {
  return Refusal{.code = StatusCode::kAlreadyExists,
                 .reason = std::move(reason),
                 .en = StrCat("The ", noun_en, " `", name, "` is there already."),
                 .zh = StrCat(noun_zh, "“", name, "”已经存在"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

const char* StateZh(v1::Application::State state) {
  switch (state) {
    case v1::Application::STATE_DRAFT:
      return "草稿";
    case v1::Application::STATE_SUBMITTED:
      return "已提交";
    case v1::Application::STATE_RETURNED:
      return "已退回";
    case v1::Application::STATE_WITHDRAWN:
      return "已撤回";
    default:
      return "未知";
  }
}

const char* StateEn(v1::Application::State state) {
  switch (state) {
    case v1::Application::STATE_DRAFT:
      return "a draft";
    case v1::Application::STATE_SUBMITTED:
      return "submitted";
    case v1::Application::STATE_RETURNED:
      return "returned";
    case v1::Application::STATE_WITHDRAWN:
      return "withdrawn";
    default:
      return "in an unknown state";
  }
}

// A refusal because of where the application stands.
absl::Status Stands(std::string reason, const v1::Application& application, std::string en, std::string zh) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = std::move(reason),
                 .en = std::move(en),
                 .zh = std::move(zh),
                 .metadata = {{"name", application.name()},
                              {"state", v1::Application::State_Name(application.state())},
                              {"revision", StrCat(application.revision())},
                              {"held_by", application.held_by()}}}
      .ToStatus();
}

std::string InShanghai(absl::Time time, const char* format) {
  return absl::FormatTime(format, time, programme::Shanghai());
}

}  // namespace

absl::Status ProgrammeNotFound(const std::string& programme) {
  return NotFound("PROGRAMME_NOT_FOUND", "programme", "行动", StrCat("programmes/", programme));
}

absl::Status TrackNotFound(const std::string& programme, const std::string& track) {
  return Refusal{.code = StatusCode::kNotFound,
                 .reason = "TRACK_NOT_FOUND",
                 .en = StrCat("The programme `", programme, "` takes no applications in a track `", track, "`."),
                 .zh = StrCat("行动“", programme, "”不受理类别“", track, "”的申报"),
                 .metadata = {{"programme", programme}, {"track", track}}}
      .ToStatus();
}

absl::Status ApplicantNotFound(const std::string& name) {
  return NotFound("APPLICANT_NOT_FOUND", "applicant", "申报主体", name);
}

absl::Status ApplicationNotFound(const std::string& name) {
  return NotFound("APPLICATION_NOT_FOUND", "application", "申报", name);
}

absl::Status RevisionNotFound(const std::string& name) {
  return NotFound("REVISION_NOT_FOUND", "revision", "申报版本", name);
}

absl::Status OperationNotFound(const std::string& name) {
  return NotFound("OPERATION_NOT_FOUND", "operation", "操作", name);
}

absl::Status ApplicantExists(const std::string& name) {
  return Exists("APPLICANT_EXISTS", "applicant", "申报主体", name);
}

absl::Status ApplicationExists(const std::string& name) {
  return Exists("APPLICATION_EXISTS", "application", "申报", name);
}

absl::Status ExportExists(const std::string& name) { return Exists("EXPORT_EXISTS", "export", "导出", name); }

absl::Status TooManyExports(int most) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "TOO_MANY_EXPORTS",
                 .en = StrCat("A caller has at most ", most, " exports; delete one that is no longer needed."),
                 .zh = StrCat("每个调用者最多保留", most, "个导出，请先删除不再需要的导出"),
                 .metadata = {{"most", StrCat(most)}}}
      .ToStatus();
}

absl::Status ExportNotReady(const std::string& name) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "EXPORT_NOT_READY",
                 .en = StrCat("`", name, "` has no file: it still runs, or ended without one."),
                 .zh = StrCat("“", name, "”尚无文件：仍在进行，或未成功结束"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status OperationRunning(const std::string& name) {
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "OPERATION_RUNNING",
                 .en = StrCat("`", name, "` still runs; cancel it first."),
                 .zh = StrCat("“", name, "”仍在进行，请先取消"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status ExportTooLarge(std::int64_t most_bytes) {
  return Refusal{.code = StatusCode::kResourceExhausted,
                 .reason = "EXPORT_TOO_LARGE",
                 .en = StrCat("The file would have more than ", most_bytes, " bytes; export unit by unit or by track."),
                 .zh = StrCat("文件将超过", most_bytes, "字节，请按推荐单位或类别分别导出"),
                 .metadata = {{"most_bytes", StrCat(most_bytes)}}}
      .ToStatus();
}

absl::Status ExportCancelled() {
  return Refusal{.code = StatusCode::kCancelled,
                 .reason = "EXPORT_CANCELLED",
                 .en = "The export was cancelled by its caller.",
                 .zh = "导出已由调用者取消"}
      .ToStatus();
}

absl::Status OffsetBeyondEnd(std::int64_t offset, std::int64_t size_bytes) {
  return Refusal{.code = StatusCode::kOutOfRange,
                 .reason = "OFFSET_BEYOND_END",
                 .en = StrCat("The file has ", size_bytes, " bytes, and byte ", offset, " was asked for."),
                 .zh = StrCat("文件共", size_bytes, "字节，所请求的位置为", offset),
                 .metadata = {{"size_bytes", StrCat(size_bytes)}}}
      .ToStatus();
}

absl::Status EtagMismatch(const std::string& name, const std::string& given, const std::string& present) {
  return Refusal{
      .code = StatusCode::kAborted,
      .reason = "ETAG_MISMATCH",
      .en = StrCat("`", name, "` was changed since it was read (etag ", given, ", now ", present, ")."),
      .zh = StrCat("“", name, "”在读取之后已被修改（etag为", given, "，现为", present, "），请重新读取后再改"),
      .metadata = {{"name", name}, {"etag", given}, {"present_etag", present}}}
      .ToStatus();
}

absl::Status ConcurrentChange(const std::string& name) {
  return Refusal{.code = StatusCode::kAborted,
                 .reason = "CONCURRENT_CHANGE",
                 .en = StrCat("`", name, "` was changed at the same time; read it again and repeat."),
                 .zh = StrCat("“", name, "”同时被修改，请重新读取后再试"),
                 .metadata = {{"name", name}},
                 .retry_after = absl::Milliseconds(100)}
      .ToStatus();
}

absl::Status UsccExceptionNotAllowed() {
  return Refusal{.code = StatusCode::kPermissionDenied,
                 .reason = "USCC_EXCEPTION_NOT_ALLOWED",
                 .en = "Only the ministry accepts a USCC with a wrong check character.",
                 .zh = "统一社会信用代码校验位不符的，只能由主管部门登记认可",
                 .metadata = {{"field", "applicant.uscc_exception_reason"}}}
      .ToStatus();
}

absl::Status NotOfThisUnit(const std::string& applicant, const std::string& unit, const std::string& routed) {
  return Refusal{.code = StatusCode::kPermissionDenied,
                 .reason = "NOT_OF_THIS_UNIT",
                 .en = StrCat("A unit acts for the enterprises of its own region only, and `", applicant,
                              "` does not apply through `", unit, "` in this programme."),
                 .zh = StrCat("推荐单位只能代本地区企业办理，“", applicant, "”在本次申报中不经由“", unit, "”推荐"),
                 .metadata = {{"applicant", applicant}, {"unit", unit}, {"routed_unit", routed}}}
      .ToStatus();
}

absl::Status ApplicantIncomplete(const std::vector<std::string>& fields) {
  Refusal refusal{.code = StatusCode::kInvalidArgument,
                  .reason = "APPLICANT_INCOMPLETE",
                  .en = StrCat("An applicant must have: ", absl::StrJoin(fields, ", "), "."),
                  .zh = StrCat("申报主体缺少必填信息：", absl::StrJoin(fields, "、"))};
  for (const std::string& field : fields) {
    refusal.fields.push_back({.field = StrCat("applicant.", field), .description = "必填 / required"});
  }
  return refusal.ToStatus();
}

absl::Status TrackImmutable(const std::string& present) {
  return MalformedField("application.track", StrCat("The track is `", present, "` and cannot be changed."),
                        StrCat("申报类别为“", present, "”，不可更改"), "TRACK_IMMUTABLE");
}

absl::Status ApplicationTooLarge(std::size_t bytes, std::size_t most) {
  return MalformedField("application", StrCat("The application has ", bytes, " bytes; at most ", most, " can be kept."),
                        StrCat("申报内容共", bytes, "字节，超过", most, "字节的上限"), "APPLICATION_TOO_LARGE");
}

absl::Status ApplicationNotEditable(const v1::Application& application) {
  return Stands("APPLICATION_NOT_EDITABLE", application,
                StrCat("The application is ", StateEn(application.state()),
                       "; only a draft, a returned or a withdrawn one can be changed and filed."),
                StrCat("申报", StateZh(application.state()), "，只有草稿、已退回或已撤回的申报可以修改和提交"));
}

absl::Status ApplicationNotSubmitted(const v1::Application& application) {
  return Stands("APPLICATION_NOT_SUBMITTED", application,
                StrCat("The application is ", StateEn(application.state()), ", not submitted."),
                StrCat("申报当前为“", StateZh(application.state()), "”，尚未处于已提交状态"));
}

absl::Status ApplicationHeld(const v1::Application& application) {
  return Stands("APPLICATION_HELD", application,
                StrCat("The application is on the recommendation list `", application.held_by(),
                       "`; the unit must take it off first."),
                StrCat("申报已列入推荐汇总表“", application.held_by(), "”，须先由推荐单位移出"));
}

absl::Status RevisionChanged(const v1::Application& application, int asked) {
  return Stands("REVISION_CHANGED", application,
                StrCat("The last filed revision is ", application.revision(), ", not ", asked, "."),
                StrCat("最近提交的是第", application.revision(), "版，不是第", asked, "版"));
}

absl::Status HoldStepSuperseded(const v1::Application& application, std::int64_t number) {
  return Stands("HOLD_STEP_SUPERSEDED", application,
                StrCat("Step ", number, " of the list comes after its step ", application.hold_step(), "."),
                StrCat("推荐汇总表的第", number, "步已被第", application.hold_step(), "步取代"));
}

absl::Status DeadlinePassed(const programme::v1::Deadline* deadline, absl::Time last_moment, absl::Time now) {
  const std::string clause = deadline == nullptr ? kPlatformClause : ClauseText(deadline->clause());
  return Refusal{.code = StatusCode::kFailedPrecondition,
                 .reason = "DEADLINE_PASSED",
                 .en = StrCat("This had to be done before ", InShanghai(last_moment, "%Y-%m-%d %H:%M"),
                              " Beijing time (", clause, "); now it is ", InShanghai(now, "%Y-%m-%d %H:%M:%S"), "."),
                 .zh = StrCat("须在北京时间", InShanghai(last_moment, "%Y年%m月%d日%H:%M"), "之前办理（", clause,
                              "），当前时间为", InShanghai(now, "%Y年%m月%d日%H:%M:%S")),
                 .metadata = {{"clause", clause},
                              {"deadline", InShanghai(last_moment, absl::RFC3339_sec)},
                              {"server_time", InShanghai(now, absl::RFC3339_full)}}}
      .ToStatus();
}

absl::Status RulesViolated(const v1::Application& application, const std::vector<v1::Violation>& violations) {
  Refusal refusal{.code = StatusCode::kFailedPrecondition,
                  .reason = "RULES_VIOLATED",
                  .en = StrCat("The application breaks ", violations.size(),
                               " rule(s) of the programme; validate it to see all of them."),
                  .zh = StrCat("申报有", violations.size(), "处不符合要求，可通过校验查看全部"),
                  .metadata = {{"name", application.name()}, {"violations", StrCat(violations.size())}}};
  for (const v1::Violation& violation : violations) {
    const bool is_in_principle = violation.strength() == v1::Violation::STRENGTH_WARNING;
    refusal.preconditions.push_back(
        {.type = violation.rule(),
         .subject = violation.field(),
         .description = StrCat(violation.clause(), ": ", violation.text_zh(), is_in_principle ? "（可说明理由）" : "",
                               " / ", violation.text_en(), is_in_principle ? " (May be explained.)" : "")});
  }
  return refusal.ToStatus();
}

absl::Status PeerUnavailable(const std::string& service, const absl::Status& cause) {
  return Refusal{.code = StatusCode::kUnavailable,
                 .reason = "PEER_UNAVAILABLE",
                 .en = StrCat("The service `", service, "`, which a rule asks, does not answer (",
                              absl::StatusCodeToString(cause.code()), "); nothing was changed."),
                 .zh = StrCat("规则核验所需的服务“", service, "”暂时无法访问，本次操作未作任何更改，请稍后重试"),
                 .metadata = {{"service", service}},
                 .retry_after = absl::Seconds(1)}
      .ToStatus();
}

absl::Status HonoursIncomplete(std::int64_t announcements_behind) {
  return Refusal{
      .code = StatusCode::kUnavailable,
      .reason = "HONOURS_INCOMPLETE",
      .en = StrCat(announcements_behind, " announcement(s) are not in the honours yet; nothing was changed."),
      .zh = StrCat("有", announcements_behind, "份公告的称号尚未登记完毕，本次操作未作任何更改，请稍后重试"),
      .metadata = {{"service", "publiclist"}},
      .retry_after = absl::Seconds(1)}
      .ToStatus();
}

}  // namespace jiebang::application
