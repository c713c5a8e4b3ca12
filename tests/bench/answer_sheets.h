// Requests of EvaluateBatch that the bench works with.
#ifndef JIEBANG_TESTS_BENCH_ANSWER_SHEETS_H_
#define JIEBANG_TESTS_BENCH_ANSWER_SHEETS_H_

#include <string>
#include <vector>

#include "services/maturity/domain/maturity_model.h"

namespace jiebang::bench {

inline constexpr char kModel[] = "models/gbt39116-2020";

// The same answer sheets in every form, encoded: complete, for discrete manufacturing.
struct AnswerSheets {
  std::vector<std::string> by_item;   // in the model's order, as a form that is gone through gives them
  std::vector<std::string> shuffled;  // by item, in no order
  std::vector<std::string> compact;
  std::vector<std::string> with_subdomains;  // compact, and the answer shall have the scores of subdomains
};

// Of so many enterprises that there are not. Every degree is drawn, so that no branch learns them by heart; always the
// same ones.
AnswerSheets InventSheets(const maturity::MaturityModel& model, int count);

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_ANSWER_SHEETS_H_
