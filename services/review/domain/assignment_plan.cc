#include "services/review/domain/assignment_plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/token/digest.h"
#include "services/review/domain/affinity.h"
#include "services/review/domain/assignment_solver.h"
#include "services/review/domain/conflict.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {
namespace {

// Below 100 per cent, rounded up: the panel's experts from the candidate's industry.
int InsidersWanted(const programme::v1::Panel& panel) {
  return (panel.size() * panel.industry_experts_percent() + 99) / 100;
}

int LoadLimit(const v1::Expert& expert, const programme::v1::Panel& panel, int candidates) {
  int limit = candidates;  // nobody reviews the same application twice
  if (panel.max_load() > 0) limit = std::min(limit, panel.max_load());
  if (expert.max_load() > 0) limit = std::min(limit, expert.max_load());
  return limit;
}

class Planning {
 public:
  Planning(std::vector<v1::Candidate> candidates, std::vector<v1::Expert> experts, const programme::v1::Panel& panel)
      : candidates_(std::move(candidates)), experts_(std::move(experts)), panel_(panel) {
    absl::c_sort(candidates_, [](const auto& a, const auto& b) { return a.name() < b.name(); });
    absl::c_sort(experts_, [](const auto& a, const auto& b) { return a.name() < b.name(); });
  }

  v1::AssignmentPlan Run() {
    Describe();
    panels_ = SolveAssignment(problem_);
    ListPairs();
    CountLoads();
    ExplainShortfalls();
    return std::move(plan_);
  }

 private:
  void Describe() {
    problem_.panel_size = panel_.size();
    problem_.most_outsiders = panel_.size() - InsidersWanted(panel_);
    problem_.insider_affinity = kSameIndustry;
    const int count = static_cast<int>(candidates_.size());
    for (const v1::Expert& expert : experts_) problem_.load_limits.push_back(LoadLimit(expert, panel_, count));
    std::map<std::string_view, int> rows;
    for (const v1::Candidate& candidate : candidates_) {
      const auto [row, is_new] = rows.emplace(candidate.industry_code(), rows.size());
      problem_.industry_of.push_back(row->second);
      if (is_new) problem_.affinities.push_back(AffinitiesTo(candidate.industry_code()));
    }
    FindConflicts();
  }

  std::vector<std::int8_t> AffinitiesTo(std::string_view industry_code) const {
    std::vector<std::int8_t> affinities;
    affinities.reserve(experts_.size());
    for (const v1::Expert& expert : experts_)
      affinities.push_back(static_cast<std::int8_t>(Affinity(expert, industry_code)));
    return affinities;
  }

  void FindConflicts() {
    const std::vector<Ties> ties(experts_.begin(), experts_.end());
    for (const v1::Candidate& candidate : candidates_) {
      const Applied applied(candidate);
      std::vector<int>& excluded = problem_.excluded.emplace_back();
      for (std::size_t expert = 0; expert < ties.size(); ++expert) {
        const std::optional<Conflict> conflict = ties[expert].With(applied);
        if (!conflict) continue;
        excluded.push_back(static_cast<int>(expert));
        ++(*plan_.mutable_conflicts())[NameOf(*conflict)];
      }
    }
  }

  void ListPairs() {
    std::string pairs;
    std::int64_t total_affinity = 0;
    for (std::size_t candidate = 0; candidate < panels_.size(); ++candidate) {
      for (const int expert : panels_[candidate]) {
        v1::PlannedAssignment& pair = *plan_.add_assignments();
        pair.set_candidate(candidates_[candidate].name());
        pair.set_expert(experts_[expert].name());
        pair.set_affinity(problem_.Affinity(static_cast<int>(candidate), expert));
        total_affinity += pair.affinity();
        absl::StrAppend(&pairs, pair.candidate(), "\t", pair.expert(), "\n");
      }
    }
    plan_.set_total_affinity(total_affinity);
    plan_.set_digest(token::Sha256Hex(pairs));
  }

  void CountLoads() {
    loads_.assign(experts_.size(), 0);
    for (const std::vector<int>& panel : panels_) {
      for (const int expert : panel) ++loads_[expert];
    }
    if (loads_.empty()) return;
    plan_.set_least_load(*absl::c_min_element(loads_));
    plan_.set_most_load(*absl::c_max_element(loads_));
  }

  void ExplainShortfalls() {
    for (std::size_t candidate = 0; candidate < panels_.size(); ++candidate) {
      const int assigned = static_cast<int>(panels_[candidate].size());
      if (assigned >= panel_.size()) continue;
      v1::Shortfall& shortfall = *plan_.add_shortfalls();
      shortfall.set_candidate(candidates_[candidate].name());
      shortfall.set_assigned(assigned);
      shortfall.set_needed(panel_.size());
      Explain(static_cast<int>(candidate), shortfall);
    }
  }

  void Explain(int candidate, v1::Shortfall& shortfall) const {
    const int conflicted = static_cast<int>(problem_.excluded[candidate].size());
    const int free = problem_.experts() - conflicted;
    int insiders = 0;
    for (int expert = 0; expert < problem_.experts(); ++expert) {
      if (problem_.Affinity(candidate, expert) < kSameIndustry) continue;
      if (!absl::c_binary_search(problem_.excluded[candidate], expert)) ++insiders;
    }
    if (free < panel_.size()) {
      shortfall.set_text_zh(absl::StrCat("共有 ", problem_.experts(), " 名专家，其中 ", conflicted, " 名须回避，剩余 ",
                                         free, " 名，不足 ", panel_.size(), " 名"));
      shortfall.set_text_en(absl::StrCat("of ", problem_.experts(), " experts ", conflicted, " have a conflict; ", free,
                                         " are left, but ", panel_.size(), " are needed"));
      return;
    }
    if (insiders < InsidersWanted(panel_)) {
      shortfall.set_text_zh(
          absl::StrCat("无须回避的同行业专家只有 ", insiders, " 名，至少需要 ", InsidersWanted(panel_), " 名"));
      shortfall.set_text_en(absl::StrCat("only ", insiders, " experts of the industry have no conflict, but ",
                                         InsidersWanted(panel_), " are needed"));
      return;
    }
    shortfall.set_text_zh(absl::StrCat("无须回避的 ", free, " 名专家（其中同行业 ", insiders,
                                       " 名）的评审数量已达上限，需要增加专家或提高上限"));
    shortfall.set_text_en(absl::StrCat("the ", free, " experts without a conflict (", insiders,
                                       " of the industry) are at their largest load; register more or raise it"));
  }

  std::vector<v1::Candidate> candidates_;
  std::vector<v1::Expert> experts_;
  const programme::v1::Panel& panel_;
  AssignmentProblem problem_;
  std::vector<std::vector<int>> panels_;  // by candidate
  std::vector<int> loads_;                // by expert
  v1::AssignmentPlan plan_;
};

}  // namespace

v1::AssignmentPlan PlanAssignment(std::vector<v1::Candidate> candidates, std::vector<v1::Expert> experts,
                                  const programme::v1::Panel& panel) {
  return Planning(std::move(candidates), std::move(experts), panel).Run();
}

std::vector<v1::Assignment> AssignmentsOf(const v1::AssignmentPlan& plan,
                                          const std::vector<v1::Candidate>& candidates) {
  absl::flat_hash_map<std::string_view, const v1::Candidate*> by_name;
  for (const v1::Candidate& candidate : candidates) by_name[candidate.name()] = &candidate;
  std::vector<v1::Assignment> assignments;
  assignments.reserve(plan.assignments_size());
  for (const v1::PlannedAssignment& pair : plan.assignments()) {
    const v1::Candidate& candidate = *by_name.at(pair.candidate());
    const std::string round = candidate.name().substr(0, candidate.name().rfind("/candidates/"));
    v1::Assignment& assignment = assignments.emplace_back();
    assignment.set_name(absl::StrCat(round, "/", pair.expert(), "/assignments/", LastIdOf(candidate.name())));
    assignment.set_candidate(candidate.name());
    assignment.set_applicant_display_name(candidate.applicant_display_name());
    assignment.set_title(candidate.title());
    assignment.set_affinity(pair.affinity());
  }
  absl::c_sort(assignments, [](const auto& a, const auto& b) { return a.name() < b.name(); });
  return assignments;
}

}  // namespace jiebang::review
