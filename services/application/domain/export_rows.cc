#include "services/application/domain/export_rows.h"

#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/clock/timestamp.h"
#include "common/formula_guard/formula_guard.h"
#include "common/programme/calendar.h"
#include "google/protobuf/util/json_util.h"
#include "services/application/domain/application_name.h"

namespace jiebang::application {
namespace {

// Excel takes a file for UTF-8 only if it begins so.
constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

constexpr std::array<const char*, 14> kHeaders = {
    "申报名称标识", "推荐单位", "申报主体", "统一社会信用代码", "所在地代码", "行业代码",   "类别",
    "项目名称",     "状态",     "版本",     "提交时间",         "内容摘要",   "所在推荐表", "退回原因"};

bool IsCsv(ExportFormat format) { return format == v1::ExportApplicationsRequest::FORMAT_CSV; }

const char* StateText(v1::Application::State state) {
  switch (state) {
    case v1::Application::STATE_SUBMITTED:
      return "已提交";
    case v1::Application::STATE_RETURNED:
      return "已退回";
    case v1::Application::STATE_WITHDRAWN:
      return "已撤回";
    default:
      return "草稿";
  }
}

// RFC 4180: in quotation marks, those within doubled.
void AppendCell(std::string_view text, std::string& row) {
  const std::string quoted = absl::StrReplaceAll(Guarded(text), {{"\"", "\"\""}});
  absl::StrAppend(&row, row.empty() ? "" : ",", "\"", quoted, "\"");
}

absl::StatusOr<std::string> CsvRow(const v1::Application& application) {
  const absl::StatusOr<ApplicationName> name = ApplicationName::Parse(application.name());
  if (!name.ok()) return name.status();
  const v1::Applicant& applicant = application.applicant();
  const std::string submitted =
      application.has_submit_time()
          ? absl::FormatTime("%Y-%m-%d %H:%M:%S", FromTimestamp(application.submit_time()), programme::Shanghai())
          : "";
  std::string row;
  for (const std::string& cell :
       {application.name(), name->parent.unit, applicant.display_name(), name->parent.uscc, applicant.region_code(),
        applicant.industry_code(), application.track(), application.title(),
        std::string(StateText(application.state())), absl::StrCat(application.revision()), submitted,
        application.content_digest(), application.held_by(), application.return_reason()}) {
    AppendCell(cell, row);
  }
  return absl::StrCat(row, "\r\n");
}

}  // namespace

std::string ExportHead(ExportFormat format) {
  if (!IsCsv(format)) return "";
  std::string row;
  for (const char* header : kHeaders) AppendCell(header, row);
  return absl::StrCat(kByteOrderMark, row, "\r\n");
}

absl::StatusOr<std::string> ExportRow(ExportFormat format, const v1::Application& application) {
  if (IsCsv(format)) return CsvRow(application);
  std::string line;
  if (!google::protobuf::util::MessageToJsonString(application, &line).ok()) {
    return absl::InternalError("an application cannot be written as JSON");
  }
  return absl::StrCat(line, "\n");
}

std::string ExportMediaType(ExportFormat format) {
  return IsCsv(format) ? "text/csv; charset=utf-8" : "application/x-ndjson";
}

std::string ExportFileEnding(ExportFormat format) { return IsCsv(format) ? "csv" : "ndjson"; }

}  // namespace jiebang::application
