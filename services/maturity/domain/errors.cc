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

absl::Status SectionNotFound(const std::string& name, const std::string& subdomain) {
  return Refusal{
      .code = absl::StatusCode::kNotFound,
      .reason = "SECTION_NOT_FOUND",
      .en = absl::StrCat(name, " has no subdomain `", subdomain, "`; it is unknown, of the other type or tailored out"),
      .zh = absl::StrCat("自评估 ", name, " 没有子域 ", subdomain, "：不存在、不属于该生产类型或已裁剪"),
      .metadata = {{"name", name}, {"subdomain", subdomain}}}
      .ToStatus();
}

absl::Status NoEarlierAssessment(const std::string& object) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "NO_EARLIER_ASSESSMENT",
                 .en = absl::StrCat(object, " has no submitted assessment under this model to start from"),
                 .zh = absl::StrCat(object, " 还没有可以沿用的已提交自评估"),
                 .metadata = {{"object", object}}}
      .ToStatus();
}

absl::Status AssessmentNotSubmitted(const std::string& name) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "ASSESSMENT_NOT_SUBMITTED",
                 .en = absl::StrCat("the assessment ", name, " is not submitted yet"),
                 .zh = absl::StrCat("自评估 ", name, " 还没有提交"),
                 .metadata = {{"name", name}}}
      .ToStatus();
}

absl::Status ModelsMixed(const std::string& asked, const std::string& earlier, const std::string& its_model) {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "MODELS_MIXED",
      .en = absl::StrCat(earlier, " was made under ", its_model, ", not under ", asked, "; answers do not carry over"),
      .zh = absl::StrCat(earlier, " 所用模型是 ", its_model, "，不是 ", asked, "，作答不能沿用"),
      .metadata = {{"earlier", earlier}, {"model_asked", asked}, {"model_earlier", its_model}}}
      .ToStatus();
}

absl::Status TypesMixed(const std::string& earlier) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "TYPES_MIXED",
                 .en = absl::StrCat(earlier, " was made for the other manufacturing type; answers do not carry over"),
                 .zh = absl::StrCat(earlier, " 的生产类型不同，作答不能沿用"),
                 .metadata = {{"earlier", earlier}}}
      .ToStatus();
}

absl::Status ObjectsMixed(const std::string& earlier, const std::string& its_object) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "OBJECTS_MIXED",
                 .en = absl::StrCat(earlier, " is of another object, ", its_object),
                 .zh = absl::StrCat(earlier, " 的评估对象是 ", its_object, "，不是同一对象"),
                 .metadata = {{"earlier", earlier}, {"object_earlier", its_object}}}
      .ToStatus();
}

absl::Status AssessmentTooLarge(const std::string& name, std::size_t most) {
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = "ASSESSMENT_TOO_LARGE",
                 .en = absl::StrCat("with this the assessment would take more than ", most,
                                    " bytes; shorten notes or link to evidence"),
                 .zh = absl::StrCat("自评估将超过 ", most, " 字节，请缩短说明或改用链接"),
                 .metadata = {{"name", name}}}
      .ToStatus();
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

absl::Status DegreesMalformed(std::size_t at) {
  return MalformedField("degrees", absl::StrCat("character ", at + 1, " is not 0 to 4"),
                        absl::StrCat("第 ", at + 1, " 个字符不是 0 至 4"), "DEGREES_INVALID");
}

absl::Status DegreesOfWrongLength(std::size_t given, std::size_t wanted) {
  return MalformedField(
      "degrees", absl::StrCat("has ", given, " characters where the model has ", wanted, " items for this type"),
      absl::StrCat("有 ", given, " 个字符，而模型中该生产类型有 ", wanted, " 个条目"), "DEGREES_INVALID");
}

absl::Status AnswersGivenTwice() {
  return MalformedField("degrees", "give either answers or degrees", "answers 与 degrees 只能给出一种",
                        "ANSWERS_GIVEN_TWICE");
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

FieldViolation ItemOfAnotherSection(std::string field, const std::string& item, const std::string& subdomain) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", item, "` is not an item of ", subdomain, " 条目不属于子域 ", subdomain)};
}

FieldViolation EvidenceNowhere(std::string field) {
  return {.field = std::move(field),
          .description = "say where the evidence is: an attachment or a link 须给出附件或链接之一"};
}

FieldViolation AttachmentOfAnother(std::string field, const std::string& attachment) {
  return {.field = std::move(field),
          .description = absl::StrCat("`", attachment, "` is not an attachment of this assessment 不是本自评估的附件")};
}

FieldViolation AttachmentMissing(std::string field, const std::string& attachment) {
  return {.field = std::move(field), .description = absl::StrCat("`", attachment, "` was not uploaded 附件尚未上传")};
}

}  // namespace errors
}  // namespace jiebang::maturity
