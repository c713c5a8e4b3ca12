#include "services/maturity/report/contents.h"

#include <algorithm>
#include <set>

#include "services/maturity/report/figures.h"

namespace jiebang::maturity {

Contents::Contents(const Report& report) : report_(report) {
  std::set<std::string_view> tailored;
  for (const v1::TailoredSubdomain& one : assessment().tailored_subdomains()) tailored.insert(one.subdomain());
  std::map<std::string_view, const v1::Answer*> answers;
  for (const v1::Answer& answer : assessment().answers()) answers[answer.item()] = &answer;
  std::map<std::string_view, const v1::Finding*> findings;
  if (report.verification) {
    for (const v1::Finding& finding : report.verification->findings()) findings[finding.item()] = &finding;
  }
  std::map<std::string_view, double> reaches, before;
  for (const v1::SubdomainReach& one : report.reaches) reaches[one.subdomain()] = ToDouble(one.reach());
  if (report.previous) {
    for (const v1::SubdomainReach& one : report.previous->subdomains()) before[one.subdomain()] = ToDouble(one.reach());
  }
  const auto find = [](const auto& map, const std::string& key, auto otherwise) {
    const auto found = map.find(key);
    return found == map.end() ? otherwise : found->second;
  };

  for (const Leaf& leaf : report.model->leaves()) {
    if (!leaf.IsIn(assessment().manufacturing_type()) || tailored.contains(leaf.id())) continue;
    leaves_.push_back(&leaf);
    reaches_.push_back({&leaf, find(reaches, leaf.id(), 0.0), find(before, leaf.id(), -1.0)});
    for (const v1::Item& item : leaf.subdomain->items()) {
      entry_of_item_[item.id()] = entries_.size();
      entries_.push_back({&leaf, &item, find(answers, item.id(), nullptr), find(findings, item.id(), nullptr)});
    }
  }
}

const v1::SubdomainScore* Contents::ScoreOf(const Leaf& leaf, int level) const {
  for (const v1::LevelScore& score : result().levels()) {
    if (score.level() != level) continue;
    for (const v1::SubdomainScore& one : score.subdomains()) {
      if (one.subdomain() == leaf.id()) return &one;
    }
  }
  return nullptr;
}

std::vector<Step> Contents::Steps() const {
  std::vector<Step> steps;
  std::set<std::string_view> taken;
  const auto take = [&](const auto& gains, bool in_plan) {
    for (const v1::ItemGain& gain : gains) {
      const auto entry = entry_of_item_.find(gain.item());
      if (entry == entry_of_item_.end() || !taken.insert(gain.item()).second) continue;
      steps.push_back({&gain, &entries_[entry->second], in_plan});
    }
  };
  take(report_.diagnosis.plan(), true);
  take(report_.diagnosis.gains(), false);
  return steps;
}

double Contents::WeightOf(const Leaf& leaf) const {
  for (int level = kLevels; level >= 1; --level) {
    if (const v1::SubdomainScore* score = ScoreOf(leaf, level)) return ToDouble(score->weight());
  }
  return 0;
}

std::vector<Reach> Contents::Strongest(std::size_t most) const {
  std::vector<Reach> sorted = reaches_;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Reach& a, const Reach& b) {
    return a.reach != b.reach ? a.reach > b.reach : WeightOf(*a.leaf) > WeightOf(*b.leaf);
  });
  sorted.resize(std::min(sorted.size(), most));
  return sorted;
}

std::vector<Reach> Contents::Weakest(std::size_t most) const {
  std::vector<Reach> sorted = reaches_;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Reach& a, const Reach& b) {
    return a.reach != b.reach ? a.reach < b.reach : WeightOf(*a.leaf) > WeightOf(*b.leaf);
  });
  sorted.resize(std::min(sorted.size(), most));
  return sorted;
}

}  // namespace jiebang::maturity
