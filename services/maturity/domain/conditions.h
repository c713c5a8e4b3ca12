// What programmes ask of maturity, read from the programme files.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_CONDITIONS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_CONDITIONS_H_

#include <string>
#include <vector>

#include "common/programme/programme.h"
#include "jiebang/maturity/v1/diagnosis.pb.h"

namespace jiebang::maturity {

// The conditions on a level of `model` (`models/{model}`) that `to` meets and `from` does not, by programme, in the
// order of their files.
std::vector<v1::OpenedCondition> ConditionsOpened(const programme::Programmes& programmes, const std::string& model,
                                                  int from, int to);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_CONDITIONS_H_
