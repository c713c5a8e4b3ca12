#include "services/maturity/testing/models.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {

const ModelCatalogue& ShippedModels() {
  static const auto* const kModels = [] {
    const absl::StatusOr<ModelCatalogue> models = LoadModels(JIEBANG_MODELS);
    EXPECT_TRUE(models.ok()) << models.status();
    return new ModelCatalogue(*models);
  }();
  return *kModels;
}

std::shared_ptr<const MaturityModel> ShippedModel() { return ShippedModels().Find("models/gbt39116-2020"); }

std::shared_ptr<const MaturityModel> ShippedModelWith(v1::Model::EmptyCellRule empty_cell_rule,
                                                      v1::Model::TotalRule total_rule) {
  v1::Model proto = ShippedModel()->proto();
  proto.set_empty_cell_rule(empty_cell_rule);
  proto.set_total_rule(total_rule);
  return std::make_shared<const MaturityModel>(proto);
}

std::string OneSubdomainModel(const std::string& id, std::initializer_list<int> items, const std::string& total_rule) {
  const std::string titles = "title_zh: \"名\" title_en: \"name\" ";
  const std::string weights = "weights { discrete: 100 process: 100 } ";
  std::string text = absl::StrCat(
      "name: \"models/", id, "\" ", titles, "satisfied_permille: 800 ",
      "empty_cell_rule: EMPTY_CELL_RULE_INHERIT total_rule: ", total_rule,
      " tailoring_rule: TAILORING_RULE_WITHIN_LAYER\n", "scale { degree: DEGREE_NOT tenths: 0 ", titles, "} ",
      "scale { degree: DEGREE_PARTLY tenths: 5 ", titles, "} ", "scale { degree: DEGREE_MOSTLY tenths: 8 ", titles,
      "} ", "scale { degree: DEGREE_FULLY tenths: 10 ", titles, "}\n", "elements { id: \"e\" ", titles, weights,
      "\ndomains { id: \"d\" mandatory: true ", titles, weights, "\nsubdomains { id: \"only\" ", titles, weights, "\n");
  int level = 0;
  for (const int count : items) {
    ++level;
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(&text, "items { id: \"only-", level, "-", std::string(1, static_cast<char>('a' + i)),
                      "\" level: ", level, " text_zh: \"文\" text_en: \"text\" evidence_zh: \"据\" ",
                      "evidence_en: \"proof\" }\n");
    }
  }
  return absl::StrCat(text, "} } }");
}

Answers AnswerAll(const MaturityModel& model, v1::ManufacturingType type, const DegreeOf& degree_of) {
  Answers answers;
  for (const Leaf& leaf : model.leaves()) {
    if (!leaf.IsIn(type)) continue;
    for (const v1::Item& item : leaf.subdomain->items()) {
      const v1::Degree degree = degree_of(leaf, item);
      if (degree != v1::DEGREE_UNSPECIFIED) *answers.Add() = AnswerTo(item.id(), degree);
    }
  }
  return answers;
}

v1::Result ResultFor(const Scope& scope, const Answers& answers) {
  return Evaluate(scope, AnswerSheet::OfKept(scope.model(), answers));
}

v1::Answer AnswerTo(const std::string& item, v1::Degree degree) {
  v1::Answer answer;
  answer.set_item(item);
  answer.set_degree(degree);
  return answer;
}

TailoredSubdomains Without(std::initializer_list<std::string> subdomains) {
  TailoredSubdomains tailored;
  for (const std::string& subdomain : subdomains) {
    v1::TailoredSubdomain& one = *tailored.Add();
    one.set_subdomain(subdomain);
    one.set_reason("没有这项业务");
  }
  return tailored;
}

}  // namespace jiebang::maturity
