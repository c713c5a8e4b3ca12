#include "tests/bench/answer_sheets.h"

#include <algorithm>
#include <random>

#include "jiebang/maturity/v1/maturity_service.pb.h"

namespace jiebang::bench {
namespace {

using maturity::v1::EvaluateBatchRequest;

constexpr maturity::v1::ManufacturingType kType = maturity::v1::MANUFACTURING_TYPE_DISCRETE;

EvaluateBatchRequest Empty() {
  EvaluateBatchRequest request;
  request.set_evaluation_id("bench");
  request.set_model(kModel);
  request.set_manufacturing_type(kType);
  return request;
}

}  // namespace

AnswerSheets InventSheets(const maturity::MaturityModel& model, int count) {
  std::mt19937 random(39116);
  std::uniform_int_distribution<int> degrees(maturity::v1::DEGREE_NOT, maturity::v1::DEGREE_FULLY);
  AnswerSheets sheets;
  for (int sheet = 0; sheet < count; ++sheet) {
    EvaluateBatchRequest by_item = Empty();
    EvaluateBatchRequest compact = Empty();
    for (const maturity::Leaf& leaf : model.leaves()) {
      if (!leaf.IsIn(kType)) continue;
      for (const maturity::v1::Item& item : leaf.subdomain->items()) {
        const int degree = degrees(random);
        maturity::v1::Answer& answer = *by_item.add_answers();
        answer.set_item(item.id());
        answer.set_degree(static_cast<maturity::v1::Degree>(degree));
        compact.mutable_degrees()->push_back(static_cast<char>('0' + degree));
      }
    }
    sheets.by_item.push_back(by_item.SerializeAsString());
    sheets.compact.push_back(compact.SerializeAsString());
    compact.set_detail(EvaluateBatchRequest::DETAIL_SUBDOMAINS);
    sheets.with_subdomains.push_back(compact.SerializeAsString());
    std::shuffle(by_item.mutable_answers()->begin(), by_item.mutable_answers()->end(), random);
    sheets.shuffled.push_back(by_item.SerializeAsString());
  }
  return sheets;
}

}  // namespace jiebang::bench
