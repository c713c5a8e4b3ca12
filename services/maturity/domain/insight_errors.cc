#include "services/maturity/domain/insight_errors.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity::errors {
namespace {

absl::Status About(absl::StatusCode code, std::string reason, std::string en, std::string zh, const std::string& name) {
  return Refusal{
      .code = code, .reason = std::move(reason), .en = std::move(en), .zh = std::move(zh), .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status Invalid(std::string reason, std::string en, std::string zh, std::vector<FieldViolation> violations) {
  return Refusal{.code = absl::StatusCode::kInvalidArgument,
                 .reason = std::move(reason),
                 .en = std::move(en),
                 .zh = std::move(zh),
                 .fields = std::move(violations)}
      .ToStatus();
}

}  // namespace

absl::Status ObjectNotFound(const std::string& name) {
  return About(absl::StatusCode::kNotFound, "OBJECT_NOT_FOUND", absl::StrCat("there is no assessment object ", name),
               absl::StrCat("没有评估对象 ", name), name);
}

absl::Status AttachmentNotFound(const std::string& name) {
  return About(absl::StatusCode::kNotFound, "ATTACHMENT_NOT_FOUND", absl::StrCat("there is no attachment ", name),
               absl::StrCat("没有附件 ", name), name);
}

absl::Status VerificationNotFound(const std::string& name) {
  return About(absl::StatusCode::kNotFound, "VERIFICATION_NOT_FOUND",
               absl::StrCat("there is no verification of ", name), absl::StrCat("没有核验记录 ", name), name);
}

absl::Status KpiReportNotFound(const std::string& name) {
  return About(absl::StatusCode::kNotFound, "KPI_REPORT_NOT_FOUND",
               absl::StrCat("there is no report of indicators ", name), absl::StrCat("没有指标填报 ", name), name);
}

absl::Status IndicatorListNotFound(const std::string& name) {
  return About(absl::StatusCode::kNotFound, "INDICATOR_LIST_NOT_FOUND",
               absl::StrCat("there is no indicator list ", name), absl::StrCat("没有指标清单 ", name), name);
}

absl::Status ObjectExists(const std::string& name) {
  return About(absl::StatusCode::kAlreadyExists, "OBJECT_EXISTS",
               absl::StrCat("the assessment object ", name, " exists already"),
               absl::StrCat("评估对象 ", name, " 已经存在"), name);
}

absl::Status AttachmentExists(const std::string& name) {
  return About(absl::StatusCode::kAlreadyExists, "ATTACHMENT_EXISTS",
               absl::StrCat("the attachment ", name, " exists already"), absl::StrCat("附件 ", name, " 已经存在"),
               name);
}

absl::Status KpiReportExists(const std::string& name) {
  return About(absl::StatusCode::kAlreadyExists, "KPI_REPORT_EXISTS",
               absl::StrCat("there are figures for ", name, " already; read them and give their etag to replace them"),
               absl::StrCat(name, " 已有填报，请先读取并带上 etag 再替换"), name);
}

absl::Status ObjectsFull(const std::string& applicant, int most) {
  return About(absl::StatusCode::kResourceExhausted, "OBJECTS_FULL",
               absl::StrCat(applicant, " has ", most, " assessment objects, which is the most"),
               absl::StrCat(applicant, " 的评估对象已达上限 ", most, " 个"), applicant);
}

absl::Status AttachmentsFull(const std::string& assessment, int most) {
  return About(absl::StatusCode::kResourceExhausted, "ATTACHMENTS_FULL",
               absl::StrCat(assessment, " has ", most, " attachments, which is the most; link to further evidence"),
               absl::StrCat(assessment, " 的附件已达上限 ", most, " 个，请改用链接"), assessment);
}

absl::Status PrinterBusy() {
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = "PRINTER_BUSY",
                 .en = "many reports are being made at this moment; try again",
                 .zh = "正在生成的报告较多，请稍后重试",
                 .retry_after = absl::Seconds(2)}
      .ToStatus();
}

absl::Status DiagnosisNeedsStopRule(const std::string& name) {
  return About(
      absl::StatusCode::kFailedPrecondition, "DIAGNOSIS_NEEDS_STOP_RULE",
      absl::StrCat("under ", name, " points of every level sum up, so that no single level is the next to reach"),
      absl::StrCat(name, " 按各级得分之和定级，不存在唯一的下一级，不能诊断"), name);
}

absl::Status VerificationStarted(const std::string& name) {
  return About(absl::StatusCode::kFailedPrecondition, "VERIFICATION_STARTED",
               absl::StrCat("the assessor of ", name, " has recorded findings and cannot be replaced"),
               absl::StrCat(name, " 已有核验记录，不能更换评估师"), name);
}

absl::Status VerificationCompleted(const std::string& name) {
  return About(absl::StatusCode::kFailedPrecondition, "VERIFICATION_COMPLETED",
               absl::StrCat("the verification of ", name, " is completed and never changes again"),
               absl::StrCat(name, " 的核验已完成，不能再修改"), name);
}

absl::Status IndicatorListsMixed(const std::string& name, const std::string& its_list) {
  return About(absl::StatusCode::kFailedPrecondition, "INDICATOR_LISTS_MIXED",
               absl::StrCat(name, " was filed by ", its_list, ", which never changes"),
               absl::StrCat(name, " 按指标清单 ", its_list, " 填报，不能更换"), name);
}

absl::Status ObjectMissing() {
  return MalformedField("assessment.object", "say what is assessed, applicants/{applicant}/objects/{object}",
                        "须说明评估对象 applicants/{applicant}/objects/{object}", "OBJECT_MISSING");
}

absl::Status ObjectOfAnother(const std::string& object) {
  return MalformedField("assessment.object", absl::StrCat("`", object, "` is not an object of this applicant"),
                        absl::StrCat(object, " 不是本企业的评估对象"), "OBJECT_OF_ANOTHER");
}

absl::Status ObjectIncomplete(std::vector<FieldViolation> violations) {
  return Invalid("OBJECT_INCOMPLETE", "the assessment object is incomplete", "评估对象的信息不完整",
                 std::move(violations));
}

absl::Status AttachmentTypeWrong(const std::string& media_type) {
  return MalformedField("attachment.media_type",
                        absl::StrCat("the content is not what `", media_type,
                                     "` says, or that type is not taken: PDF, PNG, JPEG, XLSX, DOCX"),
                        absl::StrCat("内容与 ", media_type, " 不符，或不接受该类型；可上传 PDF、PNG、JPEG、XLSX、DOCX"),
                        "ATTACHMENT_TYPE_WRONG");
}

absl::Status EffortsInvalid(std::vector<FieldViolation> violations) {
  return Invalid("EFFORTS_INVALID", "some efforts cannot be taken", "部分投入量不能接受", std::move(violations));
}

absl::Status FindingsInvalid(std::vector<FieldViolation> violations) {
  return Invalid("FINDINGS_INVALID", "some findings cannot be taken", "部分核验结论不能接受", std::move(violations));
}

absl::Status KpiInvalid(std::vector<FieldViolation> violations) {
  return Invalid("KPI_INVALID", "some figures cannot be taken", "部分指标数值不能接受", std::move(violations));
}

absl::Status FormatMissing() {
  return MalformedField("format", "say which format: FORMAT_PDF, FORMAT_XLSX or FORMAT_CSV",
                        "须说明格式：FORMAT_PDF、FORMAT_XLSX 或 FORMAT_CSV", "FORMAT_MISSING");
}

FieldViolation ItemDoesNotCount(std::string field, const std::string& item) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", item, "` does not count in this assessment 该条目不计入本自评估：", item)};
}

FieldViolation DifferenceUnexplained(std::string field) {
  return {.field = std::move(field),
          .description = "say why it differs from what was claimed 与自评不一致，须说明理由"};
}

FieldViolation IndicatorUnknown(std::string field, const std::string& indicator) {
  return {.field = std::move(field),
          .description = absl::StrCat("the list has no indicator `", indicator, "` 清单中没有指标 ", indicator)};
}

FieldViolation IndicatorTwice(std::string field, const std::string& indicator) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", indicator, "` is given twice 指标重复：", indicator)};
}

FieldViolation FigureMalformed(std::string field, const std::string& value) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", value, "` is not a decimal with at most four places 不是至多四位小数的数")};
}

FieldViolation FigureImplausible(std::string field, const std::string& value, const std::string& least,
                                 const std::string& most) {
  return {.field = std::move(field),
          .description = absl::StrCat(value, " is outside the plausible range [", least, ", ", most,
                                      "]; say in the note how it was measured 超出合理范围，须在说明中写明测算方法")};
}

FieldViolation YearToCome(std::string field, int year) {
  return {.field = std::move(field), .description = absl::StrCat(year, " has not begun ", year, " 年尚未开始")};
}

}  // namespace jiebang::maturity::errors
