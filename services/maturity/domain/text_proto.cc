#include "services/maturity/domain/text_proto.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace jiebang::maturity {
namespace {

// Warnings count as errors: what the parser does not know, the code does not act on.
class ReasonCollector : public google::protobuf::io::ErrorCollector {
 public:
  ReasonCollector(const std::filesystem::path& file, std::vector<std::string>& reasons)
      : file_(file), reasons_(reasons) {}

  void AddError(int line, int column, const std::string& message) override {
    reasons_.push_back(absl::StrCat(file_.string(), ":", line + 1, ":", column + 1, ": ", message));
  }
  void AddWarning(int line, int column, const std::string& message) override { AddError(line, column, message); }

 private:
  const std::filesystem::path& file_;
  std::vector<std::string>& reasons_;
};

}  // namespace

bool ParseTextProto(const TextFile& file, google::protobuf::Message& message, std::vector<std::string>& reasons) {
  const std::size_t before = reasons.size();
  ReasonCollector collector(file.path, reasons);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  const bool parsed = parser.ParseFromString(file.text, &message);
  if (!parsed && reasons.size() == before) collector.AddError(0, 0, "cannot be parsed");
  return reasons.size() == before;
}

}  // namespace jiebang::maturity
