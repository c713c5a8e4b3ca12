// Models and answers for tests.
#ifndef JIEBANG_SERVICES_MATURITY_TESTING_MODELS_H_
#define JIEBANG_SERVICES_MATURITY_TESTING_MODELS_H_

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// What is shipped in deploy/models.
const ModelCatalogue& ShippedModels();
std::shared_ptr<const MaturityModel> ShippedModel();  // models/gbt39116-2020

// The shipped model under other rules.
std::shared_ptr<const MaturityModel> ShippedModelWith(v1::Model::EmptyCellRule empty_cell_rule,
                                                      v1::Model::TotalRule total_rule);

// A model of one mandatory subdomain `only` with so many items at levels 1 to 5.
std::string OneSubdomainModel(const std::string& id, std::initializer_list<int> items,
                              const std::string& total_rule = "TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED");

// An answer to every item that the type has, in the model's order; DEGREE_UNSPECIFIED leaves an item out.
using DegreeOf = std::function<v1::Degree(const Leaf& leaf, const v1::Item& item)>;
Answers AnswerAll(const MaturityModel& model, v1::ManufacturingType type, const DegreeOf& degree_of);

// What answers come to.
v1::Result ResultFor(const Scope& scope, const Answers& answers);

v1::Answer AnswerTo(const std::string& item, v1::Degree degree);

// The tailoring that leaves these out, each with a reason.
TailoredSubdomains Without(std::initializer_list<std::string> subdomains);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_TESTING_MODELS_H_
