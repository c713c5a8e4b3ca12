#include "services/maturity/domain/errors.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity {

std::string FieldPath(const std::string& parent, const std::string& field) {
  return parent.empty() ? field : absl::StrCat(parent, ".", field);
}

namespace errors {

absl::Status ModelNotFound(const std::string& model) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "MODEL_NOT_FOUND",
                 .en = absl::StrCat("there is no maturity model ", model),
                 .zh = absl::StrCat("没有成熟度模型 ", model),
                 .metadata = {{"model", model}}}
      .ToStatus();
}

absl::Status AssessmentNotFound(const std::string& name) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "ASSESSMENT_NOT_FOUND",
                 .en = absl::StrCat("there is no assessment ", name),
                 .zh = absl::StrCat("没有自评估 ", name),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status AssessmentExists(const std::string& name) {
  return Refusal{.code = absl::StatusCode::kAlreadyExists,
                 .reason = "ASSESSMENT_EXISTS",
                 .en = absl::StrCat("the assessment ", name, " exists already; choose another id"),
                 .zh = absl::StrCat("自评估 ", name, " 已经存在，请换一个标识"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status AssessmentSubmitted(const std::string& name) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "ASSESSMENT_SUBMITTED",
                 .en = absl::StrCat("the assessment ", name, " is submitted and never changes again; create a new one"),
                 .zh = absl::StrCat("自评估 ", name, " 已经提交，不能再修改；请新建一份"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status AnswersMissing(const std::string& name, const std::vector<std::string>& items) {
  Refusal refusal{.code = absl::StatusCode::kFailedPrecondition,
                  .reason = "ANSWERS_MISSING",
                  .en = absl::StrCat(items.size(), " items are not answered yet"),
                  .zh = absl::StrCat("还有 ", items.size(), " 项没有作答"),
                  .metadata = {{"name", name}, {"missing", absl::StrCat(items.size())}}};
  for (const std::string& item : items) {
    refusal.preconditions.push_back(
        {.type = "ANSWERS_MISSING", .subject = item, .description = "not answered 没有作答"});
  }
  return refusal.ToStatus();
}

absl::Status EtagMismatch(const std::string& name, const std::string& given, const std::string& present) {
  return Refusal{.code = absl::StatusCode::kAborted,
                 .reason = "ETAG_MISMATCH",
                 .en = absl::StrCat(name, " has changed since it was read; read it again"),
                 .zh = absl::StrCat(name, " 在读取之后已被修改，请重新读取"),
                 .metadata = {{"name", name}, {"etag_given", given}, {"etag_present", present}}}
      .ToStatus();
}

absl::Status ConcurrentChange(const std::string& name) {
  return Refusal{.code = absl::StatusCode::kAborted,
                 .reason = "CONCURRENT_CHANGE",
                 .en = absl::StrCat(name, " is being changed by somebody else at the same time; try again"),
                 .zh = absl::StrCat(name, " 正被他人同时修改，请重试"),
                 .metadata = {{"name", name}},
                 .retry_after = absl::Milliseconds(100)}
      .ToStatus();
}

absl::Status ModelMissing(const std::string& field) {
  return MalformedField(field, "say under which model, models/{model}", "须说明所用的成熟度模型 models/{model}",
                        "MODEL_MISSING");
}

absl::Status ManufacturingTypeUnknown(const std::string& field) {
  return MalformedField(field, "the manufacturing type is neither discrete nor process",
                        "生产类型既不是离散型也不是流程型", "MANUFACTURING_TYPE_UNKNOWN");
}

absl::Status TailoringInvalid(std::vector<FieldViolation> violations) {
  return Refusal{.code = absl::StatusCode::kInvalidArgument,
                 .reason = "TAILORING_INVALID",
                 .en = "subdomains cannot be left out like this",
                 .zh = "能力子域不能这样裁剪",
                 .fields = std::move(violations)}
      .ToStatus();
}

absl::Status AnswersInvalid(std::vector<FieldViolation> violations) {
  return Refusal{.code = absl::StatusCode::kInvalidArgument,
                 .reason = "ANSWERS_INVALID",
                 .en = "some answers cannot be taken",
                 .zh = "部分作答不能接受",
                 .fields = std::move(violations)}
      .ToStatus();
}

FieldViolation SubdomainUnknown(std::string field, const std::string& id) {
  return {.field = std::move(field),
          .description = absl::StrCat("the model has no subdomain `", id,
                                      "` for this manufacturing type 模型中该生产类型没有子域 ", id)};
}

FieldViolation SubdomainTwice(std::string field, const std::string& id) {
  return {.field = std::move(field), .description = absl::StrCat("`", id, "` is named twice 子域重复：", id)};
}

FieldViolation SubdomainMandatory(std::string field, const std::string& title_zh, const std::string& id) {
  return {
      .field = std::move(field),
      .description = absl::StrCat("`", id, "` is mandatory and cannot be left out ", title_zh, "是必选项，不能裁剪")};
}

FieldViolation ItemUnknown(std::string field, const std::string& item) {
  return {.field = std::move(field),
          .description = absl::StrCat("the model has no item `", item,
                                      "` for this manufacturing type 模型中该生产类型没有条目 ", item)};
}

FieldViolation ItemTwice(std::string field, const std::string& item) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", item, "` is answered twice 条目重复作答：", item)};
}

FieldViolation DegreeUnknown(std::string field) {
  return {.field = std::move(field),
          .description = "the degree is none of not, partly, mostly, fully 满足程度不在四档之内"};
}

}  // namespace errors
}  // namespace jiebang::maturity
