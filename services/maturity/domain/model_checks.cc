#include "services/maturity/domain/model_checks.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity {
namespace {

constexpr std::array kTypes = {v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS};

// 1 to 63 of a-z0-9-, no hyphen at either end.
bool IsId(std::string_view id) {
  if (id.empty() || id.size() > 63 || id.front() == '-' || id.back() == '-') return false;
  for (const char c : id) {
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
  }
  return true;
}

class ModelChecker {
 public:
  explicit ModelChecker(const v1::Model& model) : model_(model) {}

  std::vector<std::string> Check() && {
    if (!model_.name().starts_with("models/") || !IsId(std::string_view(model_.name()).substr(7))) {
      Add("name", absl::StrCat("`", model_.name(), "` is not models/{model} with 1 to 63 of a-z0-9-"));
    }
    CheckTitles("the model", model_);
    CheckRules();
    CheckLayer("the elements", model_.elements(), {true, true});
    for (const v1::Element& element : model_.elements()) CheckElement(element);
    CheckLevelsHaveItems();
    return std::move(findings_);
  }

 private:
  using HasType = std::array<bool, kTypes.size()>;  // in the order of kTypes

  void Add(const std::string& what, const std::string& reason) {
    findings_.push_back(absl::StrCat(what, ": ", reason));
  }

  template <class Titled>
  void CheckTitles(const std::string& what, const Titled& titled) {
    if (titled.title_zh().empty() || titled.title_en().empty()) Add(what, "has no title in Chinese or in English");
  }

  void CheckRules() {
    if (model_.satisfied_permille() < 1 || model_.satisfied_permille() > 1000) {
      Add("satisfied_permille", "is not 1 to 1000");
    }
    if (model_.empty_cell_rule() == v1::Model::EMPTY_CELL_RULE_UNSPECIFIED ||
        !v1::Model::EmptyCellRule_IsValid(model_.empty_cell_rule())) {
      Add("empty_cell_rule", "is not said");
    }
    if (model_.total_rule() == v1::Model::TOTAL_RULE_UNSPECIFIED ||
        !v1::Model::TotalRule_IsValid(model_.total_rule())) {
      Add("total_rule", "is not said");
    }
    if (model_.tailoring_rule() == v1::Model::TAILORING_RULE_UNSPECIFIED ||
        !v1::Model::TailoringRule_IsValid(model_.tailoring_rule())) {
      Add("tailoring_rule", "is not said");
    }
    CheckScale();
  }

  // Every degree once, from worse to better, from 0 tenths to 10.
  void CheckScale() {
    int degree = v1::DEGREE_UNSPECIFIED;
    int tenths = -1;
    for (const v1::ScaleStep& step : model_.scale()) {
      CheckTitles(absl::StrCat("scale, ", v1::Degree_Name(step.degree())), step);
      if (step.degree() != ++degree) Add("scale", "does not have every degree once, from DEGREE_NOT to DEGREE_FULLY");
      if (step.tenths() <= tenths) Add("scale", "does not ascend");
      tenths = step.tenths();
    }
    if (degree != v1::DEGREE_FULLY) Add("scale", "does not have every degree once, from DEGREE_NOT to DEGREE_FULLY");
    if (model_.scale().empty() || model_.scale(0).tenths() != 0 || tenths != 10) Add("scale", "is not from 0 to 10");
  }

  static HasType TypesOf(const v1::Weights& weights) {
    HasType has{};
    for (std::size_t i = 0; i < kTypes.size(); ++i) has[i] = WeightFor(weights, kTypes[i]) > 0;
    return has;
  }

  // The members of one layer: ids, titles, weights. `parent_has`: the types that what is above has.
  template <class Members>
  void CheckLayer(const std::string& what, const Members& members, HasType parent_has) {
    std::set<std::string> ids;
    std::array<int, kTypes.size()> sums{};
    for (const auto& member : members) {
      const std::string name = absl::StrCat(what, ", `", member.id(), "`");
      if (!IsId(member.id())) Add(name, "the id is not 1 to 63 of a-z0-9-");
      if (!ids.insert(member.id()).second) Add(name, "the id is there twice");
      CheckTitles(name, member);
      for (std::size_t i = 0; i < kTypes.size(); ++i) {
        const int weight = WeightFor(member.weights(), kTypes[i]);
        if (weight < 0 || weight > 100) Add(name, "a weight is not 0 to 100");
        sums[i] += weight;
      }
    }
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
      if (sums[i] == 100 || (sums[i] == 0 && !parent_has[i])) continue;
      Add(what, absl::StrCat("the weights for ", i == 0 ? "discrete" : "process", " sum to ", sums[i], ", not to 100"));
    }
  }

  void CheckElement(const v1::Element& element) {
    const std::string what = absl::StrCat("element `", element.id(), "`");
    const HasType has = TypesOf(element.weights());
    CheckLayer(absl::StrCat("the domains of ", what), element.domains(), has);
    HasType has_mandatory{};
    for (const v1::Domain& domain : element.domains()) {
      CheckDomain(domain);
      const HasType domain_has = TypesOf(domain.weights());
      for (std::size_t i = 0; i < kTypes.size(); ++i) {
        has_mandatory[i] = has_mandatory[i] || (domain.mandatory() && domain_has[i]);
      }
    }
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
      if (has[i] && !has_mandatory[i]) {
        Add(what, absl::StrCat("has no mandatory domain for ", i == 0 ? "discrete" : "process"));
      }
    }
  }

  void CheckDomain(const v1::Domain& domain) {
    CheckLayer(absl::StrCat("the subdomains of domain `", domain.id(), "`"), domain.subdomains(),
               TypesOf(domain.weights()));
    for (const v1::Subdomain& subdomain : domain.subdomains()) {
      if (!subdomains_.insert(subdomain.id()).second) {
        Add(absl::StrCat("subdomain `", subdomain.id(), "`"), "the id is there twice in the model");
      }
      for (const v1::Item& item : subdomain.items()) CheckItem(subdomain, item);
      CheckCells(domain, subdomain);
    }
  }

  void CheckCells(const v1::Domain& domain, const v1::Subdomain& subdomain) {
    const std::string what = absl::StrCat("subdomain `", subdomain.id(), "`");
    std::set<int> with_items;
    int level_before = 1;
    for (const v1::Item& item : subdomain.items()) {
      if (item.level() < level_before) Add(what, "its items do not ascend by level");
      level_before = item.level();
      with_items.insert(item.level());
    }
    const std::set<int> empty(subdomain.empty_levels().begin(), subdomain.empty_levels().end());
    for (int level = 1; level <= kLevels; ++level) {
      if (with_items.contains(level) == empty.contains(level)) {
        Add(what, absl::StrCat(empty.contains(level) ? "has items at a level that empty_levels names: "
                                                     : "has no item at a level that empty_levels does not name: ",
                               level));
      }
    }
    if (domain.mandatory() && !with_items.contains(1)) Add(what, "is mandatory and has no item at level 1");
  }

  void CheckItem(const v1::Subdomain& subdomain, const v1::Item& item) {
    const std::string what = absl::StrCat("item `", item.id(), "`");
    const std::string stem = absl::StrCat(subdomain.id(), "-", item.level(), "-");
    const std::string letter = item.id().starts_with(stem) ? item.id().substr(stem.size()) : "";
    if (item.level() < 1 || item.level() > kLevels) Add(what, absl::StrCat("level ", item.level(), " is not 1 to 5"));
    if (letter.size() != 1 || letter[0] < 'a' || letter[0] > 'z') {
      Add(what, absl::StrCat("the id is not ", stem, "{letter}"));
    }
    if (!items_.insert(item.id()).second) Add(what, "the id is there twice in the model");
    if (item.text_zh().empty() || item.text_en().empty()) Add(what, "has no text in Chinese or in English");
    if (item.evidence_zh().empty() || item.evidence_en().empty()) {
      Add(what, "has no example of evidence in Chinese or in English");
    }
  }

  void CheckLevelsHaveItems() {
    for (const v1::ManufacturingType type : kTypes) {
      std::set<int> levels;
      for (const v1::Element& element : model_.elements()) {
        for (const v1::Domain& domain : element.domains()) {
          for (const v1::Subdomain& subdomain : domain.subdomains()) {
            if (!domain.mandatory() || WeightFor(subdomain.weights(), type) == 0) continue;
            for (const v1::Item& item : subdomain.items()) levels.insert(item.level());
          }
        }
      }
      for (int level = 1; level <= kLevels; ++level) {
        if (!levels.contains(level)) {
          Add(absl::StrCat("level ", level), absl::StrCat("no mandatory subdomain has an item there for ",
                                                          type == kTypes[0] ? "discrete" : "process"));
        }
      }
    }
  }

  const v1::Model& model_;
  std::set<std::string> subdomains_;
  std::set<std::string> items_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> CheckModel(const v1::Model& model) { return ModelChecker(model).Check(); }

}  // namespace jiebang::maturity
