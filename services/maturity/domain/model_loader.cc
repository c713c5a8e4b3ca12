#include "services/maturity/domain/model_loader.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/model_checks.h"
#include "services/maturity/domain/text_proto.h"

namespace jiebang::maturity {
namespace {

// The model of one file; nullptr when something is wrong with it, which is then in `reasons`.
std::shared_ptr<const MaturityModel> ParseModel(const TextFile& file, std::vector<std::string>& reasons) {
  const std::size_t before = reasons.size();
  v1::Model proto;
  if (!ParseTextProto(file, proto, reasons)) return nullptr;

  const auto refuse = [&](const std::vector<std::string>& findings) {
    for (const std::string& finding : findings) reasons.push_back(absl::StrCat(file.path.string(), ": ", finding));
    return !findings.empty();
  };
  if (proto.name() != absl::StrCat("models/", file.path.stem().string())) {
    refuse({absl::StrCat("name: `", proto.name(), "` is not models/ and the file's name")});
  }
  refuse(CheckModel(proto));
  if (reasons.size() > before) return nullptr;
  auto model = std::make_shared<const MaturityModel>(std::move(proto));
  if (refuse(CheckDenominators(*model))) return nullptr;
  return model;
}

}  // namespace

absl::StatusOr<ModelCatalogue> LoadModels(const std::filesystem::path& directory) {
  ASSIGN_OR_RETURN(const std::vector<TextFile> files, ReadTextFiles(directory));
  return ParseModels(files);
}

absl::StatusOr<ModelCatalogue> ParseModels(const std::vector<TextFile>& files) {
  std::vector<std::string> reasons;
  std::vector<std::shared_ptr<const MaturityModel>> models;
  for (const TextFile& file : files) models.push_back(ParseModel(file, reasons));
  if (!reasons.empty()) return absl::InvalidArgumentError(absl::StrJoin(reasons, "\n"));
  return ModelCatalogue(std::move(models));
}

}  // namespace jiebang::maturity
