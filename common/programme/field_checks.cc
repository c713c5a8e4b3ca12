// One walk over a programme by reflection, led by the (check) options of the schema.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "common/programme/calendar.h"
#include "common/programme/checks.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "jiebang/programme/v1/check.pb.h"

namespace jiebang::programme {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMaxIdLength = 63;

const v1::Check& CheckOf(const FieldDescriptor* field) { return field->options().GetExtension(v1::check); }

// Counts code points; nothing where the text is not UTF-8.
std::optional<int64_t> CountCharacters(std::string_view text) {
  int64_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = lead < 0x80 ? 1 : lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead >= 0xF5 || i + length > text.size()) return std::nullopt;
    for (size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return std::nullopt;
    }
    i += length;
  }
  return count;
}

bool IsDigits(std::string_view text) { return !text.empty() && absl::c_all_of(text, absl::ascii_isdigit); }

bool IsId(std::string_view text) {
  const auto allowed = [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; };
  return !text.empty() && text.size() <= kMaxIdLength && absl::c_all_of(text, allowed) && text.front() != '-' &&
         text.back() != '-' && text.find("--") == text.npos;
}

bool IsDecimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const size_t point = text.find('.');
  if (point == std::string_view::npos) return IsDigits(text);
  return IsDigits(text.substr(0, point)) && IsDigits(text.substr(point + 1));
}

bool IsAttribute(std::string_view text) {
  const auto allowed = [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_'; };
  return !text.empty() && absl::ascii_islower(text.front()) && absl::c_all_of(text, allowed);
}

// What `text` should have been, or nothing if it is well written.
std::optional<std::string> Misspelling(v1::Format format, const std::string& text) {
  const auto unless = [](bool good, const char* wanted) {
    return good ? std::nullopt : std::optional<std::string>(wanted);
  };
  switch (format) {
    case v1::FORMAT_DAY:
      return unless(ParseDay(text).has_value(), "a day, YYYY-MM-DD");
    case v1::FORMAT_DAY_OF_YEAR:
      return unless(ParseDay(absl::StrCat("2024-", text)).has_value(), "a day of the year, MM-DD");
    case v1::FORMAT_TIME:
      return unless(ParseLastTime(text).has_value(), "a time from 00:01 to 24:00");
    case v1::FORMAT_INDUSTRY_CODE:
      return unless(IsDigits(text) && text.size() >= 2 && text.size() <= 4, "2 to 4 digits of GB/T 4754");
    case v1::FORMAT_PLACE_CODE:
      return unless(IsDigits(text) && text.size() == 6, "6 digits of GB/T 2260");
    case v1::FORMAT_DECIMAL:
      return unless(IsDecimal(text), "a decimal number");
    case v1::FORMAT_ATTRIBUTE:
      return unless(IsAttribute(text), "lower case letters, digits and underscores");
    default:
      return std::nullopt;
  }
}

// The id of a message: its field `id`, for a notice its `number`; nothing if it has neither.
std::optional<std::string> IdOf(const Message& message) {
  for (const char* name : {"id", "number"}) {
    const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      return message.GetReflection()->GetString(message, field);
    }
  }
  return std::nullopt;
}

class FieldWalk {
 public:
  Findings Run(const v1::Programme& programme) {
    Collect(programme, "");
    Check(programme, "");
    return std::move(findings_);
  }

 private:
  // First pass: who defines which ids.
  void Collect(const Message& message, const std::string& path) {
    std::vector<const FieldDescriptor*> present;
    message.GetReflection()->ListFields(message, &present);
    for (const FieldDescriptor* field : present) {
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      const std::string at = Of(path, field->name());
      if (!field->is_repeated()) {
        Collect(message.GetReflection()->GetMessage(message, field), at);
        continue;
      }
      // Kinds that nobody refers to are unique among their siblings only.
      absl::flat_hash_set<std::string> siblings;
      const std::string& kind = CheckOf(field).defines();
      auto& seen = kind.empty() ? siblings : ids_[kind];
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        const Message& element = message.GetReflection()->GetRepeatedMessage(message, field, i);
        const auto id = IdOf(element);
        if (id.has_value() && !id->empty() && !seen.insert(*id).second) {
          findings_.Add(At(at, i),
                        absl::StrCat("the id `", *id, "` is used twice", kind.empty() ? "" : " for a ", kind));
        }
        Collect(element, At(at, i));
      }
    }
  }

  // Second pass: every field of the schema, given or not.
  void Check(const Message& message, const std::string& path) {
    const Descriptor* descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      // A catalogue that was copied has been checked in the file that it came from, with the notices cited there.
      if (IsCopiedCatalogue(message, field)) continue;
      if (field->is_repeated()) {
        CheckRepeated(message, field, Of(path, field->name()));
      } else if (field->real_containing_oneof() == nullptr || message.GetReflection()->HasField(message, field)) {
        CheckSingular(message, field, Of(path, field->name()));
      }
    }
    for (int i = 0; i < descriptor->real_oneof_decl_count(); ++i) CheckOneof(message, descriptor->oneof_decl(i), path);
    if (descriptor == v1::Clause::descriptor()) CheckClause(static_cast<const v1::Clause&>(message), path);
  }

  static bool IsCopiedCatalogue(const Message& message, const FieldDescriptor* field) {
    return field->message_type() == v1::Catalogue::descriptor() &&
           !static_cast<const v1::Programme&>(message).catalogue_of().empty();
  }

  void CheckRepeated(const Message& message, const FieldDescriptor* field, const std::string& path) {
    const auto* reflection = message.GetReflection();
    const int size = reflection->FieldSize(message, field);
    if (size < CheckOf(field).least()) {
      findings_.Add(path, absl::StrCat("`", field->name(), "` needs at least ", CheckOf(field).least(), " element"));
    }
    for (int i = 0; i < size; ++i) {
      const std::string at = At(path, i);
      switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
          Check(reflection->GetRepeatedMessage(message, field, i), at);
          break;
        case FieldDescriptor::CPPTYPE_STRING:
          CheckString(field, reflection->GetRepeatedString(message, field, i), at);
          break;
        case FieldDescriptor::CPPTYPE_ENUM:
          CheckEnum(field, reflection->GetRepeatedEnumValue(message, field, i), at);
          break;
        default:
          break;  // the schema has no others
      }
    }
  }

  void CheckSingular(const Message& message, const FieldDescriptor* field, const std::string& path) {
    const auto* reflection = message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (reflection->HasField(message, field)) {
          Check(reflection->GetMessage(message, field), path);
        } else if (!CheckOf(field).optional()) {
          AddMissing(field, path);
        }
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        CheckString(field, reflection->GetString(message, field), path);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(field, reflection->GetEnumValue(message, field), path);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        CheckInteger(field, reflection->GetInt32(message, field), path);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        CheckInteger(field, reflection->GetInt64(message, field), path);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (field->real_containing_oneof() != nullptr && !reflection->GetBool(message, field)) {
          findings_.Add(path, absl::StrCat("`", field->name(), "` can only be true; leave it out otherwise"));
        }
        break;
      default:
        break;  // the schema has no others
    }
  }

  void CheckString(const FieldDescriptor* field, const std::string& value, const std::string& path) {
    const v1::Check& check = CheckOf(field);
    if (value.empty()) {
      if (!check.optional() || field->is_repeated()) AddMissing(field, path);
      return;
    }
    const auto characters = CountCharacters(value);
    if (!characters.has_value()) {
      findings_.Add(path, absl::StrCat("`", field->name(), "` is not UTF-8"));
      return;
    }
    if (check.most() > 0 && *characters > check.most()) {
      findings_.Add(path,
                    absl::StrCat("`", field->name(), "` has ", *characters, " characters, at most ", check.most()));
    }
    if (field->name() == "id" && !IsId(value)) {
      findings_.Add(path,
                    absl::StrCat("`", value, "` is not an id: lower case letters, digits and single hyphens, at most ",
                                 kMaxIdLength));
    }
    if (const auto wanted = Misspelling(check.format(), value); wanted.has_value()) {
      findings_.Add(path, absl::StrCat("`", value, "` is not ", *wanted));
    }
    if (!check.refers_to().empty() && !ids_[check.refers_to()].contains(value)) {
      findings_.Add(path, absl::StrCat("there is no ", check.refers_to(), " `", value, "`"));
    }
  }

  void CheckEnum(const FieldDescriptor* field, int value, const std::string& path) {
    if (value == 0 && !CheckOf(field).optional()) AddMissing(field, path);
  }

  void CheckInteger(const FieldDescriptor* field, int64_t value, const std::string& path) {
    const v1::Check& check = CheckOf(field);
    if (value < check.least() || (check.most() != 0 && value > check.most())) {
      const std::string upper = check.most() == 0 ? " or more" : absl::StrCat(" to ", check.most());
      findings_.Add(path, absl::StrCat("`", field->name(), "` is ", value, ", wanted ", check.least(), upper));
    }
  }

  void CheckOneof(const Message& message, const google::protobuf::OneofDescriptor* oneof, const std::string& path) {
    if (message.GetReflection()->HasOneof(message, oneof)) return;
    std::vector<std::string> names;
    names.reserve(oneof->field_count());
    for (int i = 0; i < oneof->field_count(); ++i) names.push_back(absl::StrCat("`", oneof->field(i)->name(), "`"));
    findings_.Add(path, absl::StrCat("needs a ", oneof->name(), ", one of ", absl::StrJoin(names, ", ")));
  }

  void CheckClause(const v1::Clause& clause, const std::string& path) {
    if (clause.document().empty() && !clause.ours()) {
      findings_.Add(path, "a clause names its `document` and `section`, or says `ours: true` with a `note`");
    }
    if (clause.document().empty() != clause.section().empty()) {
      findings_.Add(path, "`document` and `section` of a clause go together");
    }
    if (clause.ours() != !clause.note().empty()) {
      findings_.Add(path, "`ours` and `note` of a clause go together: what the platform decided, it explains");
    }
  }

  void AddMissing(const FieldDescriptor* field, const std::string& path) {
    findings_.Add(path, absl::StrCat("`", field->name(), "` is missing"));
  }

  std::map<std::string, absl::flat_hash_set<std::string>> ids_;  // by kind; a map, because Collect holds on to its sets
  Findings findings_;
};

}  // namespace

Findings CheckFields(const v1::Programme& programme) { return FieldWalk().Run(programme); }

}  // namespace jiebang::programme
