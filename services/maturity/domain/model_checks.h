// What must hold of a model file that its grammar does not say.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_CHECKS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_CHECKS_H_

#include <string>
#include <vector>

#include "jiebang/maturity/v1/model.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// Everything that is wrong, for the writer of the file:
//   - an id, a name or a text that is missing, malformed or there twice; an item's id must be
//   {subdomain}-{level}-{letter};
//   - weights of a layer that do not sum to 100 for a type (a layer below one that the type does not have may be all
//   0);
//   - a level outside 1 to 5; items that do not ascend by level; a subdomain without items at a level that its
//   empty_levels does not name; a level without any item; a mandatory subdomain without an item at level 1;
//   - an element without a mandatory domain (all elements must be present), for either type;
//   - a threshold outside 1 to 1000, a rule that is not said, or a scale that is not every degree from 0 to 10 tenths.
std::vector<std::string> CheckModel(const v1::Model& model);

// What is wrong with a model that passed CheckModel: too many subdomains may be tailored out to look at all cases, or
// in one of them the scores would not fit the 63 bits of a Fraction. Empty: none.
std::vector<std::string> CheckDenominators(const MaturityModel& model);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_MODEL_CHECKS_H_
