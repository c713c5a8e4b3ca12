// What all forms of a report show: the parts of the model that count, each with what was said of it.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_CONTENTS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_CONTENTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/maturity/report/report.h"

namespace jiebang::maturity {

// One item that counts. Pointers are into the report; nullptr: nothing was said.
struct Entry {
  const Leaf* leaf = nullptr;
  const v1::Item* item = nullptr;
  const v1::Answer* answer = nullptr;
  const v1::Finding* finding = nullptr;

  v1::Degree degree() const { return answer == nullptr ? v1::DEGREE_UNSPECIFIED : answer->degree(); }
};

// How far up a subdomain reaches.
struct Reach {
  const Leaf* leaf = nullptr;
  double reach = 0;      // 0 to 5
  double previous = -1;  // the same in the assessment before; negative: it had none
};

// One thing to do.
struct Step {
  const v1::ItemGain* gain = nullptr;
  const Entry* entry = nullptr;
  bool in_plan = false;  // part of the least set that reaches the next level
};

// A view: the report must outlive it.
class Contents {
 public:
  explicit Contents(const Report& report);
  Contents(const Contents&) = delete;
  Contents& operator=(const Contents&) = delete;

  const Report& report() const { return report_; }
  const v1::Assessment& assessment() const { return report_.assessment; }
  const v1::Result& result() const { return report_.assessment.result(); }
  const v1::Model& model() const { return report_.model->proto(); }
  bool is_draft() const { return report_.assessment.state() != v1::Assessment::STATE_SUBMITTED; }

  // In the model's order.
  const std::vector<const Leaf*>& leaves() const { return leaves_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Reach>& reaches() const { return reaches_; }

  // nullptr: it does not count.
  const v1::SubdomainScore* ScoreOf(const Leaf& leaf, int level) const;

  // The plan, then what else would help most; those of items that count.
  std::vector<Step> Steps() const;

  // The furthest or the least far, at most so many; among equals the heavier first.
  std::vector<Reach> Strongest(std::size_t most) const;
  std::vector<Reach> Weakest(std::size_t most) const;

 private:
  double WeightOf(const Leaf& leaf) const;

  const Report& report_;
  std::vector<const Leaf*> leaves_;
  std::vector<Entry> entries_;
  std::vector<Reach> reaches_;
  std::map<std::string_view, std::size_t> entry_of_item_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_CONTENTS_H_
