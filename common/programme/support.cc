// What the schema can say and the code of this version does not act on. A file that says it is refused: a rule that
// nobody applies is worse than none, because people rely on it.
#include <string>
#include <string_view>
#include <vector>

#include "common/programme/checks.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace jiebang::programme {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct NotYet {
  std::string_view field;  // without the package
  std::string_view kind;   // as docs/programmes.md calls it
};

// Take a line out of here in the change that makes some service act on it.
constexpr NotYet kNotYet[] = {
    {"Rule.share", "share"},
    {"Rule.attachments", "attachments"},
    {"Programme.windows", "window"},
    {"Deadline.grace_minutes", "grace after a deadline"},
    {"Deadline.extensions", "extension of a deadline"},
    {"RecommendationLevel.joint_departments", "joint audit"},
    {"QuotaRule.unlimited", "exempt from a quota"},
    {"QuotaRule.uncounted", "uncounted applications"},
    {"QuotaRule.sub_caps", "sub-cap"},
    {"Ranking.reserves", "reserves below the line"},
    {"Panel.standbys", "standbys"},
    {"Programme.report_plans", "progress reports"},
    {"Programme.acceptances", "acceptance"},
};

std::string Refusal(const std::string& kind) {
  return absl::StrCat("kind `", kind, "` is not supported by this version");
}

std::string_view WithoutPackage(const FieldDescriptor* field) {
  std::string_view name = field->full_name();
  name.remove_prefix(field->file()->package().size() + 1);
  return name;
}

void Walk(const Message& message, const std::string& path, Findings& findings) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const FieldDescriptor* field : present) {
    const std::string at = Of(path, field->name());
    for (const NotYet& not_yet : kNotYet) {
      if (WithoutPackage(field) == not_yet.field) findings.Add(at, Refusal(std::string(not_yet.kind)));
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Walk(reflection->GetMessage(message, field), at, findings);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Walk(reflection->GetRepeatedMessage(message, field, i), At(at, i), findings);
    }
  }
}

}  // namespace

Findings CheckSupport(const v1::Programme& programme) {
  Findings findings;
  Walk(programme, "", findings);
  if (programme.recommendation_levels_size() > 1) {
    findings.Add(At("recommendation_levels", 1), Refusal("several levels of recommendation"));
  }
  for (int i = 0; i < programme.quotas_size(); ++i) {
    if (programme.quotas(i).tracks_size() > 1) {
      findings.Add(Of(At("quotas", i), "tracks"), Refusal("shared cap"));
    }
  }
  return findings;
}

}  // namespace jiebang::programme
